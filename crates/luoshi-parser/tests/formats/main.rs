//! The readers as a caller meets them: bytes in, tables and findings out.
//!
//! `detection` what a file is, whatever its name; `forms` one form in every sheet format; `xlsx`, `xlsb`, `ods`, `xls`,
//! `spreadsheetml2003` what each can hold; `doc`, `rtf`, `odt`, `html`, `office_xml` whole documents of other writers; `hostile` files
//! made to hurt; `agreement` the same values as an independent library.

#![allow(clippy::unwrap_used, reason = "a failing helper must stop the test that called it")]

mod agreement;
mod detection;
mod doc;
mod forms;
mod hostile;
mod html;
mod ods;
mod odt;
mod office_xml;
mod rtf;
mod samples;
mod spreadsheetml2003;
mod xls;
mod xlsb;
mod xlsx;
