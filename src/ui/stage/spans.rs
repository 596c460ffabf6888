//! The rows of a topic with very many partitions.

use std::ops::Range;

/// More rows than these are binned: several partitions a row.
pub const ROWS_MAX: usize = 400;

/// A row each partition, up to [`ROWS_MAX`]; beyond that a row stands for several, but for those around the open place, which stand apart.
pub fn spans(count: usize, open: Option<usize>) -> Vec<Range<usize>> {
    let each = count.div_ceil(ROWS_MAX).max(1);
    let mut spans = Vec::new();
    for from in (0..count).step_by(each) {
        let bin = from..(from + each).min(count);
        if open.is_some_and(|open| bin.contains(&open)) {
            spans.extend(bin.map(|at| at..at + 1));
        } else {
            spans.push(bin);
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn up_to_four_hundred_partitions_have_a_row_each() {
        assert_eq!(spans(400, Some(7)).len(), 400);
    }

    #[wasm_bindgen_test]
    fn beyond_that_a_bin_opens_around_the_open_partition() {
        assert_eq!(spans(1_000, None).len(), 334);
        let opened = spans(1_000, Some(4));
        assert_eq!(opened.get(..5), Some(&[0..3, 3..4, 4..5, 5..6, 6..9][..]));
        assert_eq!(opened.last(), Some(&(999..1_000)));
    }
}
