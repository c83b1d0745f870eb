//! The few words that a report adds to the attachment's own and that no theme changes. Words of findings live elsewhere.

use luoshi_model::{ConflictKind, ConflictState, CoverageState, Item, Level};

/// Heading of the section in the plain layout, where the table has no such column.
pub const SECTION: &str = "部分";

/// Heading of the key area in the plain layout, where the table has no such column.
pub const FOCUS: &str = "自查重点";

/// What a status cell says where another item's answer holds and the two cells can't be one: 见第5项.
/// An item without a number is named by its matter.
pub fn see(target: &Item) -> String {
    let number = target.number_text();
    if number.is_empty() { format!("见“{}”", target.matter) } else { format!("见第{number}项") }
}

/// A heading under a group in one row: 公开对象（全社会）.
pub fn grouped(group: &str, heading: &str) -> String {
    format!("{group}（{heading}）")
}

/// What a worksheet says when a cell is chosen whose row can't be high enough for its text, as title and message.
pub const MORE_TEXT: (&str, &str) =
    ("文字未显示完", "行高有限，此格只显示开头。全文请看编辑栏，或看第一个工作表。");

/// The same where the text stands nowhere else.
pub const MORE_TEXT_HERE: (&str, &str) = ("文字未显示完", "行高有限，此格只显示开头。全文请看编辑栏。");

/// What a worksheet says when something else is typed into a cell that offers a choice, as title and message.
pub const CHOOSE: (&str, &str) = ("请从列表中选择", "此格只能填列表中的一项。");

/// Name of the sheet that says who answered what.
pub const COVERAGE: &str = "报送情况";

/// Name of the sheet of those to be reminded.
pub const REMINDERS: &str = "催报";

/// Name of the sheet of conflicts.
pub const CONFLICTS: &str = "冲突";

/// Name of the sheet of texts in columns that are not asked.
pub const ASIDES: &str = "附注";

/// The sheets that may stand beside an attachment's own.
pub const BESIDE: [&str; 4] = [COVERAGE, REMINDERS, CONFLICTS, ASIDES];

/// Heading of the places that an item's texts came from.
pub const SOURCES: &str = "来源";

/// Heading: the unit.
pub const UNIT: &str = "单位";
/// Heading: how many files a unit sent.
pub const FILE_COUNT: &str = "文件数";
/// Heading: how many items it answered.
pub const ANSWERED_COUNT: &str = "已答";
/// Heading: how many it was asked.
pub const ASKED_COUNT: &str = "应答";
/// Heading: how many it has not answered.
pub const DUE_COUNT: &str = "未答项数";
/// Heading: which it has not answered.
pub const DUE_ITEMS: &str = "未答事项";
/// Heading: whether it sent anything.
pub const FILES_CAME: &str = "来文情况";
/// Heading: what kind of conflict it is.
pub const KIND: &str = "类型";
/// Heading: what became of it.
pub const STATE: &str = "状态";
/// Heading: the item's number.
pub const NUMBER: &str = "序号";
/// Heading: the question.
/// Not 事项 alone: with 序号 beside it the sheet would read as a checklist.
pub const MATTER: &str = "所涉事项";
/// Heading: the column.
pub const COLUMN: &str = "栏目";
/// Heading: where it stands.
pub const PLACE: &str = "出处";
/// Heading: the text.
pub const TEXT: &str = "内容";
/// Heading: the item, by number or question.
pub const ITEM: &str = "所涉事项";

/// Name of the sheet of what a check found.
pub const FINDINGS: &str = "检查结果";

/// Name of the sheet of what was found and is accepted.
pub const ACCEPTED: &str = "已认可";

/// Heading: how much a finding matters.
pub const LEVEL: &str = "级别";
/// Heading: what was found.
pub const FOUND: &str = "问题";
/// Heading: what to do about it.
pub const TODO: &str = "处理";
/// Heading: the stable name of a kind of finding.
pub const CODE: &str = "代码";
/// Heading: why a finding is accepted.
pub const REASON: &str = "理由";

/// How much a finding matters.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Block => "不得公开",
        Level::Warn => "应核对",
        Level::Info => "提示",
    }
}

/// What was checked, and how much was found.
pub fn checked(file: &str, title: &str, counts: &[(Level, usize)]) -> String {
    let counts: Vec<String> = counts.iter().map(|(at, count)| format!("{}{count}处", level(*at))).collect();
    format!("{title}（{file}）：{}", counts.join("，"))
}

/// What the signs of [`state`] mean.
pub const LEGEND: &str =
    "答：已答复　无：填“无”　免：不涉及　空：报来但未填　缺：未报来　空格：不由该单位填报";

/// What a unit answered to an item, in one character.
pub fn state(state: CoverageState) -> &'static str {
    match state {
        CoverageState::Answered => "答",
        CoverageState::None => "无",
        CoverageState::NotApplicable => "免",
        CoverageState::Blank => "空",
        CoverageState::Missing => "缺",
    }
}

/// Whether any file came from a unit.
pub fn files_came(any: bool) -> &'static str {
    if any { "有来文" } else { "无来文" }
}

/// A wording that names no unit, with the items asked of it.
pub fn unresolved(wording: &str, items: &str) -> String {
    format!("未落实到具体单位：{wording}（第{items}项）")
}

/// What kind of conflict it is.
pub fn conflict(kind: ConflictKind) -> &'static str {
    match kind {
        ConflictKind::Duplicate => "重复报送",
        ConflictKind::Versions => "答复不一",
        ConflictKind::Outside => "非本单位事项",
        ConflictKind::Retyped => "题目有改动",
        ConflictKind::UnknownItem => "目录外事项",
        ConflictKind::UnitUnknown => "单位不明",
        ConflictKind::Misplaced => "填错栏目",
        ConflictKind::Prefilled => "上期原文未改",
        ConflictKind::SharedApart => "合并答复已拆开",
        ConflictKind::Replaced => "已由取舍替换",
        ConflictKind::DecisionOutdated => "取舍后来文有变",
        ConflictKind::Unreadable => "文件无法读取",
    }
}

/// What became of a conflict.
pub fn conflict_state(state: ConflictState) -> &'static str {
    match state {
        ConflictState::Open => "待取舍",
        ConflictState::Decided => "已取舍",
        ConflictState::Noted => "仅提示",
    }
}

/// Numbers from one to another.
pub fn run(first: u32, last: u32) -> String {
    if first + 1 == last { format!("{first}、{last}") } else { format!("{first}～{last}") }
}

/// A place in a file: 教育局.docx 第1个表第5行第6列.
pub fn place(
    file: &str,
    sheet: Option<&str>,
    table: Option<u32>,
    row: Option<u32>,
    column: Option<u32>,
) -> String {
    let sheet = sheet.map(|sheet| format!("工作表“{sheet}”")).unwrap_or_default();
    let table = table.map(|table| format!("第{table}个表")).unwrap_or_default();
    let row = row.map(|row| format!("第{row}行")).unwrap_or_default();
    let column = column.map(|column| format!("第{column}列")).unwrap_or_default();
    let inside = [sheet, table, row, column].concat();
    if inside.is_empty() { file.to_owned() } else { format!("{file} {inside}") }
}

/// Which columns a unit's row of a file filled: 区教育局：教育局.docx 第1个表第5行（落实情况、备注）.
pub fn source(unit: Option<&str>, place: &str, headings: &[String]) -> String {
    let unit = unit.map(|unit| format!("{unit}：")).unwrap_or_default();
    format!("{unit}{place}（{}）", headings.join("、"))
}

/// How a text ends of which a cell can't hold all.
pub const CUT: &str = "…（全文见json）";
