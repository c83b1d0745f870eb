//! What the targets have in common: bytes as a file, and bytes as the parts of a package.
//!
//! A package's parts are compressed under a checksum, so a change of the file itself would hardly ever reach a reader. The
//! targets of packages take the parts plain, one behind the other, and pack them without compression.
//!
//! Not here: what must hold. A target fails where a reader panics, hangs or takes too much memory.

pub mod grids;
pub mod packages;

use luoshi::{Input, ReadOptions, Revisions};

/// Reads bytes as a file, with either choice about tracked changes. Whether it is refused is no matter.
pub fn read(bytes: &[u8]) {
    for revisions in [Revisions::Accept, Revisions::Reject] {
        let input = Input { name: "a".into(), bytes };
        let options = ReadOptions { revisions, ..ReadOptions::default() };
        let _ = luoshi::inspect(&input, &options);
    }
}
