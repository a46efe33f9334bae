//! A reference as it is said on the phone.

/// The same words, each group of symbols held together: a line ends only between two groups.
#[must_use]
pub fn unbroken_groups(spoken: &str) -> String {
    spoken
        .split(", ")
        .map(|group| group.replace(' ', "\u{a0}"))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_end_between_two_groups_and_nowhere_else() {
        assert_eq!(
            unbroken_groups("7 K Q M, 4 T X D"),
            "7\u{a0}K\u{a0}Q\u{a0}M, 4\u{a0}T\u{a0}X\u{a0}D"
        );
    }
}
