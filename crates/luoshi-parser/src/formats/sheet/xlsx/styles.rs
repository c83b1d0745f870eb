//! The number formats of the styles part (ECMA-376 part 1, §18.8); nothing else of it is text.

use super::super::biff::Styles;
use super::super::xml::{Node, Xml, read_part};
use crate::ReadError;
use crate::opc::attribute;
use crate::package::Package;

/// The number format of each cell style (`cellXfs`), in order.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Styles, ReadError> {
    let (bytes, place) = read_part(package, part)?;
    let mut xml = Xml::new(&bytes, place);
    let mut styles = Styles::default();
    let mut numbers = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let number = attribute(&element, "numFmtId").and_then(|number| number.parse().ok());
                    if let (Some(number), Some(code)) = (number, attribute(&element, "formatCode")) {
                        styles.add_code(number, &code);
                    }
                }
                // Named styles and conditional formats hold `xf` and `numFmt` too; a cell names none of them.
                "cellStyleXfs" | "dxfs" => xml.skip()?,
                "xf" => {
                    let number = attribute(&element, "numFmtId").and_then(|number| number.parse().ok());
                    numbers.push(number.unwrap_or(0));
                }
                _ => {}
            },
            Node::Done => break,
            Node::End | Node::Text(_) => {}
        }
    }
    numbers.into_iter().for_each(|number| styles.add_style(number));
    Ok(styles)
}
