//! Puts right what docx-rs writes of paragraphs and rows (ECMA-376-1, wml.xsd).
//!
//! | docx-rs writes | the schema wants | done here |
//! |---|---|---|
//! | no `w:tblHeader` (no API) | header rows marked, from the first row on | added to a row that is one |
//! | `<w:rPr />` empty, first in `w:pPr` | last in `w:pPr` | dropped |
//! | `<w:trPr />` empty | not empty | dropped |
//! | `w14:paraId` from a counter | optional | dropped |
//! | the mark of a tracked paragraph in `w:rPr`, first in `w:pPr` | last in `w:pPr` | moved |
//! | the mark of a tracked row first in `w:trPr` | last | added here instead |
//! | ids of tracked changes from a counter of the program | any that are each one's own | counted for each document |
//!
//! Text can't be mistaken for these: a `<` in text is escaped. So one pass over the tags does, and no parser is needed.
//!
//! Not here: the document around them, which `body` writes itself.

const ID: &[u8] = b"<w:p w14:paraId=\"";
const NO_RUN_PROPERTIES: &[u8] = b"<w:rPr />";
const NO_ROW_PROPERTIES: &[u8] = b"<w:trPr />";
const ROW_PROPERTIES_END: &[u8] = b"</w:trPr>";

/// Appends a paragraph or a row that docx-rs built, put right. `header` marks a row as one that repeats on each page.
pub(super) fn append(out: &mut Vec<u8>, built: &[u8], header: bool) {
    let mut rest = built;
    while let Some(tag) = next_tag(rest) {
        let (before, from) = rest.split_at(tag);
        out.extend_from_slice(before);
        rest = if let Some(id) = from.strip_prefix(ID) {
            out.extend_from_slice(b"<w:p");
            let end = id.iter().position(|&byte| byte == b'"').map_or(id.len(), |end| end + 1);
            &id[end..]
        } else if let Some(after) = from.strip_prefix(NO_RUN_PROPERTIES) {
            after
        } else if let Some(after) = from.strip_prefix(NO_ROW_PROPERTIES) {
            if header {
                out.extend_from_slice(b"<w:trPr><w:tblHeader/></w:trPr>");
            }
            after
        } else {
            if header && from.starts_with(ROW_PROPERTIES_END) {
                out.extend_from_slice(b"<w:tblHeader/>");
            }
            out.push(b'<');
            &from[1..]
        };
    }
    out.extend_from_slice(rest);
}

/// What a row or paragraph with tracked changes needs beside.
pub(super) struct Tracked<'a> {
    /// The mark of the row as a whole: `<w:ins w:id="" …/>`. Its id is put in here.
    pub(super) row: Option<&'a str>,
    /// The id of the next change.
    pub(super) next_id: &'a mut u32,
}

const CHANGES: [&[u8]; 2] = [b"<w:ins w:id=\"", b"<w:del w:id=\""];
const MARKED: &[u8] = b"<w:pPr><w:rPr>";
const RUN_PROPERTIES_END: &[u8] = b"</w:rPr>";
const PARAGRAPH_PROPERTIES_END: &[u8] = b"</w:pPr>";

/// As [`append`], for a row or paragraph that holds tracked changes.
pub(super) fn append_tracked(out: &mut Vec<u8>, built: &[u8], header: bool, tracked: Tracked<'_>) {
    let mut repaired = Vec::with_capacity(built.len());
    append(&mut repaired, built, header);
    let mut rest = repaired.as_slice();
    // A row without properties has its mark alone in them.
    if let (Some(row), Some(behind)) = (tracked.row, rest.strip_prefix(b"<w:tr>"))
        && !behind.starts_with(b"<w:trPr>")
    {
        out.extend_from_slice(b"<w:tr><w:trPr>");
        change(out, row.as_bytes(), tracked.next_id);
        out.extend_from_slice(ROW_PROPERTIES_END);
        rest = behind;
    }
    let mut held: &[u8] = &[];
    while let Some(tag) = next_tag(rest) {
        let (before, from) = rest.split_at(tag);
        out.extend_from_slice(before);
        rest = if let Some(inner) = from.strip_prefix(MARKED) {
            let end = find(inner, RUN_PROPERTIES_END).unwrap_or(inner.len());
            out.extend_from_slice(b"<w:pPr>");
            held = &inner[..end];
            inner.get(end + RUN_PROPERTIES_END.len()..).unwrap_or_default()
        } else if let Some(after) = from.strip_prefix(PARAGRAPH_PROPERTIES_END) {
            if !held.is_empty() {
                out.extend_from_slice(b"<w:rPr>");
                change(out, std::mem::take(&mut held), tracked.next_id);
                out.extend_from_slice(RUN_PROPERTIES_END);
            }
            out.extend_from_slice(PARAGRAPH_PROPERTIES_END);
            after
        } else if let (Some(row), Some(after)) = (tracked.row, from.strip_prefix(ROW_PROPERTIES_END)) {
            change(out, row.as_bytes(), tracked.next_id);
            out.extend_from_slice(ROW_PROPERTIES_END);
            after
        } else if CHANGES.iter().any(|start| from.starts_with(start)) {
            let end = from.iter().position(|&byte| byte == b'>').map_or(from.len(), |end| end + 1);
            change(out, &from[..end], tracked.next_id);
            &from[end..]
        } else {
            out.push(b'<');
            &from[1..]
        };
    }
    out.extend_from_slice(rest);
}

/// Appends the start of a change under an id of its own.
fn change(out: &mut Vec<u8>, start: &[u8], next_id: &mut u32) {
    let known = CHANGES.iter().find(|known| start.starts_with(known)).map_or(start, |known| *known);
    let id = start[known.len()..].iter().position(|&byte| byte == b'"').map_or(0, |end| known.len() + end);
    out.extend_from_slice(known);
    out.extend_from_slice(next_id.to_string().as_bytes());
    out.extend_from_slice(&start[id..]);
    *next_id += 1;
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn next_tag(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(built: &str, header: bool) -> String {
        let mut out = Vec::new();
        append(&mut out, built.as_bytes(), header);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_the_schema_forbids_is_dropped() {
        let built = "<w:p w14:paraId=\"0000000a\"><w:pPr><w:rPr /><w:pStyle w:val=\"A\" /></w:pPr>\
            <w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" /></w:rPr><w:t>&lt;w:rPr /></w:t></w:r></w:p>";
        let expected = "<w:p><w:pPr><w:pStyle w:val=\"A\" /></w:pPr>\
            <w:r><w:rPr><w:rFonts w:hint=\"eastAsia\" /></w:rPr><w:t>&lt;w:rPr /></w:t></w:r></w:p>";
        assert_eq!(repaired(built, false), expected);
    }

    #[test]
    fn tracked_changes_stand_where_the_schema_wants_them() {
        let tracked = |built: &str, row| {
            let (mut out, mut next_id) = (Vec::new(), 7);
            append_tracked(&mut out, built.as_bytes(), false, Tracked { row, next_id: &mut next_id });
            (String::from_utf8(out).unwrap(), next_id)
        };
        let ins = "<w:ins w:id=\"\" w:author=\"甲\" />";
        let built = "<w:tr><w:trPr><w:cantSplit /></w:trPr><w:tc><w:p><w:pPr><w:rPr><w:ins w:id=\"93\" w:author=\"甲\" /></w:rPr>\
            <w:pStyle w:val=\"A\" /></w:pPr><w:ins w:id=\"94\" w:author=\"甲\"><w:r><w:rPr /><w:t>乙</w:t></w:r></w:ins></w:p></w:tc></w:tr>";
        let expected = "<w:tr><w:trPr><w:cantSplit /><w:ins w:id=\"7\" w:author=\"甲\" /></w:trPr><w:tc><w:p><w:pPr>\
            <w:pStyle w:val=\"A\" /><w:rPr><w:ins w:id=\"8\" w:author=\"甲\" /></w:rPr></w:pPr>\
            <w:ins w:id=\"9\" w:author=\"甲\"><w:r><w:t>乙</w:t></w:r></w:ins></w:p></w:tc></w:tr>";
        assert_eq!(tracked(built, Some(ins)), (expected.to_owned(), 10));
        let bare = "<w:tr><w:trPr /><w:tc></w:tc></w:tr>";
        let expected = "<w:tr><w:trPr><w:ins w:id=\"7\" w:author=\"甲\" /></w:trPr><w:tc></w:tc></w:tr>";
        assert_eq!(tracked(bare, Some(ins)), (expected.to_owned(), 8));
    }

    #[test]
    fn a_header_row_is_marked_and_no_other() {
        let (bare, kept) = ("<w:tr><w:trPr /></w:tr>", "<w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr>");
        assert_eq!(repaired(bare, false), "<w:tr></w:tr>");
        assert_eq!(repaired(bare, true), "<w:tr><w:trPr><w:tblHeader/></w:trPr></w:tr>");
        assert_eq!(repaired(kept, false), kept);
        assert_eq!(repaired(kept, true), "<w:tr><w:trPr><w:cantSplit /><w:tblHeader/></w:trPr></w:tr>");
    }
}
