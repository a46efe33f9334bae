//! The head of an earlier message as Outlook and others copy it: “From: … Sent: … To: … Subject: …”.
//!
//! A person may write “From: my point of view” or a list of where a taxi goes from and to. So most of the
//! head's lines must be there, together, and in their usual meaning.

use super::line::{Line, has_year, lower_start, plain};

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
const LABELS: [(&str, Label); 164] = [
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
    ("gönderen", From),
    ("від", From),
    ("oddi wrth", From),
    ("من", From),
    ("منجانب", From),
    ("از", From),
    ("প্রেরক", From),
    ("प्रेषक", From),
    ("ਵੱਲੋਂ", From),
    ("પ્રેષક", From),
    ("nga", From),
    ("από", From),
    ("מאת", From),
    ("từ", From),
    ("寄件者", From),
    ("差出人", From),
    ("보낸 사람", From),
    ("avsändare", From),
    ("надіслано", Sent),
    ("відправлено", Sent),
    ("изпратено", Sent),
    ("anfonwyd", Sent),
    ("تم الإرسال", Sent),
    ("أرسلت", Sent),
    ("بھیجا گیا", Sent),
    ("ارسال شده", Sent),
    ("পাঠানো হয়েছে", Sent),
    ("পাঠানো", Sent),
    ("भेजा गया", Sent),
    ("ਭੇਜਿਆ ਗਿਆ", Sent),
    ("ਭੇਜਿਆ", Sent),
    ("મોકલેલ", Sent),
    ("dërguar", Sent),
    ("στάλθηκε", Sent),
    ("נשלח", Sent),
    ("đã gửi", Sent),
    ("寄件日期", Sent),
    ("送信日時", Sent),
    ("보낸 날짜", Sent),
    ("išsiųsta", Sent),
    ("odoslané", Sent),
    ("poslano", Sent),
    ("التاريخ", Date),
    ("تاریخ", Date),
    ("তারিখ", Date),
    ("दिनांक", Date),
    ("ਮਿਤੀ", Date),
    ("dyddiad", Date),
    ("tarih", Date),
    ("ημερομηνία", Date),
    ("תאריך", Date),
    ("ngày", Date),
    ("päivämäärä", Date),
    ("către", To),
    ("catre", To),
    ("at", To),
    ("إلى", To),
    ("الى", To),
    ("بنام", To),
    ("به", To),
    ("প্রাপক", To),
    ("प्रति", To),
    ("ਪ੍ਰਤੀ", To),
    ("për", To),
    ("προς", To),
    ("אל", To),
    ("đến", To),
    ("tới", To),
    ("收件者", To),
    ("宛先", To),
    ("받는 사람", To),
    ("vastaanottaja", To),
    ("címzett", To),
    ("kam", To),
    ("pwnc", Subject),
    ("الموضوع", Subject),
    ("موضوع", Subject),
    ("বিষয়", Subject),
    ("विषय", Subject),
    ("ਵਿਸ਼ਾ", Subject),
    ("વિષય", Subject),
    ("tema", Subject),
    ("subjekti", Subject),
    ("θέμα", Subject),
    ("נושא", Subject),
    ("chủ đề", Subject),
    ("主旨", Subject),
    ("件名", Subject),
    ("제목", Subject),
    ("tárgy", Subject),
    ("predmet", Subject),
];

/// Heads with copies and attachments have more lines, and long lists of people are wrapped.
const LINES_MAX: usize = 16;
/// The longest label, in letters.
const LABEL_MAX: usize = 24;
/// Wrapped lines and labels that are not known here, one after the other.
const UNKNOWN_MAX: usize = 3;

/// Whether a head begins on the first of `lines`. `view` says which text of a line to read.
pub(super) fn begins<'a>(lines: &[Line<'a>], view: impl Fn(&Line<'a>) -> &'a str) -> bool {
    let Some(first) = lines.first().map(|line| plain(view(line))) else {
        return false;
    };
    let Some((head, value)) = label(&first) else {
        return false;
    };
    let is_dated = matches!(head, Sent | Date);
    if is_dated && !has_digit(value) {
        return false;
    }
    let mut seen = vec![head];
    let mut names_address = head == From && value.contains('@');
    let mut names_nobody = head == From && is_no_name(value);
    let mut timed = is_dated && is_timed(value);
    let mut in_year = head == Sent && has_year(value);
    let mut unknown = 0;
    let mut blank = 0;
    // Some programs leave a blank line after each line of a head; none leaves one after some of them.
    let is_spaced = lines.get(1).is_some_and(|line| view(line).is_empty());
    for line in lines.iter().skip(1).take(LINES_MAX) {
        let text = plain(view(line));
        if text.is_empty() {
            blank += 1;
            if blank > 1 || !is_spaced {
                break;
            }
            continue;
        }
        match label(&text) {
            Some((found, value)) if !seen.contains(&found) => {
                if matches!(found, Sent | Date) && !has_digit(value) {
                    return false;
                }
                timed |= matches!(found, Sent | Date) && is_timed(value);
                in_year |= found == Sent && has_year(value);
                names_address |= matches!(found, From | To) && value.contains('@');
                names_nobody |= found == From && is_no_name(value);
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
    if head != From {
        // Few programs begin with another line. People begin a list of days so; what a program wrote has it all.
        has(From) && names_address && timed && has(To) && has(Subject)
    } else if names_address {
        dated && (has(Subject) || has(To))
    } else {
        (in_year || timed) && !names_nobody && has(To) && has(Subject)
    }
}

/// `: Monday 9:00`, `: 12 High Street`
fn is_no_name(value: &str) -> bool {
    let value = value.trim_start_matches([':', '：', '*', '_', ' ']);
    is_timed(value) || value.starts_with(|symbol: char| symbol.is_ascii_digit())
}

fn has_digit(value: &str) -> bool {
    value.chars().any(|symbol| symbol.is_ascii_digit())
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
    if name.chars().count() > LABEL_MAX {
        return None;
    }
    let name = lower_start(name, LABEL_MAX);
    let found = LABELS.iter().find(|(known, _)| *known == name)?;
    Some((found.1, &text[at..]))
}
