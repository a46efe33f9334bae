//! A server's words, made fit to be stored: one line, not endless, and without addresses.

/// Enough for any server's reason and its web page.
const LONGEST: usize = 300;

/// What a server said, on one line, with every address in it left out.
///
/// Servers like to repeat the recipient's address in their refusal, and what we store or log about
/// a mail must not tell whose it was.
pub(crate) fn fit_to_keep(said: &str) -> String {
    let words: Vec<&str> = said
        .split_whitespace()
        .map(|word| {
            if word.contains('@') {
                "(address)"
            } else {
                word
            }
        })
        .collect();
    words
        .join(" ")
        .chars()
        .filter(|symbol| !symbol.is_control())
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_line_breaks_are_left_out() {
        assert_eq!(
            fit_to_keep("5.1.1 <sam@example.org>: Recipient\r\n address rejected"),
            "5.1.1 (address) Recipient address rejected"
        );
    }

    #[test]
    fn endless_answers_are_cut() {
        assert_eq!(fit_to_keep(&"é".repeat(1000)).chars().count(), LONGEST);
    }
}
