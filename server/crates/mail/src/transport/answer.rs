//! A server's words, made fit to be stored: one line, not endless, and without addresses; and the codes in them.

/// Enough for any server's reason and its web page.
const LONGEST: usize = 300;

/// What a server said, on one line, with every address in it left out.
///
/// Servers like to repeat the recipient's address in their refusal, and what we store or log about
/// a mail must not tell whose it was.
#[must_use]
pub fn fit_to_keep(said: &str) -> String {
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

/// The codes in what a server said or what an error says of it: `451 4.3.0 try later`, or
/// `transient error (451): 4.3.0 try later`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    /// Of RFC 5321: three digits.
    pub reply: Option<u16>,
    /// Of RFC 3463, as it was written: `4.3.0`.
    pub enhanced: Option<String>,
}

impl Codes {
    /// Finds them. An error that no server said has none.
    #[must_use]
    pub fn of(said: &str) -> Codes {
        let mut words = said
            .split_whitespace()
            .map(|word| word.trim_matches(|symbol: char| !symbol.is_ascii_digit()));
        let start = said.split_whitespace().next().unwrap_or_default();
        let reply = match start {
            "transient" | "permanent" => words.nth(2).and_then(reply_code),
            _ => words.next().and_then(reply_code),
        };
        let enhanced = words.next().filter(|word| is_enhanced(word));
        Codes {
            reply,
            enhanced: enhanced.filter(|_| reply.is_some()).map(str::to_owned),
        }
    }
}

fn reply_code(word: &str) -> Option<u16> {
    let code = word.parse().ok()?;
    (word.len() == 3 && (200..600).contains(&code)).then_some(code)
}

fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let number = |part: &&str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    parts.len() == 3 && matches!(parts[0], "2" | "4" | "5") && parts.iter().all(number)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

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

    #[rstest]
    #[case::taken("250 2.0.0 Ok: queued as 4711", Some(250), Some("2.0.0"))]
    #[case::without_enhanced_code("250 Ok", Some(250), None)]
    #[case::by_an_error("transient error (451): 4.3.0 try later", Some(451), Some("4.3.0"))]
    #[case::for_good(
        "permanent error (550): 5.1.1 (address): unknown",
        Some(550),
        Some("5.1.1")
    )]
    #[case::an_address_of_a_machine("550 10.0.0.1 is on a list", Some(550), None)]
    #[case::no_server_said_it("Connection error: refused", None, None)]
    #[case::a_number_that_is_no_code("network error: os error 111", None, None)]
    #[case::nothing("", None, None)]
    fn the_codes_in_an_answer(
        #[case] said: &str,
        #[case] reply: Option<u16>,
        #[case] enhanced: Option<&str>,
    ) {
        let enhanced = enhanced.map(str::to_owned);
        assert_eq!(Codes::of(said), Codes { reply, enhanced });
    }
}
