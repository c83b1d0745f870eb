//! Facts that a narrative states: quantities with their units. They are told on demand, each with the bytes of the text that it was
//! read from, and stored nowhere.
//!
//! Not here: whether a fact is right, and what it was last period.

mod quantity;

pub use quantity::{Quantity, quantities};
