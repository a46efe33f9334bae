//! What a style attribute means for a reader: hidden, a quotation, a tight paragraph.
//!
//! Only what hides in every reader counts. `mso-hide` hides in Outlook alone, and a letter size of
//! nothing is set on containers whose text has a size of its own; their words are seen and stay.

use super::Attributes;
use super::tags::attribute;

/// A style attribute in small letters without white space.
pub(super) struct Style(String);

impl Style {
    pub(super) fn of(attributes: &Attributes) -> Style {
        let style = attribute(attributes, "style").unwrap_or_default();
        Style(
            style
                .chars()
                .take(4096)
                .filter(|letter| !letter.is_whitespace())
                .flat_map(char::to_lowercase)
                .collect(),
        )
    }

    fn value(&self, property: &str) -> Option<&str> {
        // The last one counts.
        self.0.split(';').rev().find_map(|declaration| {
            let value = declaration.strip_prefix(property)?.strip_prefix(':')?;
            Some(value.trim_end_matches("!important"))
        })
    }

    fn is(&self, property: &str, value: &str) -> bool {
        self.value(property) == Some(value)
    }

    fn is_nothing(&self, property: &str) -> bool {
        self.value(property).is_some_and(|value| {
            value.trim_matches(|c: char| c.is_ascii_alphabetic() || c == '%') == "0"
        })
    }

    /// Whether nobody sees what it is set on.
    pub(super) fn hides(&self) -> bool {
        self.is("display", "none")
            || self.is("visibility", "hidden")
            || self.is("opacity", "0")
            || (self.is("overflow", "hidden")
                && (self.is_nothing("max-height") || self.is_nothing("height")))
    }

    /// Whether no blank line stands around a paragraph.
    pub(super) fn is_tight(&self) -> bool {
        let first_is_nothing = |value: &str| value.starts_with('0');
        self.value("margin").is_some_and(first_is_nothing)
            || self.value("margin-bottom").is_some_and(first_is_nothing)
    }

    /// A quotation has a bar on its left; what is only moved to the right has a margin and no border.
    pub(super) fn is_only_moved(&self) -> bool {
        self.value("border")
            .is_some_and(|border| border.starts_with("none"))
            && self.value("border-left").is_none()
            && self.value("margin").is_some()
    }

    /// The blue bar that Outlook draws beside what is quoted.
    pub(super) fn is_outlook_quotation(&self) -> bool {
        self.value("border-left")
            .is_some_and(|bar| bar.contains("solidblue"))
    }

    /// The line that Outlook draws above the head of what is answered.
    pub(super) fn is_outlook_line(&self) -> bool {
        self.value("border-top")
            .is_some_and(|line| line.starts_with("solid"))
            && self
                .value("padding")
                .is_some_and(|padding| padding.starts_with("3.0pt0") || padding.starts_with("3pt0"))
    }

    /// Whether line ends and spaces count, where it says so.
    pub(super) fn keeps_spaces(&self) -> Option<bool> {
        self.value("white-space")
            .map(|value| value.starts_with("pre") || value == "break-spaces")
    }
}

/// Pictures of a dot, that tell a sender of reading.
pub(super) fn is_tiny(attributes: &Attributes) -> bool {
    let tiny = |name: &str| {
        attribute(attributes, name)
            .is_some_and(|size| matches!(size.trim().trim_end_matches("px"), "0" | "1" | "2"))
    };
    tiny("width") && tiny("height")
}
