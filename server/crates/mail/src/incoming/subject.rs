//! The subject, and any other header, on one line.

/// `value` with every run of white space made one space; `None` when nothing is left.
pub(super) fn one_line(value: &str) -> Option<String> {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
