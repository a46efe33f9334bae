//! Reading a mail: what it says, how its words fold, and what may be sent without a person.

use domain::codes::{FoldKind, NoAnswerReason};
use domain::council::Council;
use domain::email::EmailAddress;
use mail::automatic::{self, Border, OwnAddresses, Verdict, verdict};
use mail::delivery_report::{self, DeliveryReport};
use mail::incoming::{self, Limits};
use mail::quoting::{self, PartKind};
use store::{Fold, NewIncoming};

use super::{storable, storable_start};

/// The longest name that is kept, in characters.
const NAME: usize = 200;
/// The longest subject that is kept, in characters.
const SUBJECT: usize = 1_000;

/// A mail as it was read.
pub(super) struct Reading {
    /// Everything that is in it.
    pub(super) mail: incoming::Incoming,
    /// Who wrote it, if that is an address that one can write to.
    pub(super) sender: Option<EmailAddress>,
    /// The name that stands beside the address.
    pub(super) sender_name: Option<String>,
    /// The subject, as it is kept.
    pub(super) subject: Option<String>,
    /// The words, as they are kept.
    pub(super) text: String,
    /// How they fold.
    pub(super) folds: Vec<Fold>,
    /// What could not be read.
    pub(super) problems: Vec<String>,
    /// What may be sent without a person.
    pub(super) verdict: Verdict,
    /// What it reports about a mail of ours, if it is a report.
    pub(super) report: Option<DeliveryReport>,
}

impl Reading {
    /// Whether it is nothing but a machine's word that somebody is away, or that they read what we wrote.
    pub(super) fn asks_nothing(&self) -> bool {
        self.verdict == Verdict::OutOfOffice || automatic::is_read_receipt(&self.mail.headers)
    }

    /// Why nothing may be sent without a person.
    pub(super) fn no_answer(&self) -> Option<NoAnswerReason> {
        self.verdict.reason()
    }
}

/// Reads a mail. This takes as long as the mail is large.
pub(super) fn read(raw: &[u8], row: &NewIncoming, council: &Council) -> Reading {
    let mail = incoming::read(raw, &Limits::default());
    let own = OwnAddresses::new([
        council.mail.from_address.clone(),
        council.contact.email.clone(),
    ]);
    let from = mail.from.as_ref().map(|from| from.address.as_str());
    let verdict = verdict(
        &mail.headers,
        row.envelope_from.as_deref(),
        from,
        &own,
        Border(&council.doubted_mail),
    );
    let verdict = match verdict {
        Verdict::Answerable if says_nothing_itself(&mail) => {
            Verdict::NoAnswer(NoAnswerReason::AutoSubmitted)
        }
        other => other,
    };
    let text = storable(&mail.text);
    let problems = mail.problems.iter();
    Reading {
        sender: sender(&mail, row),
        sender_name: mail
            .from
            .as_ref()
            .and_then(|from| from.name.as_deref())
            .map(|name| storable_start(name.trim(), NAME))
            .filter(|name| !name.is_empty()),
        subject: mail
            .subject
            .as_deref()
            .map(|subject| storable_start(subject, SUBJECT)),
        folds: folds(&text, mail.subject.as_deref()),
        problems: problems.map(|problem| problem.code().to_owned()).collect(),
        report: delivery_report::read_sent_by(raw, row.envelope_from.as_deref()),
        text,
        verdict,
        mail,
    }
}

/// Another mail and not a word to it: that is how programs pass complaints on, to addresses that answer them. The
/// words that are shown then are the inner mail's, below its summary.
fn says_nothing_itself(mail: &incoming::Incoming) -> bool {
    let [inner] = &mail.attachments[..] else {
        return false;
    };
    let summary = inner.summary.as_deref().unwrap_or_default();
    inner.media_type.starts_with("message/")
        && (mail.text.is_empty() || mail.text.starts_with(&format!("{summary}\n\n")))
}

/// What stands in for the reading of a mail that cannot be read: its envelope, and that it could not be read.
pub(super) fn unread(row: &NewIncoming) -> Reading {
    let mail = incoming::Incoming::default();
    Reading {
        sender: sender(&mail, row),
        sender_name: None,
        subject: None,
        text: String::new(),
        folds: Vec::new(),
        problems: vec![incoming::Problem::Unreadable.code().to_owned()],
        verdict: Verdict::NoAnswer(NoAnswerReason::NoSender),
        report: None,
        mail,
    }
}

/// Who wrote it: what the mail says, or else the envelope.
fn sender(mail: &incoming::Incoming, row: &NewIncoming) -> Option<EmailAddress> {
    let said = mail.from.iter().chain(&mail.reply_to);
    said.map(|mailbox| mailbox.address.as_str())
        .chain(row.envelope_from.as_deref())
        .find_map(|address| address.parse().ok())
}

/// How the words fold for reading. All stretches together are the words.
fn folds(text: &str, subject: Option<&str>) -> Vec<Fold> {
    let parts = if subject.is_some_and(quoting::is_passed_on) {
        quoting::fold_passed_on(text)
    } else {
        quoting::fold(text)
    };
    parts
        .into_iter()
        .map(|part| Fold {
            kind: match part.kind {
                PartKind::New => FoldKind::New,
                PartKind::Quoted => FoldKind::Quoted,
                PartKind::Signature => FoldKind::Signature,
            },
            bytes: part.text.len(),
        })
        .collect()
}
