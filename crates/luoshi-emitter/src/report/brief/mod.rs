//! The report that a leader reads in five minutes, as its pieces: values, tables, charts and paragraphs, each under the name by which a
//! template asks for it.
//!
//! Not here: the wording around them (`data/brief.toml`, or an office's own template), and how a format shows them.

pub(crate) mod labels;
mod tables;
mod wording;

use luoshi_model::{Change, ProblemFate, StatusClass, Summary};
use luoshi_table::Diagnostic;

use super::Report;
use crate::theme::Theme;

pub(crate) use wording::{BriefStyle, Shown, lines};

/// The pieces of a report.
pub struct Brief {
    /// Texts within a sentence, by name.
    pub values: Vec<(&'static str, String)>,
    /// Whether there is anything to say of a matter: what a template shows only then.
    pub parts: Vec<(&'static str, bool)>,
    /// What takes the place of a paragraph.
    pub blocks: Vec<(&'static str, Block)>,
    /// What was found while laying it out.
    pub diagnostics: Vec<Diagnostic>,
}

/// What takes the place of a paragraph.
pub enum Block {
    /// A table: a row of headings and a row per entry.
    Table(Box<Report>),
    /// Bars, each with its name and its length.
    Bars(Vec<(String, usize)>),
    /// Paragraphs.
    Paragraphs(Vec<String>),
}

impl Brief {
    /// The placeholder of the running number of a heading.
    pub const RUNNING: &str = labels::RUNNING;

    /// A running number as headings have it: 一, 二, 十一.
    pub fn ordinal(number: u32) -> String {
        labels::ordinal(number)
    }

    /// The pieces of a summary.
    pub fn new(summary: &Summary, theme: &Theme) -> Self {
        let (blocks, diagnostics) = tables::blocks(summary, theme);
        Self { values: values(summary), parts: parts(summary), blocks, diagnostics }
    }

    /// Every name that a template may use, that of the running number among them.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let values = self.values.iter().map(|(name, _)| *name);
        let parts = self.parts.iter().map(|(name, _)| *name);
        values.chain(parts).chain(self.blocks.iter().map(|(name, _)| *name)).chain([labels::RUNNING])
    }

    /// A value.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// Whether there is anything to say of a matter.
    pub fn part(&self, name: &str) -> Option<bool> {
        self.parts.iter().find(|(known, _)| *known == name).map(|(_, there)| *there)
    }

    /// A block.
    pub fn block(&self, name: &str) -> Option<&Block> {
        self.blocks.iter().find(|(known, _)| *known == name).map(|(_, block)| block)
    }
}

/// Hundredths of a share as a person writes them: 91.2%.
fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "—".to_owned(),
        whole => format!("{:.1}%", part as f64 * 100.0 / whole as f64),
    }
}

fn values(summary: &Summary) -> Vec<(&'static str, String)> {
    let whole = summary.whole();
    let of = |class| whole.of(class);
    let done = of(StatusClass::Done) + of(StatusClass::Continuing);
    let asked = whole.items - of(StatusClass::NotApplicable);
    let with_problems = summary.by_unit().iter().filter(|unit| unit.problems > 0).count();
    let mut values = vec![
        ("标题", summary.title.clone()),
        // 落实情况表 reports 落实情况.
        ("名称", summary.title.strip_suffix('表').unwrap_or(&summary.title).to_owned()),
        ("时期", summary.period.clone()),
        ("事项数", whole.items.to_string()),
        ("部分数", summary.by_section().len().to_string()),
        ("单位数", summary.by_unit().len().to_string()),
        ("已答数", whole.answered().to_string()),
        ("无答复数", whole.nothing.to_string()),
        ("落实率", percent(done, asked)),
        ("问题数", whole.problems.to_string()),
        ("有问题的单位数", with_problems.to_string()),
        ("做法数", summary.items.iter().map(|item| item.practices.len()).sum::<usize>().to_string()),
    ];
    values.extend(StatusClass::ALL.map(|class| (labels::count_of(class), of(class).to_string())));
    let before = summary.previous.as_ref();
    let answers =
        |change: Change| before.and_then(|one| one.answers.get(&change)).copied().unwrap_or_default();
    let fate = |fate: ProblemFate| {
        let count = |one: &luoshi_model::SummaryChange| {
            one.problems.iter().filter(|problem| problem.change.fate == fate).count()
        };
        before.map_or(0, count).to_string()
    };
    let changes = [Change::Numbers, Change::Near, Change::Changed, Change::NotApplicable, Change::Applicable];
    let changed = changes.map(answers).iter().sum::<usize>();
    let (carried, compared) = (answers(Change::Unchanged), before.map_or(0, |one| one.compared));
    values.extend([
        ("上期", before.map_or_else(String::new, |one| one.label.clone())),
        ("对照数", compared.to_string()),
        ("沿用数", carried.to_string()),
        ("沿用占比", percent(carried, compared)),
        ("改动数", changed.to_string()),
        ("新填数", answers(Change::Answered).to_string()),
        ("不再填报数", answers(Change::Withdrawn).to_string()),
        ("退步数", before.map_or(0, |one| one.regressed.len()).to_string()),
        ("新增问题数", fate(ProblemFate::New)),
        ("仍存问题数", fate(ProblemFate::Persisting)),
        ("已解决问题数", fate(ProblemFate::Closed)),
        ("没有下文问题数", fate(ProblemFate::Vanished)),
    ]);
    values
}

fn parts(summary: &Summary) -> Vec<(&'static str, bool)> {
    let any = |is: &dyn Fn(&luoshi_model::SummaryItem) -> bool| summary.items.iter().any(is);
    let before = summary.previous.as_ref();
    vec![
        ("有部分", any(&|item| !item.section.is_empty())),
        ("有单位", any(&|item| !item.units.is_empty())),
        ("有做法", any(&|item| !item.practices.is_empty())),
        ("有问题", any(&|item| !item.problems.is_empty() || !item.next_steps.is_empty())),
        ("有不涉及", any(&|item| item.class.class == StatusClass::NotApplicable)),
        ("有未报送", any(&|item| item.class.class == StatusClass::Missing)),
        ("有数据", any(&|item| !item.figures.is_empty())),
        ("有上期", before.is_some()),
        ("有退步", before.is_some_and(|one| !one.regressed.is_empty())),
        ("有问题去向", before.is_some_and(|one| !one.problems.is_empty())),
    ]
}
