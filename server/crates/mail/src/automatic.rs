//! Which mail gets no automatic answer, and why: RFC 3834 (<https://www.rfc-editor.org/rfc/rfc3834>).
//!
//! Two systems that answer each other never stop, and an answer to forged mail goes to somebody who never
//! wrote. So [`verdict`] looks at the headers and the envelope, never at the words of a subject or a text.
//!
//! No answer does not mean no enquiry: an enquiry is made of everything, and stands where an officer sees why
//! nothing was sent. Only an out-of-office answer starts no promise. What a school's system sends by itself
//! is often a real question, so `auto-generated` mail has its promise like any other.

mod border;

use domain::codes::NoAnswerReason;
use domain::email::EmailAddress;

pub use border::Border;

/// What may be sent without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// An acknowledgement may go.
    Answerable,
    /// Nothing may go; the promise runs all the same.
    NoAnswer(NoAnswerReason),
    /// Nothing may go, and no promise starts: a mailbox says that its owner is away.
    OutOfOffice,
}

impl Verdict {
    /// Why nothing was sent, to store beside the enquiry; `None` when an answer may go.
    #[must_use]
    pub const fn reason(self) -> Option<NoAnswerReason> {
        match self {
            Self::Answerable => None,
            Self::NoAnswer(reason) => Some(reason),
            Self::OutOfOffice => Some(NoAnswerReason::OutOfOffice),
        }
    }
}

/// The addresses at which the hub itself gets and sends mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnAddresses {
    /// In lower case, without what stands after a plus.
    plain: Vec<String>,
}

impl OwnAddresses {
    /// Takes every address that the hub sends from or reads.
    pub fn new(addresses: impl IntoIterator<Item = EmailAddress>) -> Self {
        let plain = addresses
            .into_iter()
            .map(|address| without_tag(address.as_str()))
            .collect();
        Self { plain }
    }

    /// Whether `address` is one of them, in any case and with any tag after a plus: a signed return path is
    /// ours too.
    #[must_use]
    pub fn contains(&self, address: &str) -> bool {
        self.plain.contains(&without_tag(address))
    }
}

/// Whether a mail may be answered without a person.
///
/// `headers` are those of the message itself, in their order. `envelope_from` is what the sending server said,
/// empty for a null return path; `None` where we were not told (a mailbox tells nobody), and then the
/// `Return-Path` header says it. `from` is the address of the `From` header.
#[must_use]
pub fn verdict(
    headers: &[(String, String)],
    envelope_from: Option<&str>,
    from: Option<&str>,
    own: &OwnAddresses,
    border: Border<'_>,
) -> Verdict {
    let mail = Mail {
        headers,
        return_path: envelope_from
            .or_else(|| values(headers, "return-path").next())
            .map(bare)
            .unwrap_or_default(),
        from: from.map(bare).unwrap_or_default(),
    };
    use NoAnswerReason as Reason;
    let no_answer = if own.contains(mail.from) || own.contains(mail.return_path) {
        Reason::OwnAddress
    } else if mail.is_report() {
        Reason::Report
    } else if is_system(mail.from) || is_system(mail.return_path) {
        Reason::SystemSender
    } else if mail.is_out_of_office() {
        return Verdict::OutOfOffice;
    } else if mail.is_made_by_program() {
        Reason::AutoSubmitted
    } else if mail.came_by_list() {
        Reason::MailingList
    } else if mail.precedence(&["bulk", "junk", "list"]) {
        Reason::Bulk
    } else if mail.suppresses(&["all", "oof", "autoreply"]) || is_read_by_nobody(mail.from) {
        Reason::AnswerUnwanted
    } else if mail.return_path.is_empty() {
        Reason::NoReturnPath
    } else if mail.from.is_empty() {
        Reason::NoSender
    } else if border.suspects(headers) {
        Reason::SuspectedSpam
    } else {
        return Verdict::Answerable;
    };
    Verdict::NoAnswer(no_answer)
}

/// Whether a mail says no more than that one of ours was shown, or was not (RFC 8098).
#[must_use]
pub fn is_read_receipt(headers: &[(String, String)]) -> bool {
    values(headers, "content-type").any(|value| {
        let lower: String = value.to_ascii_lowercase().replace(['"', ' '], "");
        lower.starts_with("multipart/report")
            && lower.contains("report-type=disposition-notification")
    })
}

struct Mail<'a> {
    headers: &'a [(String, String)],
    /// Empty for a null or an unknown one: neither may be answered.
    return_path: &'a str,
    from: &'a str,
}

impl Mail<'_> {
    /// RFC 6522: reports about delivery, about reading, about abuse.
    fn is_report(&self) -> bool {
        values(self.headers, "content-type")
            .any(|value| first_word(value).eq_ignore_ascii_case("multipart/report"))
    }

    fn auto_submitted(&self) -> impl Iterator<Item = String> {
        values(self.headers, "auto-submitted")
            .map(|value| first_word(value).to_ascii_lowercase())
            .filter(|how| !how.is_empty())
    }

    /// The header of RFC 3834, or one of those that were in use before and beside it.
    fn is_out_of_office(&self) -> bool {
        const OLDER: [&str; 8] = [
            "x-autoreply",
            "x-auto-reply",
            "x-autoreply-from",
            "x-mail-autoreply",
            "x-autorespond",
            "x-autoresponder",
            "x-autoreply-domain",
            "x-vacation",
        ];
        // “9; Autoresponder”, and what an autoresponder writes in the place of a recipient.
        let says_autoresponder = ["x-post-messageclass", "delivered-to"]
            .iter()
            .flat_map(|name| values(self.headers, name))
            .any(|value| {
                value
                    .rsplit(';')
                    .next()
                    .is_some_and(|word| word.trim().eq_ignore_ascii_case("autoresponder"))
            });
        self.auto_submitted()
            .any(|how| how == "auto-replied" || how == "vacation")
            || self.precedence(&["auto_reply", "auto-reply"])
            || says_autoresponder
            || OLDER
                .iter()
                .flat_map(|name| values(self.headers, name))
                .any(|value| !value.eq_ignore_ascii_case("no"))
            || self.is_exchange_out_of_office()
    }

    /// Headers of programs that write mail by themselves, beside the one of RFC 3834.
    fn is_made_by_program(&self) -> bool {
        const BY_PROGRAM: [&str; 5] = [
            "x-autogenerated",
            "x-auto-generated",
            "x-machinegenerated",
            "x-fc-machinegenerated",
            "x-cron-env",
        ];
        self.auto_submitted().any(|how| how != "no")
            || BY_PROGRAM
                .iter()
                .flat_map(|name| values(self.headers, name))
                .any(|value| !is_one_of(value, &["no", "false"]))
    }

    /// Exchange says `auto-generated` or nothing at all: there, an answer that a mailbox's rule made has a null
    /// return path, wants no answer, and shows that a rule or another message was behind it.
    fn is_exchange_out_of_office(&self) -> bool {
        const MADE_BY_RULE: [&str; 2] = [
            "x-ms-exchange-inbox-rules-loop",
            "x-ms-exchange-generated-message-source",
        ];
        let answers_something = MADE_BY_RULE
            .iter()
            .chain(&["in-reply-to"])
            .any(|name| values(self.headers, name).any(|value| !value.is_empty()));
        self.return_path.is_empty() && self.suppresses(&["all", "oof"]) && answers_something
    }

    /// The headers of RFC 2369 and RFC 2919, or those of lists from before.
    fn came_by_list(&self) -> bool {
        const OLDER: [&str; 4] = ["mailing-list", "x-mailing-list", "x-ml-name", "x-mlserver"];
        self.headers.iter().any(|(name, _)| {
            let start = name.get(..5);
            start.is_some_and(|start| start.eq_ignore_ascii_case("list-"))
                || is_one_of(name, &OLDER)
        })
    }

    fn precedence(&self, kinds: &[&str]) -> bool {
        ["precedence", "x-precedence", "preference"]
            .iter()
            .flat_map(|name| values(self.headers, name))
            .any(|value| is_one_of(first_word(value), kinds))
    }

    /// MS-OXCMAIL's list of what the sender does not want: <https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail/>.
    fn suppresses(&self, kinds: &[&str]) -> bool {
        values(self.headers, "x-auto-response-suppress")
            .flat_map(|value| value.split([',', ';']))
            .any(|kind| is_one_of(kind.trim(), kinds))
    }
}

/// Mail systems and the robots of lists.
fn is_system(address: &str) -> bool {
    let local = local_part(address).to_ascii_lowercase();
    // “MAILER_DAEMON”, “Mail.Daemon”
    let joined: String = local
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    matches!(joined.as_str(), "mailerdaemon" | "maildaemon" | "postmaster" | "mdaemon" | "ndr" | "bounce" | "bounces")
        || local.starts_with("owner-")
        || ["-request", "-bounces"].iter().any(|end| local.ends_with(end))
        // The null path of a bounce that bounced, as qmail writes it.
        || address == "#@[]"
}

/// Addresses that say of themselves that nobody reads what comes to them.
fn is_read_by_nobody(address: &str) -> bool {
    let local: String = local_part(address)
        .chars()
        .filter(|letter| !matches!(letter, '-' | '_' | '.'))
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    ["noreply", "donotreply", "autoreply", "autoresponder"]
        .iter()
        .any(|start| local.starts_with(start))
}

fn local_part(address: &str) -> &str {
    address.rsplit_once('@').map_or(address, |(local, _)| local)
}

fn without_tag(address: &str) -> String {
    let address = bare(address).to_lowercase();
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let untagged = local.split_once('+').map_or(local, |(before, _)| before);
            format!("{untagged}@{domain}")
        }
        None => address,
    }
}

/// An address as a return path writes it, without its angle brackets.
fn bare(address: &str) -> &str {
    address.trim().trim_matches(['<', '>']).trim()
}

fn values<'a>(
    headers: &'a [(String, String)],
    name: &'a str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    headers
        .iter()
        .filter(move |(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim())
}

/// `auto-replied` of `auto-replied (vacation); owner-email="…"`.
fn first_word(value: &str) -> &str {
    let value = value.trim_start();
    let end =
        value.find(|symbol: char| symbol.is_whitespace() || matches!(symbol, ';' | '(' | ','));
    end.map_or(value, |end| &value[..end])
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}
