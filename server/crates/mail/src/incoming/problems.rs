//! What an officer is told about a message that could not be read as it came.

use std::fmt;

/// One thing that is wrong or odd in a message. Shown with `{}` it is a sentence for an officer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Problem {
    /// Reading it broke off each time: nothing is known of it but its envelope.
    Unreadable,
    /// There is nothing in it that looks like a message.
    NotAMessage,
    /// No sender that can be read.
    NoSender,
    /// `Date` is missing or cannot be read.
    NoDate,
    /// There was no text to read.
    NoText,
    /// The text was not in the alphabet that it said; some letters may be wrong.
    WrongLetters,
    /// The encoding of a part was damaged; some of it may be missing.
    Damaged,
    /// The message ends before it should.
    CutShort,
    /// More parts than are read.
    TooManyParts,
    /// Parts inside parts, deeper than is read.
    TooDeep,
    /// Headers longer than are read.
    HeadersTooLong,
    /// Text longer than is read.
    TextTooLong,
    /// Attachments larger than are read.
    AttachmentsTooLarge,
    /// Encrypted (S/MIME or PGP): only the sender's chosen reader can open it.
    Encrypted,
    /// Signed in a way that packs the text into the signature (S/MIME); it could not be opened.
    Sealed,
    /// A `winmail.dat` that could not be opened: Outlook's own format, with what was attached inside.
    Winmail,
}

impl Problem {
    /// A short name that stays, for logs and for storing.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Problem::Unreadable => "unreadable",
            Problem::NotAMessage => "not-a-message",
            Problem::NoSender => "no-sender",
            Problem::NoDate => "no-date",
            Problem::NoText => "no-text",
            Problem::WrongLetters => "wrong-letters",
            Problem::Damaged => "damaged",
            Problem::CutShort => "cut-short",
            Problem::TooManyParts => "too-many-parts",
            Problem::TooDeep => "too-deep",
            Problem::HeadersTooLong => "headers-too-long",
            Problem::TextTooLong => "text-too-long",
            Problem::AttachmentsTooLarge => "attachments-too-large",
            Problem::Encrypted => "encrypted",
            Problem::Sealed => "sealed",
            Problem::Winmail => "winmail",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Problem::Unreadable => {
                "This email could not be read. Nothing of it is shown here. Download the whole email as it came."
            }
            Problem::NotAMessage => "This does not look like an email. What came is shown as text.",
            Problem::NoSender => "The email does not say who sent it.",
            Problem::NoDate => "The email does not say when it was written.",
            Problem::NoText => "There was no text to read. Look at the attachments or the raw message.",
            Problem::WrongLetters => "Some letters could not be read and may be wrong.",
            Problem::Damaged => "Part of the email was damaged. Some of it may be missing.",
            Problem::CutShort => "The email ends too early. Some of it may be missing.",
            Problem::TooManyParts => "The email has too many parts. The last ones were left out.",
            Problem::TooDeep => "Some parts lie too deep inside others and were left out.",
            Problem::HeadersTooLong => "The headers are too long. The rest of them was left out.",
            Problem::TextTooLong => "The text is too long. The end was left out.",
            Problem::AttachmentsTooLarge => "The attachments are too large. Some were left out.",
            Problem::Encrypted => "The email is encrypted. We cannot read it. Ask for it to be sent again.",
            Problem::Sealed => {
                "The email is packed into a digital signature (S/MIME). We could not open it. Ask for it to be sent again."
            }
            Problem::Winmail => {
                "Outlook packed the attachments into a file named winmail.dat. We could not open it."
            }
        })
    }
}
