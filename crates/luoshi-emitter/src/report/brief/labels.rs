//! The words of the leaders' report that are no wording of sentences: names of tables, headings, placeholders.

use luoshi_model::StatusClass;

/// The placeholder of the running number of a heading: 一、 二、.
pub(crate) const RUNNING: &str = "序";

pub(crate) const CHARTS: &str = "图表";
pub(crate) const SECTIONS: &str = "分部分情况";
pub(crate) const UNITS: &str = "分单位情况";
pub(crate) const CLASSES: &str = "落实类别";
pub(crate) const PROBLEMS: &str = "存在问题";
pub(crate) const EXEMPT: &str = "不涉及事项";
pub(crate) const MISSING: &str = "未报送事项";
pub(crate) const FIGURES: &str = "主要数据";
pub(crate) const REGRESSED: &str = "类别退步";
pub(crate) const FATES: &str = "问题去向";

pub(crate) const SECTION: &str = "部分";
pub(crate) const UNIT: &str = "单位";
pub(crate) const CLASS: &str = "类别";
pub(crate) const ITEMS: &str = "事项";
pub(crate) const DONE: &str = "落实";
pub(crate) const GOING: &str = "推进";
pub(crate) const NOT_BEGUN: &str = "未开展";
pub(crate) const UNDETERMINED: &str = "无法判定";
pub(crate) const NOT_APPLICABLE: &str = "不涉及";
pub(crate) const NOT_SENT: &str = "未报送";
pub(crate) const PROBLEM_COUNT: &str = "问题";
pub(crate) const NUMBER: &str = "序号";
pub(crate) const MATTER: &str = "所涉事项";
pub(crate) const PROBLEM: &str = "问题";
pub(crate) const NEXT_STEP: &str = "下一步";
pub(crate) const REASON: &str = "理由";
pub(crate) const FIGURE: &str = "数据";
pub(crate) const TOTAL: &str = "合计";

/// The placeholder of how many are of a class.
pub(crate) fn count_of(class: StatusClass) -> &'static str {
    match class {
        StatusClass::Done => "已落实数",
        StatusClass::Continuing => "持续推进数",
        StatusClass::Ongoing => "正在推进数",
        StatusClass::Partly => "部分落实数",
        StatusClass::NotBegun => "未开展数",
        StatusClass::NotApplicable => "不涉及数",
        StatusClass::Missing => "未报送数",
        StatusClass::Undetermined => "无法判定数",
    }
}

/// A practice with its item.
pub(crate) fn practice(number: &str, matter: &str, text: &str) -> String {
    match number {
        "" => format!("{matter}：{text}"),
        number => format!("第{number}项“{matter}”：{text}"),
    }
}

/// A running number in Han figures, up to 99.
pub(crate) fn ordinal(number: u32) -> String {
    const FIGURES: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = ((number / 10 % 10) as usize, (number % 10) as usize);
    match tens {
        0 => FIGURES[ones].to_owned(),
        1 => format!("十{}", FIGURES[ones]),
        tens => format!("{}十{}", FIGURES[tens], FIGURES[ones]),
    }
}
