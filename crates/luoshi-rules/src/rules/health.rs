//! A person's illness or disability: a name beside 患, 残疾人, 患者 and the like.
//!
//! Why: disability and illness are in principle not published (domain.md §3.1, 人社部/财政部 2017).

use luoshi_model::Level;

use super::Rule;
use crate::finding::{Findings, MOST};
use crate::{Context, persons};

pub(super) const RULE: Rule = Rule { codes: &["health-data"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for passage in &context.passages {
        for (name, condition) in persons::patients(&passage.text).into_iter().take(MOST) {
            let span = name.start.min(condition.start)..name.end.max(condition.end);
            findings.push(passage.finding("health-data", Level::Block, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, shown};

    #[test]
    fn a_condition_counts_with_a_name() {
        let none: [&str; 0] = [];
        assert_eq!(codes("村民王建国患肺癌", super::RULE), ["health-data"]);
        assert_eq!(codes("救助患病困难群众12人，其中残疾人5人", super::RULE), none);
        assert_eq!(codes("慰问病困老人74人16.7万元", super::RULE), none);
        assert_eq!(shown("村民王建国患肺癌", super::RULE), ["村民王**患肺癌"]);
    }
}
