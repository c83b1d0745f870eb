//! Shares and rates of more than all: 参评率达120%.
//!
//! Why: a share can't be more than the whole. What grows, or is measured against a task, can: 完成年度任务的120%.

use luoshi_model::Level;
use luoshi_normalizer::facts::quantities;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, near};

pub(super) const RULE: Rule = Rule { codes: &["percent-over-100"], check };

/// Words of a share, and words by which a figure is another thing.
const SHARE: [&str; 6] = ["率", "占", "比例", "比重", "覆盖", "满意度"];
const GROWTH: [&str; 14] = [
    "增",
    "升",
    "提高",
    "同比",
    "环比",
    "完成",
    "计划",
    "任务",
    "超",
    "达标任务",
    "为任务",
    "目标",
    "回报",
    "增幅",
];

/// Bytes before a figure in which its clause says what it is.
const LEAD: usize = 60;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in context
        .answers()
        .filter(|passage| passage.text.contains(['%', '％']) || passage.text.contains("百分之"))
    {
        let text = &passage.text;
        let over = quantities(text)
            .into_iter()
            .filter(|own| matches!(own.unit.as_str(), "%" | "％") && own.amount > 100.0);
        let shares = over.filter(|own| {
            let before = near::before(text, own.span.start, LEAD);
            let clause = before.rsplit(['，', '。', '；', '、', '\n']).next().unwrap_or_default();
            let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
            says(&SHARE) && !says(&GROWTH)
        });
        for own in shares.take(MOST) {
            findings.push(passage.finding("percent-over-100", Level::Warn, own.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::codes;

    #[test]
    fn a_share_is_no_more_than_all() {
        let cases: [(&str, &[&str]); 5] = [
            ("参评率为120%。", &["percent-over-100"]),
            ("参评率为61.5%。", &[]),
            ("访问量同比增长120%。", &[]),
            ("完成率达到年度任务的120%。", &[]),
            ("办结率100%。", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
    }
}
