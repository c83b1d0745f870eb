//! Facts that a narrative states: quantities with their units, dates, titles and links, and how far an item was carried out. They are
//! told on demand, each with the bytes of the text that it was read from, and stored nowhere.
//!
//! Not here: whether a fact is right, and what it was last period.

mod class;
mod mention;
mod quantity;

pub use class::status_class;
pub use mention::{Mention, mentions};
pub use quantity::{Quantity, quantities};
