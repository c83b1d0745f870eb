//! The template of the leaders' report that ships: the wording in the looks of a theme, on upright paper, its placeholders open. It is a
//! document like any other, so an office changes it in its word processor.
//!
//! Not here: how it is filled in (patch).

use docx_rs::{BuildXML, Run};

use super::{body, pack, repair, styles};
use crate::report::Report;
use crate::report::brief::{BriefStyle, lines};
use crate::{Theme, WriteError};

/// The bytes of the template.
///
/// # Errors
/// [`WriteError`] where the package can't be packed, which tells of a fault of luoshi.
pub(crate) fn template(theme: &Theme) -> Result<Vec<u8>, WriteError> {
    let mut xml = body::START.as_bytes().to_vec();
    let lines = lines();
    for (index, line) in lines.iter().enumerate() {
        let run = body::run(&line.text, Run::add_text);
        // All signs of a sentence are Chinese: a placeholder may bring some.
        let run = run.fonts(docx_rs::RunFonts::new().hint("eastAsia"));
        let children = vec![docx_rs::ParagraphChild::Run(Box::new(run))];
        let mut paragraph = body::paragraph_of(styles::of_brief(line.style), children);
        // What leads to a table stays with it.
        let next = lines.get(index + 1).map(|next| next.style);
        paragraph.property.keep_next =
            (next == Some(BriefStyle::Table) && line.style != BriefStyle::Table).then_some(true);
        repair::append(&mut xml, &paragraph.build(), false);
    }
    body::end(&mut xml, &theme.brief.page);
    pack::pack(&xml, &Report::empty(), &styles::brief(theme), (&theme.brief.page, theme))
}

impl BriefStyle {
    /// All of them, for the styles of the template.
    pub(super) const ALL: [Self; 4] = [Self::Title, Self::Heading, Self::Body, Self::Table];
}
