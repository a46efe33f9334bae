//! What a part says that it is: `Content-Type`, `Content-Disposition` and the like.

use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::header::{Head, structured};
use super::{text, transfer, uuencode};

/// Values of these two fields are short; longer ones are not read to their end.
const FIELD_BYTES: usize = 8 * 1024;

/// What a part says of itself.
pub(super) struct Media {
    /// Type and subtype in small letters, such as `text/plain`; `None` if it says nothing usable.
    pub(super) kind: Option<String>,
    pub(super) charset: Option<String>,
    pub(super) boundary: Option<String>,
    /// The name of the file, as it was written.
    pub(super) file_name: Option<String>,
    pub(super) disposition: Disposition,
    /// Without angle brackets.
    pub(super) content_id: Option<String>,
    /// Lines that end in a space go on in the next one (RFC 3676), and whether that space is dropped.
    pub(super) flowed: Option<Flowed>,
    /// `smime-type` of S/MIME, in small letters.
    pub(super) smime: Option<String>,
    encoding: Encoding,
}

/// How the bytes of a part are written (RFC 2045, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Plain,
    Base64,
    QuotedPrintable,
    Uuencode,
}

impl Encoding {
    /// Senders write a semicolon or a comment after it, and spell it in their own way.
    fn of(value: &str) -> Encoding {
        let name: String = value
            .split([';', '(', ','])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric())
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        match name.as_str() {
            "base64" => Encoding::Base64,
            "quotedprintable" | "quotedprint" => Encoding::QuotedPrintable,
            "uuencode" | "xuuencode" | "uue" | "xuue" => Encoding::Uuencode,
            _ => Encoding::Plain,
        }
    }
}

/// Where a part asks to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disposition {
    Unsaid,
    Inline,
    Attachment,
}

/// `DelSp` of RFC 3676.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flowed {
    KeepSpace,
    DropSpace,
}

impl Media {
    pub(super) fn of(head: &Head<'_>) -> Media {
        let kind = parsed(head, "content-type");
        let disposition = parsed(head, "content-disposition");
        let of_kind = |name: &str| {
            kind.as_ref()
                .and_then(|kind| kind.attribute(name))
                .map(str::to_owned)
        };
        let is = |name: &str, value: &str| {
            of_kind(name).is_some_and(|given| given.eq_ignore_ascii_case(value))
        };
        Media {
            charset: of_kind("charset"),
            boundary: of_kind("boundary").filter(|boundary| !boundary.is_empty()),
            file_name: disposition
                .as_ref()
                .and_then(|disposition| disposition.attribute("filename"))
                .map(str::to_owned)
                .or_else(|| of_kind("name")),
            disposition: disposition.as_ref().map_or(Disposition::Unsaid, how_shown),
            content_id: content_id(head),
            flowed: is("format", "flowed").then(|| {
                if is("delsp", "yes") {
                    Flowed::DropSpace
                } else {
                    Flowed::KeepSpace
                }
            }),
            smime: of_kind("smime-type").map(|kind| kind.to_ascii_lowercase()),
            encoding: head
                .first("content-transfer-encoding")
                .map_or(Encoding::Plain, |value| Encoding::of(&structured(value))),
            kind: kind.as_ref().and_then(type_and_subtype),
        }
    }

    /// The bytes that `body` stands for.
    pub(super) fn decode(&self, body: &[u8]) -> (Vec<u8>, transfer::Damage) {
        match self.encoding {
            Encoding::Base64 => transfer::base64(body),
            Encoding::QuotedPrintable => (transfer::quoted_printable(body), transfer::Damage::None),
            Encoding::Uuencode => match uuencode::whole(body) {
                Some(bytes) => (bytes, transfer::Damage::None),
                None => (body.to_vec(), transfer::Damage::Some),
            },
            Encoding::Plain => (body.to_vec(), transfer::Damage::None),
        }
    }

    /// The bytes of a text, and the footer in plain letters that was put below its code.
    pub(super) fn decode_text<'b>(&self, body: &'b [u8]) -> (Vec<u8>, transfer::Damage, &'b [u8]) {
        let (bytes, damage) = self.decode(body);
        let is_whole = damage == transfer::Damage::None && text::is_text(&bytes);
        if self.encoding != Encoding::Base64 || is_whole {
            return (bytes, damage, &[]);
        }
        /// “Dear” is four letters of base64 as well.
        const CODE_MIN: usize = 40;
        let (code, footer) = transfer::without_footer(body);
        let (of_code, damage_of_code) = transfer::base64(code);
        let is_code = code.len() >= CODE_MIN || text::is_text(&of_code);
        if footer.is_empty() {
            (bytes, damage, &[])
        } else if is_code {
            (of_code, damage_of_code, footer)
        } else {
            (bytes, transfer::Damage::Some, &[])
        }
    }

    /// Whether the bytes stand as they are.
    pub(super) fn is_plain(&self) -> bool {
        self.encoding == Encoding::Plain
    }
}

fn how_shown(disposition: &ContentType<'_>) -> Disposition {
    if disposition.ctype().eq_ignore_ascii_case("inline") {
        Disposition::Inline
    } else {
        // RFC 2183, section 2.8: what is not known counts as an attachment.
        Disposition::Attachment
    }
}

fn parsed(head: &Head<'_>, name: &str) -> Option<ContentType<'static>> {
    let value = head.first(name)?;
    let line = structured(&value[..value.len().min(FIELD_BYTES)]);
    match MessageStream::new(line.as_bytes())
        .parse_content_type()
        .into_owned()
    {
        HeaderValue::ContentType(parsed) => Some(parsed),
        _ => None,
    }
}

fn type_and_subtype(kind: &ContentType<'_>) -> Option<String> {
    let (main, sub) = (kind.ctype(), kind.subtype().unwrap_or_default());
    let token = |text: &str| {
        !text.is_empty()
            && text.len() <= 100
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    if main.eq_ignore_ascii_case("text") && sub.is_empty() {
        // RFC 1049 had `text` alone.
        return Some("text/plain".to_owned());
    }
    (token(main) && token(sub)).then(|| format!("{main}/{sub}").to_ascii_lowercase())
}

fn content_id(head: &Head<'_>) -> Option<String> {
    super::addresses::ids(head, "content-id").into_iter().next()
}
