//! The head of an earlier message as Outlook and others copy it: “From: … Sent: … To: … Subject: …”.
//!
//! A person may write “From: my point of view” or a list of where a taxi goes from and to. So most of the
//! head's lines must be there, together, and in their usual meaning.

use super::line::{Line, lower_start};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Sent,
    Date,
    To,
    Subject,
}

use Label::{Date, From, Sent, Subject, To};

/// A label in many languages. Some words mean two things; the place in the head decides nothing.
const LABELS: [(&str, Label); 73] = [
    ("from", From),
    ("von", From),
    ("de", From),
    ("da", From),
    ("van", From),
    ("från", From),
    ("fra", From),
    ("od", From),
    ("de la", From),
    ("от", From),
    ("от кого", From),
    ("发件人", From),
    ("lähettäjä", From),
    ("kimden", From),
    ("feladó", From),
    ("nuo", From),
    ("sent", Sent),
    ("gesendet", Sent),
    ("envoyé", Sent),
    ("envoye", Sent),
    ("enviado", Sent),
    ("enviada", Sent),
    ("enviado el", Sent),
    ("enviada em", Sent),
    ("inviato", Sent),
    ("verzonden", Sent),
    ("skickat", Sent),
    ("sendt", Sent),
    ("wysłano", Sent),
    ("wysłane", Sent),
    ("trimis", Sent),
    ("отправлено", Sent),
    ("发送时间", Sent),
    ("odesláno", Sent),
    ("lähetetty", Sent),
    ("gönderildi", Sent),
    ("elküldve", Sent),
    ("date", Date),
    ("datum", Date),
    ("data", Date),
    ("fecha", Date),
    ("dato", Date),
    ("дата", Date),
    ("日期", Date),
    ("to", To),
    ("an", To),
    ("à", To),
    ("para", To),
    ("a", To),
    ("aan", To),
    ("till", To),
    ("til", To),
    ("do", To),
    ("кому", To),
    ("收件人", To),
    ("komu", To),
    ("kime", To),
    ("subject", Subject),
    ("betreff", Subject),
    ("objet", Subject),
    ("asunto", Subject),
    ("assunto", Subject),
    ("oggetto", Subject),
    ("onderwerp", Subject),
    ("temat", Subject),
    ("ämne", Subject),
    ("emne", Subject),
    ("subiect", Subject),
    ("тема", Subject),
    ("主题", Subject),
    ("předmět", Subject),
    ("aihe", Subject),
    ("konu", Subject),
];

/// Heads with copies and attachments have more lines, and long lists of people are wrapped.
const LINES_MAX: usize = 16;
/// Wrapped lines and labels that are not known here, one after the other.
const UNKNOWN_MAX: usize = 3;

/// Whether a head begins on the first of `lines`.
pub(super) fn begins(lines: &[Line<'_>]) -> bool {
    let Some((From, from)) = lines.first().and_then(|line| label(line.text)) else {
        return false;
    };
    let mut seen = vec![From];
    let mut names_address = from.contains('@');
    let mut timed = false;
    let mut unknown = 0;
    let mut blank = 0;
    for line in lines.iter().skip(1).take(LINES_MAX) {
        if line.is_blank() {
            blank += 1;
            if blank > 1 {
                break;
            }
            continue;
        }
        match label(line.text) {
            Some((found, value)) if !seen.contains(&found) => {
                let has_digit = value.chars().any(|symbol| symbol.is_ascii_digit());
                if matches!(found, Sent | Date) && !has_digit {
                    return false;
                }
                timed |= matches!(found, Sent | Date) && is_timed(value);
                names_address |= found == To && value.contains('@');
                seen.push(found);
                unknown = 0;
            }
            // After a blank line only the next label goes on with a head.
            _ if blank > 0 => break,
            _ => {
                unknown += 1;
                if unknown > UNKNOWN_MAX {
                    break;
                }
            }
        }
        blank = 0;
    }
    let has = |label| seen.contains(&label);
    let dated = has(Sent) || has(Date);
    if names_address {
        dated && (has(Subject) || has(To))
    } else {
        (has(Sent) || timed) && has(To) && has(Subject)
    }
}

/// `: Thursday 8 October 2026 15:26`
fn is_timed(value: &str) -> bool {
    value
        .as_bytes()
        .windows(3)
        .any(|three| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit())
}

/// `*From:* Sam` as what it means and its value.
fn label(text: &str) -> Option<(Label, &str)> {
    let text = text.trim_start_matches(['*', '_', ' ']);
    let at = text.find([':', '：'])?;
    let name = text[..at].trim_end_matches(['*', '_', ' ']);
    if name.len() > 24 {
        return None;
    }
    let name = lower_start(name, 24);
    let found = LABELS.iter().find(|(known, _)| *known == name)?;
    Some((found.1, &text[at..]))
}
