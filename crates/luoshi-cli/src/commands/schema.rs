//! `luoshi schema`: the JSON Schema of a document of the model.

use crate::Exit;
use crate::render::Report;

pub(crate) fn run(name: &str, report: &mut Report) -> Exit {
    let schema = luoshi::model::schema(name).unwrap_or_default();
    super::print(&schema, report)
}
