//! Whether a style is for what the reader shows: a page on a screen as wide as an office's (Media Queries 3, §3).
//!
//! Not here: what the style says.

/// Pixels that such a screen is wide.
const WIDTH: f64 = 1280.0;

/// Whether a list of media holds here. One that asks for what is not known does not: what it would hide is shown.
pub(super) fn is_ours(list: &str) -> bool {
    list.trim().is_empty() || list.split(',').any(|query| holds(&query.to_ascii_lowercase()).is_some())
}

fn holds(query: &str) -> Option<()> {
    let (kind, mut features) = query.split_at(query.find('(').unwrap_or(query.len()));
    let words: Vec<&str> = kind.split_whitespace().collect();
    match words.as_slice() {
        [] if !features.is_empty() => {}
        ["all" | "screen"] | ["only", "all" | "screen"] if features.is_empty() => {}
        ["all" | "screen", "and"] | ["only", "all" | "screen", "and"] if !features.is_empty() => {}
        _ => return None,
    }
    while !features.trim().is_empty() {
        let (feature, rest) = features.trim_start().strip_prefix('(')?.split_once(')')?;
        let (name, value) = feature.split_once(':')?;
        let value = value.trim();
        let value: f64 = value.strip_suffix("px").or((value == "0").then_some("0"))?.trim().parse().ok()?;
        match name.trim() {
            "min-width" if WIDTH >= value => {}
            "max-width" if WIDTH <= value => {}
            _ => return None,
        }
        features = rest.trim_start();
        if let Some(next) = features.strip_prefix("and") {
            features = next.trim_start();
            features.starts_with('(').then_some(())?;
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_are_told_by_their_kind_and_width() {
        let ours = [
            "",
            " ",
            "all",
            "Screen",
            "only screen",
            "print, screen",
            "(max-width: 1280px)",
            "screen and (min-width:600px) and (max-width: 1920.5PX)",
            "only screen and (min-width: 0)",
        ];
        let others = [
            "print",
            "not screen",
            "not all",
            "not print",
            "tv",
            "screen and (max-width:600px)",
            "screen and (min-width:1281px)",
            "(orientation:landscape)",
            "screen and (min-width:20em)",
            "screen and",
            "screen (min-width:1px)",
            "(min-width:1px) (orientation:portrait)",
            "(min-width:1px",
            ",",
        ];
        for (lists, expected) in [(&ours[..], true), (&others[..], false)] {
            lists.iter().for_each(|list| assert_eq!(is_ours(list), expected, "{list}"));
        }
    }
}
