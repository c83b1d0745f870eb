//! What the formats of word processors share: tables as a file lists them, made into grids.
//!
//! Not here: how a format writes them down.

pub(in crate::formats) mod findings;
pub(in crate::formats) mod table;
