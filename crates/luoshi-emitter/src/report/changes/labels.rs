//! The words of a comparison's sheets and pages. Words of findings live elsewhere.

use luoshi_model::{Change, MentionKind, ProblemFate, QuestionChange, StatusClass, TiedBy};

pub(crate) const SUMMARY: &str = "概况";
pub(crate) const MATRIX: &str = "类别变化";
pub(crate) const ITEMS: &str = "逐项对照";
pub(crate) const OPEN: &str = "未了结问题";
pub(crate) const CLOSED: &str = "已了结问题";
pub(crate) const PROBLEMS_OVER_TIME: &str = "历期问题";
pub(crate) const ITEMS_OVER_TIME: &str = "历期事项";
pub(crate) const FIRST_SEEN: &str = "首次提出";
pub(crate) const LAST_SEEN: &str = "最近提出";
pub(crate) const FIRST_ASKED: &str = "首次列入";
pub(crate) const ASKED: &str = "列入期数";
pub(crate) const CARRIED: &str = "与上期相同";
pub(crate) const FIGURES: &str = "数据变化";
pub(crate) const WATCH: &str = "待核对";

pub(crate) const WHAT: &str = "项目";
pub(crate) const COUNT: &str = "数量";
pub(crate) const MEANING: &str = "说明";
pub(crate) const LAST: &str = "上期";
pub(crate) const THIS: &str = "本期";
pub(crate) const LAST_NUMBER: &str = "上期序号";
pub(crate) const THIS_NUMBER: &str = "本期序号";
pub(crate) const QUESTION: &str = "事项变化";
pub(crate) const UNITS: &str = "单位变化";
pub(crate) const LAST_CLASS: &str = "上期类别";
pub(crate) const THIS_CLASS: &str = "本期类别";
pub(crate) const FATE: &str = "状态";
pub(crate) const LAST_PROBLEM: &str = "上期所述";
pub(crate) const THIS_PROBLEM: &str = "本期所述";
pub(crate) const EVIDENCE: &str = "解决依据";
pub(crate) const AGE: &str = "历时（期）";
pub(crate) const CONFIRM: &str = "与上期相同，请确认";
pub(crate) const FIGURE: &str = "数据所在";
pub(crate) const MEASURE: &str = "计量单位";
pub(crate) const DIFFERENCE: &str = "增减";
pub(crate) const NOTE: &str = "备注";
pub(crate) const TOTAL: &str = "合计";
pub(crate) const NONE: &str = "（无此事项）";

/// How a column of one side is headed: 上期落实情况.
pub(crate) fn side(side: &str, heading: &str) -> String {
    format!("{side}{heading}")
}

/// How the column of what became of an answer is headed: 落实情况变化.
pub(crate) fn change_of(heading: &str) -> String {
    format!("{heading}变化")
}

/// Which two periods are compared.
pub(crate) fn periods(last: &str, this: &str) -> String {
    format!("上期：{last}　本期：{this}")
}

/// What became of an answer.
pub(crate) fn change(change: Change) -> &'static str {
    match change {
        Change::Unchanged => "未变",
        Change::Numbers => "仅数字、日期变化",
        Change::Near => "略有改动",
        Change::Changed => "有改动",
        Change::Answered => "新填报",
        Change::Withdrawn => "不再填报",
        Change::NotApplicable => "改为不涉及",
        Change::Applicable => "由不涉及改为填报",
    }
}

/// What became of a question.
pub(crate) fn question(change: QuestionChange) -> &'static str {
    match change {
        QuestionChange::Reworded => "改写",
        QuestionChange::Renumbered => "重新编号",
        QuestionChange::Moved => "移动",
    }
}

pub(crate) const ADDED: &str = "新增";
pub(crate) const REMOVED: &str = "取消";
pub(crate) const UNIT_CHANGED: &str = "责任单位有变化";

/// How two questions were told to be one, where that is worth saying.
pub(crate) fn tied(by: TiedBy) -> Option<&'static str> {
    match by {
        TiedBy::Id | TiedBy::Words => None,
        TiedBy::Link => Some("按目录沿革或人工确认对应"),
        TiedBy::Likeness => Some("按文字相近对应"),
    }
}

/// What became of a unit: 区卫计局→区卫健局（更名）.
pub(crate) fn unit(old: Option<&str>, new: Option<&str>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("{old}→{new}（同一单位更名）"),
        (Some(old), None) => format!("减少{old}"),
        (None, Some(new)) => format!("增加{new}"),
        (None, None) => String::new(),
    }
}

/// A class.
pub(crate) fn class(class: StatusClass) -> &'static str {
    match class {
        StatusClass::Done => "已落实",
        StatusClass::Continuing => "持续推进",
        StatusClass::Ongoing => "正在推进",
        StatusClass::Partly => "部分落实",
        StatusClass::NotBegun => "未开展",
        StatusClass::NotApplicable => "不涉及",
        StatusClass::Missing => "未报送",
        StatusClass::Undetermined => "无法判定",
    }
}

/// What became of a problem.
pub(crate) fn fate(fate: ProblemFate) -> &'static str {
    match fate {
        ProblemFate::New => "本期新增",
        ProblemFate::Persisting => "仍然存在",
        ProblemFate::Closed => "已解决",
        ProblemFate::Vanished => "没有下文",
    }
}

/// What a figure's change is worth: 不可比 where the spans differ.
pub(crate) fn figure(comparable: bool, cumulative: bool, about: bool) -> String {
    let mut notes = Vec::new();
    if !comparable {
        notes.push("口径或期间不同，不可比");
    }
    if cumulative {
        notes.push("累计数");
    }
    if about {
        notes.push("约数");
    }
    notes.join("；")
}

/// A date or title of the last period.
pub(crate) fn leftover(kind: MentionKind, text: &str, was_there: bool) -> String {
    let what = match kind {
        MentionKind::Date => "上期的日期",
        MentionKind::Title => "上期的文件名",
        MentionKind::Link => "上期的网址",
    };
    let was = if was_there { "，上期原文也有" } else { "" };
    format!("{what}：{text}{was}")
}

/// A title or link that is gone.
pub(crate) fn gone(text: &str) -> String {
    format!("上期提到，本期没有提到：{text}")
}

/// A figure that fell.
pub(crate) fn fell(old: &str, new: &str) -> String {
    format!("累计数由{old}降为{new}")
}

/// A class that fell behind.
pub(crate) fn regressed(old: &str, new: &str) -> String {
    format!("由“{old}”退为“{new}”（按文字推断）")
}

pub(crate) const LEFTOVER: &str = "沿用上期的日期、文件名";
pub(crate) const GONE: &str = "佐证不再提及";
pub(crate) const FELL: &str = "累计数下降";
pub(crate) const REGRESSED: &str = "类别退步";
pub(crate) const PROPOSED: &str = "对应关系待确认";
pub(crate) const SPLIT: &str = "拆分";
pub(crate) const MERGED: &str = "合并";

/// Two questions that may be one.
pub(crate) fn proposed(old: &str, new: &str) -> String {
    format!("上期“{old}”与本期“{new}”可能是同一事项")
}

/// Questions that became several, or several that became one.
pub(crate) fn lineage(old: &str, new: &str) -> String {
    format!("上期“{old}”→本期“{new}”")
}

/// What [`CLASS_NOTE`] is about.
pub(crate) const CLASS_NOTE: &str = "行为上期、列为本期；类别按文字推断，供核对。";
