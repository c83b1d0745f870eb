//! The readers as a caller meets them: bytes in, tables and findings out.
//!
//! `detection` what a file is, whatever its name; `forms` one form in every sheet format; `xlsx`, `xlsb`, `ods`, `xls` what
//! each can hold; `hostile` files made to hurt; `agreement` the same values as an independent library.

#![allow(clippy::unwrap_used, reason = "a failing helper must stop the test that called it")]

mod agreement;
mod detection;
mod forms;
mod hostile;
mod ods;
mod samples;
mod xls;
mod xlsb;
mod xlsx;
