//! Addresses that nobody outside can open: private networks, office systems, files on somebody's disk.
//!
//! Why: dead links are counted in every inspection (domain.md §3.1), and an inner address tells how an office's network is built. The
//! check runs without a network: whether an address answers is not known here, and that is said.

use luoshi_model::{Level, MentionKind};
use luoshi_normalizer::facts::mentions;

use super::Rule;
use crate::Context;
use crate::finding::{Findings, MOST};

pub(super) const RULE: Rule = Rule { codes: &["link-internal", "links-untried"], check };

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let mut untried = 0;
    for passage in &context.passages {
        let text = &passage.text;
        // Nearly no text has any.
        if !text.contains("://") && !text.contains("www.") {
            continue;
        }
        let files = text.match_indices("file://").map(|(at, found)| at..at + found.len());
        for span in files.take(MOST) {
            findings.push(passage.finding("link-internal", Level::Warn, span));
        }
        let own = |host: &str| context.words.allow.hosts.iter().any(|own| own == host);
        let links = mentions(text).into_iter().filter(|mention| mention.kind == MentionKind::Link);
        let links = links.map(|link| link.span).filter(|span| !own(host(&text[span.clone()])));
        let systems = &context.words.links.internal_hosts;
        let (internal, others): (Vec<_>, Vec<_>) =
            links.partition(|span| is_internal(host(&text[span.clone()]), systems));
        untried += others.len();
        for span in internal.into_iter().take(MOST) {
            findings.push(passage.finding("link-internal", Level::Warn, span));
        }
    }
    if untried > 0 {
        findings.push(context.whole.finding("links-untried", Level::Info).with("count", untried));
    }
}

/// The host of an address, without a user and a port.
fn host(link: &str) -> &str {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// Whether a host is of a private network (RFC 1918, RFC 1122), has no dots, or is named as an office system is.
fn is_internal(host: &str, systems: &[String]) -> bool {
    let numbers: Vec<u8> = host.split('.').filter_map(|part| part.parse().ok()).collect();
    match numbers.as_slice() {
        [10 | 127, _, _, _] | [192, 168, _, _] | [169, 254, _, _] => return true,
        [172, second, _, _] => return (16..32).contains(second),
        _ => {}
    }
    let named = |label: &str| systems.iter().any(|system| label.eq_ignore_ascii_case(system));
    !host.contains('.') || host.split('.').any(named)
}

#[cfg(test)]
mod tests {
    use crate::testing::{codes, codes_with};

    #[test]
    fn inner_addresses_are_told_from_public_ones() {
        let cases: [(&str, &[&str]); 7] = [
            ("见http://192.168.1.8/a.htm", &["link-internal"]),
            ("见http://10.0.0.1:8080/", &["link-internal"]),
            ("见http://172.20.3.4/", &["link-internal"]),
            ("见http://oa.haicang.gov.cn/x", &["link-internal"]),
            ("见file://C:/a.doc", &["link-internal"]),
            ("见http://www.haicang.gov.cn/", &["links-untried"]),
            ("见区政府网", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(codes(text, super::RULE), expected, "{text}");
        }
        let own = "version = 1\n[allow]\nhosts = [\"oa.haicang.gov.cn\"]\n";
        assert_eq!(codes_with("见http://oa.haicang.gov.cn/x", super::RULE, own), [] as [&str; 0]);
    }
}
