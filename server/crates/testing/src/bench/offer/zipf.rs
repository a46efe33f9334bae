//! Drawing as Zipf's law has it: the second comes half as often as the first, the third a third.

use rand::{Rng, rngs::StdRng};

/// Places 0 to so many, drawn by their weights.
pub(super) struct Zipf {
    /// The weights up to each place.
    sums: Vec<f64>,
}

impl Zipf {
    /// The law's exponent is 1 in plain English; smaller is flatter.
    #[expect(clippy::cast_precision_loss, reason = "a rank among thousands")]
    pub(super) fn new(places: usize, exponent: f64) -> Self {
        let mut sum = 0.0;
        let weights = (1..=places).map(|rank| (rank as f64).powf(-exponent));
        let sums = weights
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        Self { sums }
    }

    pub(super) fn draw(&self, random: &mut StdRng) -> usize {
        let all = self.sums.last().copied().unwrap_or_default();
        let drawn = random.random::<f64>() * all;
        self.sums
            .partition_point(|sum| *sum <= drawn)
            .min(self.sums.len().saturating_sub(1))
    }
}
