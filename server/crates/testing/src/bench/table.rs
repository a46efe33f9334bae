//! Medians, and tables in Markdown.

use std::time::Duration;

/// The median and what it lies between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    /// Of one figure a round; zeros when there was no round.
    pub(super) fn of(figures: &[f64]) -> Self {
        let mut sorted = figures.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
        Self {
            median: at(sorted.len() / 2),
            least: at(0),
            most: at(sorted.len().saturating_sub(1)),
        }
    }
}

/// The figure below which this share of the times lies, in milliseconds.
pub(super) fn percentile_ms(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    let last = times.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place among the times"
    )]
    let place = (last as f64 * share).round() as usize;
    times.get(place).map_or(0.0, Duration::as_secs_f64) * 1000.0
}

/// A table with the first column to the left and figures to the right.
pub(super) fn markdown(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut lines = vec![line(heads.iter().copied())];
    let marks = (0..heads.len()).map(|place| if place == 0 { "---" } else { "---:" });
    lines.push(line(marks));
    for row in rows {
        lines.push(line(row.iter().map(String::as_str)));
    }
    lines.join("\n")
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle() {
        let spread = Spread::of(&[5.0, 1.0, 9.0, 3.0, 4.0]);
        assert_eq!((spread.median, spread.least, spread.most), (4.0, 1.0, 9.0));
    }

    #[test]
    fn the_last_percent_is_what_one_in_a_hundred_waits() {
        let mut times: Vec<_> = (0..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile_ms(&mut times, 0.5), 50.0);
        assert_eq!(percentile_ms(&mut times, 0.99), 99.0);
    }
}
