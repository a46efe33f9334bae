//! What stands under every mail: a signature after `-- `, “Sent from my iPhone”, a disclaimer.
//!
//! Only what stands at the very end counts, and only if it looks like what a program put there. A name under
//! “Kind regards” is part of what somebody wrote.

use super::PartKind;
use super::line::{Line, lower_start};

/// Marks what stands at the end of `lines`.
pub(super) fn mark(lines: &[Line<'_>], kinds: &mut [PartKind]) {
    let start = start(lines);
    kinds[start..lines.len()].fill(PartKind::Signature);
}

/// Where the signatures at the end begin, blank lines among them; the number of lines where there are none.
pub(super) fn start(lines: &[Line<'_>]) -> usize {
    let mut start = lines.len();
    loop {
        let written = lines[..start]
            .iter()
            .rposition(|line| !line.is_blank())
            .map_or(0, |last| last + 1);
        let above = &lines[..written];
        let Some(last) = above.last() else {
            return start;
        };
        // A line drawn above what was taken already.
        let is_drawn = start < lines.len() && (last.text == "--" || last.is_rule());
        let taken = if is_drawn || is_sent_from(last.text) {
            1
        } else {
            disclaimer(above).or_else(|| delimited(above)).unwrap_or(0)
        };
        if taken == 0 {
            return start;
        }
        start = written - taken;
    }
}

/// How many lines the paragraph at the end takes, if it is a disclaimer.
fn disclaimer(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 40;
    const LETTERS_MAX: usize = 4_000;
    let paragraph: Vec<&str> = lines
        .iter()
        .rev()
        .take(LINES_MAX)
        .map(|line| line.text)
        .take_while(|text| !text.is_empty())
        .collect();
    if paragraph.iter().map(|text| text.len()).sum::<usize>() > LETTERS_MAX {
        return None;
    }
    let text = paragraph
        .iter()
        .rev()
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    is_disclaimer(&text).then_some(paragraph.len())
}

fn is_disclaimer(text: &str) -> bool {
    const BEGINS: [&str; 32] = [
        "this email and any",
        "this e-mail and any",
        "this email, and any",
        "this e-mail, and any",
        "this email (",
        "this e-mail (",
        "this email message",
        "this e-mail message",
        "this email is",
        "this e-mail is",
        "this email has been scanned",
        "this e-mail has been scanned",
        "this email may",
        "this message and any",
        "this message is",
        "this message may",
        "this message has been",
        "this communication",
        "this transmission",
        "the information contained in this",
        "the information in this e",
        "the contents of this e",
        "the content of this e",
        "any views or opinions",
        "confidentiality",
        "disclaimer",
        "email disclaimer",
        "if you are not the intended",
        "if you have received this e",
        "please consider the environment",
        "please think before",
        "virus-free",
    ];
    const SAYS: [&str; 17] = [
        "intended recipient",
        "addressee",
        "intended solely",
        "solely for the use",
        "named above",
        "individual or entity",
        "person or entity",
        "received this email in error",
        "received this e-mail in error",
        "received this message in error",
        "received it in error",
        "for viruses",
        "presence of viruses",
        "scanned by",
        "environment before",
        "before you print",
        "avast.com",
    ];
    // A disclaimer speaks of “we”; who says “I” or asks is a person.
    const PERSONS: [&str; 14] = [
        "i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "my", "me", "he", "she", "son",
        "daughter", "please?",
    ];
    let text = text.trim_start_matches(|symbol: char| !symbol.is_alphanumeric());
    let is_persons = text
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', ';', ':', '!', '(', ')', '"']))
        .any(|word| PERSONS.contains(&word));
    BEGINS.iter().any(|begin| text.starts_with(begin))
        && SAYS.iter().any(|says| text.contains(says))
        && !text.contains('?')
        && !is_persons
}

/// How many lines a signature takes with the `-- ` above it (RFC 3676, section 4.3), at the end.
fn delimited(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 13;
    let from_end = lines
        .iter()
        .rev()
        .take(LINES_MAX)
        .position(|line| line.text == "--")?;
    let below = &lines[lines.len() - from_end..];
    let signs = below
        .iter()
        .filter(|line| !line.is_blank())
        .all(|line| is_of_signature(line.text));
    (signs && !below.is_empty()).then_some(from_end + 1)
}

/// Names, places, numbers and addresses; no sentence, no question, no postscript. People draw lines of two
/// dashes as well, and go on writing.
fn is_of_signature(text: &str) -> bool {
    const LETTERS_MAX: usize = 120;
    if text.chars().count() > LETTERS_MAX || text.contains('?') || text.starts_with('>') {
        return false;
    }
    let lower = lower_start(text, LETTERS_MAX);
    let small_words = text
        .split_whitespace()
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_lowercase))
        .count();
    let is_sentence = small_words >= 5 || small_words >= 2 && text.ends_with(['.', '!', '…']);
    let is_postscript = ["ps", "p.s", "pps"].iter().any(|start| {
        lower
            .strip_prefix(start)
            .is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    });
    !is_sentence && !is_postscript
}

/// “Sent from my iPhone”, in many languages: a beginning that says so, a device or a program, and no word that
/// could be somebody's own.
fn is_sent_from(text: &str) -> bool {
    const LETTERS_MAX: usize = 160;
    const BEGINS: [&str; 39] = [
        "sent from",
        "sent via",
        "sent with",
        "sent using",
        "get outlook for",
        "get [outlook for",
        "get <outlook for",
        "envoyé de mon",
        "envoyé depuis",
        "envoyé à partir de",
        "von meinem",
        "gesendet von",
        "gesendet mit",
        "enviado desde",
        "enviado do meu",
        "enviado a partir do",
        "enviado de mi",
        "inviato da",
        "verzonden vanaf",
        "verzonden met",
        "verstuurd vanaf",
        "skickat från",
        "sendt fra",
        "wysłano z",
        "wysłane z",
        "trimis de pe",
        "trimis din",
        "отправлено с",
        "надіслано з",
        "从我的",
        "從我的",
        "发自我的",
        "發自我的",
        "outlook for ios",
        "diese nachricht wurde von meinem",
        "outlook for android",
        "lähetetty",
        "odesláno z",
        "iphone'umdan",
    ];
    const DEVICES: [&str; 48] = [
        "iphone",
        "ipad",
        "ipod",
        "mac",
        "macbook",
        "android",
        "samsung",
        "galaxy",
        "huawei",
        "htc",
        "nokia",
        "blackberry",
        "xperia",
        "sony",
        "pixel",
        "motorola",
        "oneplus",
        "xiaomi",
        "redmi",
        "oppo",
        "honor",
        "lg",
        "kindle",
        "surface",
        "windows",
        "outlook",
        "ios",
        "yahoo",
        "airmail",
        "mailbox",
        "gmail",
        "aol",
        "proton",
        "protonmail",
        "bluemail",
        "mobile",
        "phone",
        "smartphone",
        "tablet",
        "cell",
        "handy",
        "mobilgerät",
        "telefon",
        "alcatel",
        "aquamail",
        "android-mobiltelefon",
        "android-gerät",
        "iphone'umdan",
    ];
    const BETWEEN: [&str; 59] = [
        "sent",
        "from",
        "via",
        "with",
        "using",
        "get",
        "for",
        "on",
        "my",
        "the",
        "a",
        "mail",
        "app",
        "device",
        "and",
        "envoyé",
        "de",
        "mon",
        "depuis",
        "à",
        "partir",
        "von",
        "meinem",
        "gesendet",
        "mit",
        "enviado",
        "desde",
        "mi",
        "do",
        "meu",
        "inviato",
        "da",
        "dal",
        "mio",
        "verzonden",
        "vanaf",
        "mijn",
        "met",
        "verstuurd",
        "skickat",
        "från",
        "min",
        "sendt",
        "fra",
        "wysłano",
        "wysłane",
        "z",
        "trimis",
        "pe",
        "din",
        "отправлено",
        "с",
        "надіслано",
        "gönderildi",
        "work",
        "wireless",
        "diese",
        "nachricht",
        "wurde",
    ];
    let text =
        text.trim_matches(|symbol: char| symbol.is_whitespace() || "*_<>()[].".contains(symbol));
    if text.chars().count() > LETTERS_MAX {
        return false;
    }
    let lower = text.to_lowercase();
    if !BEGINS.iter().any(|begin| lower.starts_with(begin)) {
        return false;
    }
    // What people let their phones add after it.
    let end = [
        ", please excuse",
        ". please excuse",
        ".  please excuse",
        ", please forgive",
        ", sorry for typos",
    ]
    .iter()
    .filter_map(|words| lower.find(words))
    .min()
    .unwrap_or(lower.len());
    let words = || {
        lower[..end]
            .split_whitespace()
            // A link to the program, in whatever brackets.
            .filter_map(|word| word.split("http").next())
            .flat_map(|word| word.split(|symbol: char| "<>()[],.!|".contains(symbol)))
            .filter(|word| !word.is_empty())
    };
    let known = |word: &str, list: &[&str]| list.contains(&word);
    words().any(|word| known(word, &DEVICES))
        && words().all(|word| {
            known(word, &DEVICES)
                || known(word, &BETWEEN)
                || word.chars().any(|symbol| symbol.is_ascii_digit())
                || known(
                    word,
                    &[
                        "传送",
                        "傳送",
                        "发送",
                        "發送",
                        "从我的",
                        "從我的",
                        "发自我的",
                        "發自我的",
                    ],
                )
        })
}
