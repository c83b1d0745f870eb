//! What the formats of word processors share: tables as a file lists them, made into grids; the counting of lists; symbols.
//!
//! Not here: how a format writes them down.

pub(in crate::formats) mod asides;
pub(in crate::formats) mod changes;
pub(in crate::formats) mod edges;
pub(in crate::formats) mod findings;
pub(in crate::formats) mod kept;
pub(in crate::formats) mod numbering;
pub(in crate::formats) mod raised;
pub(in crate::formats) mod symbols;
pub(in crate::formats) mod table;
