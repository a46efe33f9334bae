//! What a server's refusal is about: this recipient, or us.
//!
//! An answer of the 500s says “never”. But most of them are about the one who sends: a changed password, a
//! server that no longer relays for us, a sender's address on somebody's list. Giving mail up for that would
//! lose every reply that waits, because of a setting. Only what is about the recipient or about this very
//! message is for good.

/// What a refusal for good is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// The recipient, or this one message.
    TheMail,
    /// Our sign-in, our sender, our server, or what we said.
    Us,
}

/// Reads an answer of the 500s: the code of RFC 5321 and, where there is one, the enhanced code of RFC 3463 at
/// the start of its words.
pub(super) fn about(code: u16, words: &str) -> About {
    // Sign-in wanted or refused (RFC 4954, section 6); such servers often say 5.7.x, and some say 5.5.1.
    if matches!(code, 530 | 534 | 535 | 538) {
        return About::Us;
    }
    match enhanced(words) {
        // The sender's own address: bad syntax, unknown system (RFC 3463, 3.2), no reverse-path (RFC 7505).
        Some((1, 7 | 8 | 10)) if code != 556 => About::Us,
        // The recipient's address, mailbox or domain; the message's size or content.
        Some((1 | 2 | 4 | 6, _) | (3, 4)) => About::TheMail,
        // The server itself, the protocol, security and policy (relaying, lists, signatures).
        Some(_) => About::Us,
        None => match code {
            // Mailbox unavailable, not local, full, not allowed; a domain that takes no mail (RFC 7504).
            550..=553 | 556 => About::TheMail,
            _ => About::Us,
        },
    }
}

/// Subject and detail of an enhanced code: `5.1.1` is (1, 1).
fn enhanced(words: &str) -> Option<(u16, u16)> {
    words.split_whitespace().find_map(|word| {
        let mut numbers = word
            .trim_matches(|symbol: char| !symbol.is_ascii_digit())
            .split('.');
        let (class, subject, detail) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let three_digits = |text: &str| text.len() <= 3 && !text.is_empty();
        let whole = class == "5"
            && three_digits(subject)
            && three_digits(detail)
            && numbers.next().is_none();
        whole.then(|| Some((subject.parse().ok()?, detail.parse().ok()?)))?
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::no_such_mailbox(550, "5.1.1 User unknown")]
    #[case::no_such_domain(550, "5.1.2 Bad destination system address")]
    #[case::takes_no_mail(556, "5.1.10 Recipient address has null MX")]
    #[case::mailbox_disabled(550, "5.2.1 Mailbox disabled")]
    #[case::mailbox_full(552, "5.2.2 Over quota")]
    #[case::too_big(552, "5.3.4 Message too big for system")]
    #[case::cannot_be_routed(550, "5.4.1 Recipient address rejected")]
    #[case::content_not_supported(554, "5.6.1 Media not supported")]
    #[case::no_enhanced_code(550, "No such user here")]
    #[case::a_number_that_is_none(550, "No such user, see 10.0.0.1")]
    fn what_is_about_the_mail_is_for_good(#[case] code: u16, #[case] words: &str) {
        assert_eq!(about(code, words), About::TheMail);
    }

    #[rstest]
    #[case::sign_in_refused(535, "5.7.8 Authentication credentials invalid")]
    #[case::sign_in_wanted(530, "5.5.1 Authentication Required")]
    #[case::relaying(550, "5.7.1 Unable to relay")]
    #[case::relaying_by_554(554, "5.7.1 <(address)>: Relay access denied")]
    #[case::may_not_send_as(
        550,
        "5.7.60 SMTP; Client does not have permissions to send as this sender"
    )]
    #[case::no_reverse_name(550, "5.7.25 Reverse DNS validation failed")]
    #[case::on_a_list(554, "Service unavailable; Client host blocked")]
    #[case::sender_unknown(550, "5.1.8 Sender address rejected: Domain not found")]
    #[case::sender_syntax(553, "5.1.7 Bad sender's mailbox address syntax")]
    #[case::their_system(554, "5.3.0 Other mail system problem")]
    #[case::our_protocol(503, "5.5.1 Bad sequence of commands")]
    #[case::no_mail_service(521, "host does not accept mail")]
    #[case::signature_missing(550, "5.7.26 Unauthenticated email is not accepted")]
    fn what_is_about_us_waits_until_it_is_mended(#[case] code: u16, #[case] words: &str) {
        assert_eq!(about(code, words), About::Us);
    }
}
