//! The best assignment: of all ways to tie each of these to at most one of those, the one whose scores add up to the most.
//!
//! Greedy tying takes the best pair first and may spoil two good ones for it. This is the Hungarian method with potentials (Kuhn
//! 1955, Munkres 1957), in its O(n³) form. Not here: what is tied, and which pairs come into question at all.

/// Pairs of a row and a column whose scores add up to the most. A score of nothing ties nothing. `scores` has a row for each of the
/// first, each with a score for each of the second.
pub(crate) fn best(scores: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let rows = scores.len();
    let columns = scores.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    if rows > columns {
        let turned: Vec<Vec<f64>> =
            (0..columns).map(|column| scores.iter().map(|row| row[column]).collect()).collect();
        let mut pairs: Vec<(usize, usize)> = best(&turned).into_iter().map(|(j, i)| (i, j)).collect();
        pairs.sort_unstable();
        return pairs;
    }
    // Rows and columns count from 1; 0 stands for none. Costs are what a pair falls short of a whole score.
    let cost = |row: usize, column: usize| -scores[row - 1][column - 1];
    let mut row_potential = vec![0.0_f64; rows + 1];
    let mut column_potential = vec![0.0_f64; columns + 1];
    let mut row_of = vec![0_usize; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut came_from = vec![0_usize; columns + 1];
        let mut done = vec![false; columns + 1];
        let mut at = 0;
        loop {
            done[at] = true;
            let own = row_of[at];
            let mut step = f64::INFINITY;
            let mut next = 0;
            for column in 1..=columns {
                if done[column] {
                    continue;
                }
                let reduced = cost(own, column) - row_potential[own] - column_potential[column];
                if reduced < least[column] {
                    least[column] = reduced;
                    came_from[column] = at;
                }
                if least[column] < step {
                    step = least[column];
                    next = column;
                }
            }
            for column in 0..=columns {
                if done[column] {
                    row_potential[row_of[column]] += step;
                    column_potential[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
            if row_of[at] == 0 {
                break;
            }
        }
        // Along the way back every column passes to the row that reached it.
        while at != 0 {
            let before = came_from[at];
            row_of[at] = row_of[before];
            at = before;
        }
    }
    let pairs = (1..=columns).filter(|&column| row_of[column] != 0);
    let mut pairs: Vec<(usize, usize)> = pairs
        .map(|column| (row_of[column] - 1, column - 1))
        .filter(|&(row, column)| scores[row][column] > 0.0)
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_good_pairs_beat_the_best_one() {
        // Greedy: 0.9 + 0; together: 0.8 + 0.8.
        assert_eq!(best(&[vec![0.9, 0.8], vec![0.8, 0.0]]), [(0, 1), (1, 0)]);
        assert_eq!(best(&[vec![0.9, 0.0], vec![0.8, 0.0]]), [(0, 0)]);
        assert_eq!(best(&[vec![0.5], vec![0.7], vec![0.6]]), [(1, 0)]);
        assert_eq!(best(&[vec![0.1, 0.3, 0.2]]), [(0, 1)]);
        assert_eq!(best(&[]), []);
        assert_eq!(best(&[vec![0.0, 0.0], vec![0.0, 0.0]]), []);
    }

    /// The best sum by trying everything.
    fn by_trying(scores: &[Vec<f64>], row: usize, taken: &mut Vec<usize>) -> f64 {
        let Some(own) = scores.get(row) else { return 0.0 };
        let mut most = by_trying(scores, row + 1, taken);
        for (column, score) in own.iter().enumerate() {
            if !taken.contains(&column) {
                taken.push(column);
                most = most.max(score + by_trying(scores, row + 1, taken));
                taken.pop();
            }
        }
        most
    }

    proptest::proptest! {
        #[test]
        fn no_other_assignment_is_better(
            (rows, columns, scores) in (1_usize..6, 1_usize..6).prop_flat_map(|(rows, columns)| {
                let scores = proptest::collection::vec(0_u8..10, rows * columns);
                (proptest::prelude::Just(rows), proptest::prelude::Just(columns), scores)
            })
        ) {
            let scores: Vec<Vec<f64>> =
                (0..rows).map(|row| (0..columns).map(|c| f64::from(scores[row * columns + c]) / 10.0).collect()).collect();
            let pairs = best(&scores);
            let sum: f64 = pairs.iter().map(|&(row, column)| scores[row][column]).sum();
            proptest::prop_assert!((sum - by_trying(&scores, 0, &mut Vec::new())).abs() < 1e-9);
            let mut columns: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
            columns.sort_unstable();
            columns.dedup();
            proptest::prop_assert_eq!(columns.len(), pairs.len());
        }
    }

    use proptest::strategy::Strategy;
}
