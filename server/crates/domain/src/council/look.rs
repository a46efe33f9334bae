//! A council's colours, the lighter and darker ones made from them, and which of them meet.
//!
//! A council sets three; all others on its pages are fixed (`style/_palette.scss`) or mixed from
//! these. Only a colour that others can be read against makes it through
//! [`Council::check`](super::Council::check).

use serde::{Deserialize, Serialize};

use crate::colour::{Colour, Contrast};

/// What nearly all words are written in; the same as `$text` in `style/_palette.scss`.
const TEXT: Colour = Colour::rgb(0x17, 0x26, 0x2a);

/// The colours that a council sets. What is left out is as the hub comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Look {
    /// The line above each page, the home page's band, buttons: dark, with white words on it.
    pub primary: Colour,
    /// Links.
    pub link: Colour,
    /// The search button and small touches: light, with dark words on it.
    pub accent: Colour,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            primary: Colour::rgb(0x12, 0x4b, 0x52),
            link: Colour::rgb(0x0c, 0x5f, 0x75),
            accent: Colour::rgb(0xf0, 0xb2, 0x3b),
        }
    }
}

/// Two colours that meet on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The setting that decides.
    pub setting: &'static str,
    /// What they are, in words.
    pub words: &'static str,
    /// One.
    pub one: Colour,
    /// The other.
    pub other: Colour,
    /// The contrast that they need at least.
    pub needed: Contrast,
}

impl Pair {
    /// The contrast that they have.
    #[must_use]
    pub fn measured(&self) -> Contrast {
        self.one.contrast_with(self.other)
    }
}

impl Look {
    /// The primary colour on hover, and words on [`Look::tint`].
    #[must_use]
    pub fn primary_deep(&self) -> Colour {
        self.primary.mixed_with(Colour::BLACK, 30)
    }

    /// The middle of the mark.
    #[must_use]
    pub fn primary_soft(&self) -> Colour {
        self.primary.mixed_with(Colour::WHITE, 25)
    }

    /// Behind a tag.
    #[must_use]
    pub fn tint(&self) -> Colour {
        self.primary.mixed_with(Colour::WHITE, 84)
    }

    /// Around a quiet panel.
    #[must_use]
    pub fn edge(&self) -> Colour {
        self.primary.mixed_with(Colour::WHITE, 74)
    }

    /// Behind quiet panels, the help and the footer.
    #[must_use]
    pub fn surface(&self) -> Colour {
        self.primary.mixed_with(Colour::WHITE, 94)
    }

    /// The search button on hover.
    #[must_use]
    pub fn accent_bright(&self) -> Colour {
        self.accent.mixed_with(Colour::WHITE, 25)
    }

    /// Around the promise.
    #[must_use]
    pub fn accent_edge(&self) -> Colour {
        self.accent.mixed_with(Colour::WHITE, 45)
    }

    /// Behind the promise.
    #[must_use]
    pub fn accent_tint(&self) -> Colour {
        self.accent.mixed_with(Colour::WHITE, 87)
    }

    /// Every two colours that meet and that a council could spoil.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let text = |setting, words, one, other| Pair {
            setting,
            words,
            one,
            other,
            needed: Contrast::OF_TEXT,
        };
        vec![
            text(
                "look.primary",
                "white words on the primary colour",
                Colour::WHITE,
                self.primary,
            ),
            text("look.link", "links on white", self.link, Colour::WHITE),
            text(
                "look.link",
                "links on the pale ground of the help block",
                self.link,
                self.surface(),
            ),
            text(
                "look.link",
                "links on the pale ground of the promise",
                self.link,
                self.accent_tint(),
            ),
            text(
                "look.accent",
                "dark words on the accent colour",
                TEXT,
                self.accent,
            ),
            Pair {
                setting: "look.accent",
                words: "the accent colour of the search button on the primary colour",
                one: self.accent,
                other: self.primary,
                needed: Contrast::OF_SHAPES,
            },
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sound(look: &Look) -> bool {
        look.pairs()
            .iter()
            .all(|pair| pair.measured() >= pair.needed)
    }

    #[test]
    fn the_colours_that_the_hub_comes_with_can_be_read() {
        assert!(sound(&Look::default()));
    }

    #[test]
    fn a_colour_that_is_left_out_is_as_the_hub_comes() {
        let look: Look = serde_json::from_str(r##"{ "primary": "#4a1d5f" }"##).unwrap();
        assert_eq!(look.primary.to_string(), "#4a1d5f");
        assert_eq!(look.link, Look::default().link);
        assert!(serde_json::from_str::<Look>(r##"{ "secondary": "#4a1d5f" }"##).is_err());
    }

    proptest! {
        // What is mixed from sound colours needs no check of its own.
        #[test]
        fn words_can_be_read_on_whatever_is_mixed(
            primary in [0_u8..=160, 0_u8..=130, 0_u8..=255],
            accent in [70_u8..=255, 120_u8..=255, 0_u8..=255],
        ) {
            let colour = |[red, green, blue]: [u8; 3]| Colour::rgb(red, green, blue);
            let look = Look { primary: colour(primary), accent: colour(accent), ..Look::default() };
            let faint = |pair: &Pair| pair.setting != "look.link" && pair.measured() < pair.needed;
            prop_assume!(!look.pairs().iter().any(faint));
            // As in `style/_palette.scss`.
            let secondary = Colour::rgb(0x4a, 0x5a, 0x5e);
            let visited = Colour::rgb(0x5a, 0x3d, 0x7c);
            for (words, ground) in [
                (TEXT, look.tint()),
                (TEXT, look.surface()),
                (TEXT, look.accent_tint()),
                (TEXT, look.accent_bright()),
                (secondary, look.surface()),
                (secondary, look.accent_tint()),
                (visited, look.surface()),
                (visited, look.accent_tint()),
                (look.primary_deep(), look.tint()),
                (look.primary_deep(), look.surface()),
                (Colour::WHITE, look.primary_deep()),
            ] {
                prop_assert!(words.contrast_with(ground) >= Contrast::OF_TEXT, "{words} on {ground} of {look:?}");
            }
            // The ring of the focus on the band.
            prop_assert!(Colour::rgb(0xff, 0xd8, 0x4d).contrast_with(look.primary) >= Contrast::OF_SHAPES);
        }
    }
}
