//! The rules, one a file: what each looks for, why, and by what source.

mod answers;
mod as_of;
pub(crate) mod bank_card;
mod calendar;
mod catalogue;
pub(crate) mod citizen_id;
mod document_number;
mod doubled;
mod enumeration;
mod evidence;
mod faults;
mod health;
mod hidden;
pub(crate) mod home_address;
mod internal_mark;
mod links;
mod name_list;
mod numbering;
mod pairs;
mod percentages;
mod period;
pub(crate) mod phone;
mod practice;
mod punctuation;
mod rare_characters;
mod repeated;
mod secrecy_mark;
mod spaces;
mod totals;
mod units;

use crate::Context;
use crate::finding::Findings;

/// A rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// The kinds of findings that it makes.
    pub codes: &'static [&'static str],
    pub(crate) check: fn(&Context<'_>, &mut Findings<'_>),
}

/// All rules: what must not go out, what is missing, what does not hold together, how it is written.
pub const RULES: &[Rule] = &[
    citizen_id::RULE,
    phone::RULE,
    bank_card::RULE,
    home_address::RULE,
    name_list::RULE,
    health::RULE,
    secrecy_mark::RULE,
    internal_mark::RULE,
    hidden::RULE,
    links::RULE,
    answers::RULE,
    catalogue::RULE,
    numbering::RULE,
    units::RULE,
    repeated::RULE,
    totals::RULE,
    percentages::RULE,
    as_of::RULE,
    period::RULE,
    calendar::RULE,
    enumeration::RULE,
    evidence::RULE,
    practice::RULE,
    pairs::RULE,
    punctuation::RULE,
    spaces::RULE,
    document_number::RULE,
    faults::RULE,
    doubled::RULE,
    rare_characters::RULE,
];
