//! Two periods side by side: which question is which.
//!
//! Not here: what changed in an answer, word by word (compare).

mod assignment;
mod tie;

pub use tie::{By, Named, Tie, Ties, tie};
