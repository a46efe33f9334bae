//! Colours, and how well one can be told from another: the contrast ratio of WCAG 2.2
//! (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What was given is not written as a colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write a colour as # and six digits or letters from a to f, like #124b52")]
pub struct InvalidColour;

/// A colour as screens mix it, written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

impl Colour {
    /// Black.
    pub const BLACK: Self = Self([0; 3]);
    /// White.
    pub const WHITE: Self = Self([255; 3]);

    /// A colour of so much red, green and blue.
    #[must_use]
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// How bright it is to the eye, from 0 (black) to 1 (white):
    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well it can be told from another; which of the two lies on top makes no difference.
    #[must_use]
    pub fn contrast_with(self, other: Self) -> Contrast {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        let hundredths = 100.0 * one.max(two) / one.min(two);
        // From 100 to 2,100. Cut, not rounded: 4.499 is not enough.
        Contrast(hundredths as u16)
    }

    /// The same with so many hundredths of another mixed in.
    #[must_use]
    pub fn mixed_with(self, other: Self, hundredths: u8) -> Self {
        let other_share = u16::from(hundredths.min(100));
        let mixed = |nth: usize| {
            let (own, others) = (u16::from(self.0[nth]), u16::from(other.0[nth]));
            let sum = own * (100 - other_share) + others * other_share;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([mixed(0), mixed(1), mixed(2)])
    }
}

impl FromStr for Colour {
    type Err = InvalidColour;

    fn from_str(text: &str) -> Result<Self, InvalidColour> {
        let digits = text.trim().strip_prefix('#').ok_or(InvalidColour)?;
        // A sign would pass for a digit below.
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(InvalidColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| InvalidColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl TryFrom<String> for Colour {
    type Error = InvalidColour;

    fn try_from(text: String) -> Result<Self, InvalidColour> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> String {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A contrast ratio, in hundredths: 450 is 4.5:1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contrast(u16);

impl Contrast {
    /// What words need at least (WCAG 2.2, 1.4.3).
    pub const OF_TEXT: Self = Self(450);
    /// What a control's shape needs at least (WCAG 2.2, 1.4.11).
    pub const OF_SHAPES: Self = Self(300);
}

impl fmt::Display for Contrast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}:1", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[rstest]
    #[case("#124b52", "#124b52")]
    #[case(" #FFD84D ", "#ffd84d")]
    fn a_colour_is_read_and_written_in_one_way(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(colour(typed).to_string(), kept);
    }

    #[rstest]
    #[case("")]
    #[case("124b52")]
    #[case("#124b5")]
    #[case("#124b522")]
    #[case("#12g452")]
    #[case("#+24b52")]
    #[case("#ääa")]
    #[case("teal")]
    #[case("#124b52;}body{display:none")]
    fn what_is_no_colour_is_refused(#[case] typed: &str) {
        assert_eq!(typed.parse::<Colour>(), Err(InvalidColour));
    }

    // Measured with WebAIM's contrast checker, which gives two digits, rounded down.
    #[rstest]
    #[case("#000000", "#ffffff", "21.00:1")]
    #[case("#ffffff", "#ffffff", "1.00:1")]
    #[case("#767676", "#ffffff", "4.54:1")]
    #[case("#777777", "#ffffff", "4.47:1")]
    #[case("#ff0000", "#ffffff", "3.99:1")]
    #[case("#0000ff", "#ffffff", "8.59:1")]
    #[case("#00ff00", "#000000", "15.30:1")]
    #[case("#124b52", "#ffffff", "9.74:1")]
    fn contrast_is_measured_as_wcag_does(
        #[case] one: &str,
        #[case] two: &str,
        #[case] ratio: &str,
    ) {
        assert_eq!(colour(one).contrast_with(colour(two)).to_string(), ratio);
        assert_eq!(colour(two).contrast_with(colour(one)).to_string(), ratio);
    }

    #[rstest]
    #[case("#000000", 0.0)]
    #[case("#ffffff", 1.0)]
    #[case("#808080", 0.2159)]
    #[case("#0a0a0a", 0.0030)]
    fn luminance_runs_from_black_to_white(#[case] text: &str, #[case] luminance: f64) {
        assert!((colour(text).luminance() - luminance).abs() < 0.0001);
    }

    #[rstest]
    #[case(0, "#124b52")]
    #[case(50, "#89a5a9")]
    #[case(100, "#ffffff")]
    #[case(255, "#ffffff")]
    fn a_mixture_lies_between_its_parts(#[case] hundredths: u8, #[case] mixed: &str) {
        let own = colour("#124b52").mixed_with(Colour::WHITE, hundredths);
        assert_eq!(own.to_string(), mixed);
    }

    proptest! {
        #[test]
        fn a_colour_reads_back_as_itself(red: u8, green: u8, blue: u8) {
            let made = Colour::rgb(red, green, blue);
            prop_assert_eq!(made.to_string().parse::<Colour>(), Ok(made));
        }
    }
}
