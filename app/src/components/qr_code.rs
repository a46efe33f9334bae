//! A square of dots that a telephone reads.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode as Squares};

/// White around the dots, so that a camera finds them: four dots wide (ISO/IEC 18004).
const MARGIN: usize = 4;

/// A text as a square of dots. What it says must stand beside it as words, for those who do not scan.
#[component]
pub fn QrCode(
    /// What the telephone reads.
    text: String,
    /// What it is, for those who do not see it.
    label: &'static str,
) -> impl IntoView {
    let squares = Squares::with_error_correction_level(text.as_bytes(), EcLevel::M).ok()?;
    let side = squares.width() + 2 * MARGIN;
    Some(view! {
        <svg
            class="hub-qr"
            viewBox=format!("0 0 {side} {side}")
            role="img"
            aria-label=label
            shape-rendering="crispEdges"
        >
            <rect width=side.to_string() height=side.to_string() fill="#fff"></rect>
            <path d=path(&squares) fill="#000"></path>
        </svg>
    })
}

/// Each run of dark dots as one bar.
fn path(squares: &Squares) -> String {
    let width = squares.width();
    let colours = squares.to_colors();
    let mut path = String::new();
    for (row, dots) in colours.chunks(width).enumerate() {
        let mut column = 0;
        for run in dots.chunk_by(PartialEq::eq) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, wide) = (column + MARGIN, row + MARGIN, run.len());
                path.push_str(&format!("M{x} {y}h{wide}v1h-{wide}z"));
            }
            column += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_dot_is_drawn_once() {
        let squares = Squares::with_error_correction_level("otpauth://totp/a", EcLevel::M).unwrap();
        let dark = squares
            .to_colors()
            .iter()
            .filter(|colour| **colour == Color::Dark)
            .count();
        let drawn: usize = path(&squares)
            .split('h')
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
    }
}
