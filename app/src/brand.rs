//! The council's colours as a style sheet of its own, so that a changed setting needs no new build
//! and our policy no inline style.
//!
//! It sets custom properties; `style/_palette.scss` says what each is for, and what it is without
//! this sheet. Paper keeps black and white.

use std::{
    fmt::Write as _,
    hash::{DefaultHasher, Hash, Hasher},
};

use domain::council::Look;
use leptos::prelude::*;

use crate::components::Mark;

/// Where it is served.
pub const BRAND_PATH: &str = "/brand.css";

/// A council's colours, written as CSS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandSheet {
    css: String,
    version: String,
}

impl BrandSheet {
    /// The sheet of these colours.
    #[must_use]
    pub fn of(look: &Look) -> Self {
        let colours = [
            ("primary", look.primary),
            ("primary-deep", look.primary_deep()),
            ("primary-soft", look.primary_soft()),
            ("tint", look.tint()),
            ("edge", look.edge()),
            ("surface", look.surface()),
            ("link", look.link),
            ("accent", look.accent),
            ("accent-bright", look.accent_bright()),
            ("accent-edge", look.accent_edge()),
            ("accent-tint", look.accent_tint()),
        ];
        let properties = colours
            .iter()
            .fold(String::new(), |mut css, (name, colour)| {
                // Writing to a string cannot fail.
                let _ = write!(css, "--hub-{name}:{colour};");
                css
            });
        let css = format!("@media screen{{:root{{{properties}}}}}\n");
        let mut hasher = DefaultHasher::new();
        css.hash(&mut hasher);
        let version = format!("{:016x}", hasher.finish());
        Self { css, version }
    }

    /// The CSS.
    #[must_use]
    pub fn css(&self) -> &str {
        &self.css
    }

    /// What tells it from the sheet of other colours.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Its address, which is another one once the colours are.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{BRAND_PATH}?v={}", self.version)
    }
}

/// The mark as a file: what a browser shows beside a page's name.
#[must_use]
pub fn favicon(look: &Look) -> String {
    let look = *look;
    Owner::new().with(|| view! { <Mark look=look/> }.to_html())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_colours_have_another_address() {
        let sheet = BrandSheet::of(&Look::default());
        let other = BrandSheet::of(&Look {
            primary: domain::colour::Colour::rgb(0x4a, 0x1d, 0x5f),
            ..Look::default()
        });
        assert_eq!(sheet, BrandSheet::of(&Look::default()));
        assert_ne!(sheet.address(), other.address());
        assert!(other.css().contains("--hub-primary:#4a1d5f;"), "{other:?}");
    }

    /// The style sheet's own values are what a page has before the colours come, and on paper.
    #[test]
    fn the_style_sheet_falls_back_on_the_colours_that_the_hub_comes_with() {
        let palette = include_str!("../../style/_palette.scss");
        let css = BrandSheet::of(&Look::default()).css().to_owned();
        for property in css.split("--hub-").skip(1) {
            let (name, colour) = property.split_once(':').unwrap();
            let line = format!("{name}: {},", &colour[..7]);
            assert!(palette.contains(&line), "{line}");
        }
    }
}
