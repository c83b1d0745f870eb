//! Puts right what docx-rs writes of paragraphs and rows (ECMA-376-1, wml.xsd).
//!
//! | docx-rs writes | the schema wants | done here |
//! |---|---|---|
//! | no `w:tblHeader` (no API) | header rows marked, from the first row on | added to a row that is one |
//! | `<w:rPr />` empty, first in `w:pPr` | last in `w:pPr` | dropped |
//! | `<w:trPr />` empty | not empty | dropped |
//! | `w14:paraId` from a counter | optional | dropped |
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
    fn a_header_row_is_marked_and_no_other() {
        let (bare, kept) = ("<w:tr><w:trPr /></w:tr>", "<w:tr><w:trPr><w:cantSplit /></w:trPr></w:tr>");
        assert_eq!(repaired(bare, false), "<w:tr></w:tr>");
        assert_eq!(repaired(bare, true), "<w:tr><w:trPr><w:tblHeader/></w:trPr></w:tr>");
        assert_eq!(repaired(kept, false), kept);
        assert_eq!(repaired(kept, true), "<w:tr><w:trPr><w:cantSplit /><w:tblHeader/></w:trPr></w:tr>");
    }
}
