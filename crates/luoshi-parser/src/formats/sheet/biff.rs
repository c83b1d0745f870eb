//! What the binary formats xls and xlsb write alike: packed numbers, error codes, and number formats by cell style.

use std::collections::BTreeMap;

use super::number_format::NumberFormat;

/// An RK number (MS-XLS 2.5.217, MS-XLSB 2.5.122): an integer or the upper half of a double, either one perhaps times 100.
pub(super) fn rk(raw: u32) -> f64 {
    let value = match raw & 2 {
        0 => f64::from_bits(u64::from(raw & !3) << 32),
        _ => f64::from((raw as i32) >> 2),
    };
    if raw & 1 == 0 { value } else { value / 100.0 }
}

/// An error value as a cell shows it (MS-XLS 2.5.10).
pub(super) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#UNKNOWN!",
    }
}

/// A truth value as a cell shows it.
pub(super) fn bool_text(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

/// Number format codes of one workbook. Excel itself stops at a few hundred.
const MAX_CODES: usize = 4_096;

/// The number formats of a workbook, by the number of a cell's style.
#[derive(Debug, Default)]
pub(super) struct Styles {
    codes: BTreeMap<u16, NumberFormat>,
    /// For each cell style the number of its format.
    styles: Vec<u16>,
}

impl Styles {
    /// A format code of the file, which goes before the built-in one of the same number.
    pub(super) fn add_code(&mut self, number: u16, code: &str) {
        let is_general = code.eq_ignore_ascii_case("general") || code == "G/通用格式";
        if !is_general {
            // One code too many is kept as one that is not understood: its cells are shown as General, and reported.
            let code = if self.codes.len() < MAX_CODES { code } else { "" };
            self.codes.insert(number, NumberFormat::new(code));
        }
    }

    /// The next cell style, with the number of its format.
    pub(super) fn add_style(&mut self, number: u16) {
        if !self.codes.contains_key(&number) {
            self.codes.extend(NumberFormat::built_in(number).map(|format| (number, format)));
        }
        self.styles.push(number);
    }

    /// The format of a cell style; none for General, and for a style that is not there.
    pub(super) fn format(&self, style: usize) -> Option<&NumberFormat> {
        self.codes.get(self.styles.get(style)?)
    }
}
