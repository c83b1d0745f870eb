//! The few words that a report adds to the attachment's own. Words of findings live elsewhere.

use luoshi_model::Item;

/// Name of the print layout; the name of its worksheet.
pub const PRINT: &str = "公示版";

/// Name of the plain layout; the name of its worksheet.
pub const DATA: &str = "数据";

/// Name of a form; the name of its worksheet.
pub const FORM: &str = "填报表";

/// Heading of the section in the plain layout, where the table has no such column.
pub const SECTION: &str = "部分";

/// Heading of the key area in the plain layout, where the table has no such column.
pub const FOCUS: &str = "自查重点";

/// Whose form it is.
pub fn form_unit(name: &str) -> String {
    format!("填报单位：{name}")
}

/// The period that a form asks about.
pub fn form_period(label: &str) -> String {
    format!("填报期间：{label}")
}

/// The day by which a form is due.
pub fn form_due(due: &str) -> String {
    format!("报送截止：{due}")
}

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
    ("文字未显示完", "行高有限，此格只显示开头。全文请看编辑栏，或看工作表“公示版”。");

/// The same where the text stands nowhere else.
pub const MORE_TEXT_HERE: (&str, &str) = ("文字未显示完", "行高有限，此格只显示开头。全文请看编辑栏。");

/// What a worksheet says when something else is typed into a cell that offers a choice, as title and message.
pub const CHOOSE: (&str, &str) = ("请从列表中选择", "此格只能填列表中的一项。");

/// The page number as GB/T 9704-2012 sets it, a 一字线 on each side, split around the number.
pub const PAGE_NUMBER: (&str, &str) = ("— ", " —");
