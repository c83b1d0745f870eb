//! The leaders' report in any format: a document from a template, all else as it is laid out.
//!
//! Each mistake of a template is an error with a code of its own, a Diagnostic at last. Not here: what the report says (reconcile), how a
//! template is filled in (patch).

use std::sync::Arc;

use luoshi_emitter::{Brief, Theme};
use luoshi_model::Summary;
use luoshi_patch::{Filling, Looks, PatchError};
use luoshi_table::{Locator, Outcome};

use crate::Error;

/// A template of an office's own: its name for messages, and its bytes.
pub type Template<'a> = (&'a Arc<str>, &'a [u8]);

/// Writes a summary in a format by its name: docx, xlsx, html or json. A document is made of the template, or of the one that ships in the
/// looks of the theme.
///
/// # Errors
/// [`Error`] where reports are not written in the format, or the template asks for what there is not.
pub fn write_summary(
    summary: &Summary,
    format: &str,
    template: Option<Template<'_>>,
    theme: Option<&Theme>,
) -> Result<Outcome<Vec<u8>>, Error> {
    if format != "docx" {
        return luoshi_emitter::write_summary(format, summary, theme).map_err(Error::from);
    }
    let brief = luoshi_emitter::brief(summary, theme);
    let shipped;
    let (name, bytes) = match template {
        Some((name, bytes)) => (Arc::clone(name), bytes),
        None => {
            shipped = report_template(theme)?;
            ("docx".into(), shipped.as_slice())
        }
    };
    let mut filling = Filled { brief: &brief, running: 0 };
    let document = luoshi_patch::fill(bytes, &mut filling).map_err(|error| {
        let place = Locator::file(&name);
        match error {
            PatchError::Placeholder { name, nearest } => Error::Placeholder { name, nearest, place },
            PatchError::Unbalanced { name } => Error::Template { code: "template-unbalanced", name, place },
            PatchError::Misplaced { name } => Error::Template { code: "placeholder-misplaced", name, place },
            PatchError::NoPlaceholder => {
                Error::Template { code: "template-without-names", name: String::new(), place }
            }
            PatchError::Left { name } => Error::Template { code: "placeholder-left", name, place },
            error => Error::Template { code: "template-unreadable", name: error.to_string(), place },
        }
    })?;
    Ok(Outcome::new(document, brief.diagnostics))
}

/// The template that ships, in the looks of a theme: to be changed in a word processor.
///
/// # Errors
/// [`Error`] where it can't be packed.
pub fn report_template(theme: Option<&Theme>) -> Result<Vec<u8>, Error> {
    luoshi_emitter::brief_template(theme).map_err(Error::from)
}

struct Filled<'a> {
    brief: &'a Brief,
    running: u32,
}

impl Filling for Filled<'_> {
    fn value(&mut self, name: &str) -> Option<String> {
        if name == Brief::RUNNING {
            self.running += 1;
            return Some(Brief::ordinal(self.running));
        }
        self.brief.value(name).map(str::to_owned)
    }

    fn part(&self, name: &str) -> Option<bool> {
        self.brief.part(name)
    }

    fn block(&self, name: &str, looks: Looks<'_>) -> Option<String> {
        self.brief.block(name).map(|block| luoshi_emitter::brief_block(block, looks.paragraph, looks.run))
    }

    fn names(&self) -> Vec<&str> {
        self.brief.names().collect()
    }
}
