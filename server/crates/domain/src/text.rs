//! Text that people type: cleaned of what a line or a message cannot hold, and of nothing else.
//! Emoji, accents and right-to-left scripts stay exactly as they were typed.

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextFault {
    /// Nothing but white space.
    #[error("there is no text here")]
    Empty,
    /// More characters (Unicode scalar values) than may be.
    #[error("this must be {max} characters or fewer: it has {actual}")]
    TooLong {
        /// The most that may be.
        max: usize,
        /// How many there are.
        actual: usize,
    },
    /// A character that stands for no writing, such as a null or an escape.
    #[error("there is a hidden character in this text: type it again, or paste it as plain text")]
    ControlCharacter,
}

/// A single line: a name, a title. White space at the ends goes; any control character, a line
/// break among them, is refused, since such a line may stand in a mail's header.
///
/// # Errors
/// [`TextFault`], when the line is empty, too long or holds a control character.
pub fn clean_line(raw: &str, max_chars: usize) -> Result<String, TextFault> {
    let line = raw.trim();
    if line.chars().any(char::is_control) {
        return Err(TextFault::ControlCharacter);
    }
    within(line, max_chars)
}

/// A text of many lines: a question, an answer. Line breaks become `\n`, whatever the browser sent;
/// tabs stay; other control characters are refused. White space at the end and blank lines at the
/// start go.
///
/// # Errors
/// [`TextFault`], when the text is empty, too long or holds a control character.
pub fn clean_prose(raw: &str, max_chars: usize) -> Result<String, TextFault> {
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    let refused = |character: char| character.is_control() && !matches!(character, '\n' | '\t');
    let text = text.trim();
    if text.chars().any(refused) {
        return Err(TextFault::ControlCharacter);
    }
    within(text, max_chars)
}

fn within(text: &str, max: usize) -> Result<String, TextFault> {
    match text.chars().count() {
        0 => Err(TextFault::Empty),
        actual if actual > max => Err(TextFault::TooLong { max, actual }),
        _ => Ok(text.to_owned()),
    }
}

/// A number as people read it: "10,000".
#[must_use]
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut read = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            read.push(',');
        }
        read.push(digit);
    }
    read
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("  Ann Lee ", Ok("Ann Lee"))]
    #[case("Zoë 👩‍👧 שלום", Ok("Zoë 👩‍👧 שלום"))]
    #[case("   ", Err(TextFault::Empty))]
    #[case("Ann\r\nBcc: all", Err(TextFault::ControlCharacter))]
    #[case("Ann\u{0}", Err(TextFault::ControlCharacter))]
    #[case("1234567890123", Err(TextFault::TooLong { max: 12, actual: 13 }))]
    fn a_line_is_one_clean_line(#[case] raw: &str, #[case] clean: Result<&str, TextFault>) {
        assert_eq!(clean_line(raw, 12), clean.map(str::to_owned));
    }

    #[rstest]
    #[case("\r\nHello\r\n\r\n\tyou\r", Ok("Hello\n\n\tyou"))]
    #[case("old\rmac", Ok("old\nmac"))]
    #[case("beep\u{7}", Err(TextFault::ControlCharacter))]
    #[case("\n \n", Err(TextFault::Empty))]
    fn prose_keeps_its_lines(#[case] raw: &str, #[case] clean: Result<&str, TextFault>) {
        assert_eq!(clean_prose(raw, 100), clean.map(str::to_owned));
    }

    #[test]
    fn length_is_counted_in_characters_not_in_bytes() {
        assert_eq!(clean_line("ééééé", 5), Ok("ééééé".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_cleaned_is_clean(raw in "(?s).{0,80}") {
            if let Ok(line) = clean_line(&raw, 60) {
                prop_assert_eq!(clean_line(&line, 60), Ok(line.clone()));
                prop_assert!(raw.contains(&line));
            }
            if let Ok(prose) = clean_prose(&raw, 60) {
                prop_assert_eq!(clean_prose(&prose, 60), Ok(prose.clone()));
                prop_assert!(!prose.contains('\r') && prose.chars().count() <= 60);
            }
        }

        #[test]
        fn visible_text_is_kept_to_the_letter(text in "[\\p{L}\\p{N}\\p{So}]{1,40}") {
            prop_assert_eq!(clean_line(&text, 40), Ok(text.clone()));
            prop_assert_eq!(clean_prose(&text, 40), Ok(text));
        }
    }

    #[test]
    fn a_number_is_read_in_thousands() {
        for (of, read) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (10_000, "10,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(of), read);
        }
    }
}
