//! Pieces put into a text: each at a byte of the old text, with how many of its bytes it replaces.
//!
//! Not here: what they are.

/// Pieces to be put in.
#[derive(Default)]
pub(crate) struct Pieces(Vec<Piece>);

struct Piece {
    at: usize,
    until: usize,
    /// Of several at one byte the lower stands first.
    rank: usize,
    text: String,
}

impl Pieces {
    /// Puts a text before a byte.
    pub(crate) fn insert(&mut self, at: usize, rank: usize, text: String) {
        self.0.push(Piece { at, until: at, rank, text });
    }

    /// Puts a text in the place of some bytes.
    pub(crate) fn replace(&mut self, span: std::ops::Range<usize>, text: String) {
        self.0.push(Piece { at: span.start, until: span.end, rank: usize::MAX, text });
    }

    /// The old text with all pieces. Of pieces that replace the same bytes the first counts.
    pub(crate) fn apply(mut self, old: &str) -> String {
        self.0.sort_by_key(|piece| (piece.at, piece.rank));
        let more: usize = self.0.iter().map(|piece| piece.text.len()).sum();
        let mut new = String::with_capacity(old.len() + more);
        let mut end = 0;
        for piece in self.0 {
            if piece.at < end {
                continue;
            }
            new.push_str(&old[end..piece.at]);
            new.push_str(&piece.text);
            end = piece.until;
        }
        new.push_str(&old[end..]);
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_stand_in_the_order_of_their_places_and_ranks() {
        let mut pieces = Pieces::default();
        pieces.insert(3, 2, "(".to_owned());
        pieces.insert(3, 1, ")".to_owned());
        pieces.replace(3..6, "乙".to_owned());
        pieces.insert(0, 0, "<".to_owned());
        assert_eq!(pieces.apply("甲，丙"), "<甲)(乙丙");
    }
}
