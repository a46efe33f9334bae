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
            disclaimer(above)
                .or_else(|| delimited(above))
                .or_else(|| footer_of_list(above))
                .unwrap_or(0)
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
    const BEGINS: [&str; 63] = [
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
        "any views expressed",
        "any views stated",
        "the views expressed",
        "this email has been checked",
        "this e-mail has been checked",
        "this email was scanned",
        "this e-mail was scanned",
        "this e-mail may",
        "this email contains",
        "this e-mail contains",
        "this email, its",
        "this email and its",
        "this e-mail and its",
        "this email transmission",
        "the information transmitted",
        "the information in this message",
        "the information in this transmission",
        "information in this e",
        "important notice",
        "legal notice",
        "notice: this",
        "note: this e",
        "privileged",
        "private and confidential",
        "email confidentiality",
        "you received this message because",
        "you are receiving this",
        "mae'r e-bost hwn",
        "mae’r e-bost hwn",
        "mae'r neges hon",
        "mae’r neges hon",
    ];
    const SAYS: [&str; 34] = [
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
        "to whom it is addressed",
        "to whom they are addressed",
        "whom this email is addressed",
        "whom this e-mail is addressed",
        "legally privileged",
        "may be privileged",
        "necessarily represent",
        "necessarily reflect",
        "necessarily those of",
        "those of the author",
        "those of the sender",
        "have received this in error",
        "unsubscribe from this group",
        "received this communication in error",
        "received this transmission in error",
        "derbynnydd",
        "at ddefnydd",
    ];
    let text = text.trim_start_matches(|symbol: char| !symbol.is_alphanumeric());
    BEGINS.iter().any(|begin| text.starts_with(begin))
        && SAYS.iter().any(|says| text.contains(says))
        && !text.contains('?')
        && !says_i(text)
}

/// A disclaimer speaks of “we”; who says “I” or asks is a person.
fn says_i(lower: &str) -> bool {
    const PERSONS: [&str; 13] = [
        "i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "my", "me", "he", "she", "son", "daughter",
    ];
    words_of(lower).any(|word| PERSONS.contains(&word))
}

/// Whether somebody asks something or tells of somebody.
fn is_persons(lower: &str) -> bool {
    const SAYS: [&str; 17] = [
        "please", "ring", "help", "need", "needs", "want", "wants", "can", "cannot", "could",
        "not", "no", "is", "was", "his", "her", "him",
    ];
    says_i(lower) || words_of(lower).any(|word| SAYS.contains(&word))
}

fn words_of(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', ';', ':', '!', '(', ')', '"']))
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
    // A program leaves a space after its dashes; people do not, and go on writing.
    let is_programs = lines[lines.len() - from_end - 1].whole.starts_with("-- ");
    let signs = below.iter().filter(|line| !line.is_blank());
    let signs: Vec<&str> = signs.map(|line| line.text).collect();
    let all_sign = signs.iter().all(|text| is_of_signature(text));
    let is_one = all_sign && !signs.is_empty() && (is_programs || is_of_nobody(&signs));
    (is_one || all_sign && is_programs && !below.is_empty()).then_some(from_end + 1)
}

/// Whether the lines below dashes that a person may have drawn cannot be somebody's words to us: names and titles, a
/// greeting, numbers and addresses. Beside an address on the web, one line may be anything that no person says.
fn is_of_nobody(signs: &[&str]) -> bool {
    let on_the_web = |text: &str| ["@", "www.", "://"].iter().any(|mark| text.contains(mark));
    let others = signs
        .iter()
        .filter(|text| !on_the_web(text) && !is_name(text) && !is_number(text))
        .count();
    let spoken = signs.iter().any(|text| is_persons(&text.to_lowercase()));
    !spoken && (others == 0 || others == 1 && signs.iter().any(|text| on_the_web(text)))
}

/// A name, a title, or the greeting above it.
fn is_name(text: &str) -> bool {
    const SMALL: [&str; 23] = [
        "of", "and", "the", "for", "de", "da", "van", "von", "to", "in", "at", "regards", "wishes",
        "thanks", "mum", "dad", "mother", "father", "parent", "carer", "you", "grüßen", "lieben",
    ];
    let mut words = text
        .split(|symbol: char| symbol.is_whitespace() || symbol == '/')
        .map(|word| word.trim_end_matches([',', '.']));
    let alone = !text.contains(char::is_whitespace);
    alone
        || !text.starts_with(char::is_lowercase)
            && words.all(|word| !word.starts_with(char::is_lowercase) || SMALL.contains(&word))
}

/// “Tel. 01632 960001”
fn is_number(text: &str) -> bool {
    const DIGITS: usize = 6;
    text.chars().filter(char::is_ascii_digit).count() >= DIGITS
}

/// “1. who decides”, “- a taxi”
fn is_of_list(text: &str) -> bool {
    let rest = text.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    let numbered =
        rest.len() < text.len() && rest.starts_with([')', '.']) && rest[1..].starts_with(' ');
    numbered
        || ["- ", "* ", "• ", "– "]
            .iter()
            .any(|bullet| text.starts_with(bullet))
}

/// How many lines the footer of a mailing list takes with the line drawn above it, at the end.
fn footer_of_list(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 6;
    let from_end = lines.iter().rev().take(LINES_MAX).position(Line::is_rule)?;
    let below = &lines[lines.len() - from_end..];
    let says = |words: &str| {
        below
            .iter()
            .any(|line| line.text.to_lowercase().contains(words))
    };
    (says("mailing list") && says("://")).then_some(from_end + 1)
}

/// Names, places, numbers and addresses; no sentence, no question, no postscript. People draw lines of two
/// dashes as well, and go on writing.
fn is_of_signature(text: &str) -> bool {
    const LETTERS_MAX: usize = 120;
    if text.chars().count() > LETTERS_MAX
        || text.contains('?')
        || text.starts_with('>')
        || is_of_list(text)
    {
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
    const BEGINS: [&str; 79] = [
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
        "télécharger outlook",
        "obtenez outlook",
        "obtenir outlook",
        "obtener outlook",
        "descargar outlook",
        "obter o outlook",
        "obter outlook",
        "baixar outlook",
        "scarica outlook",
        "outlook für",
        "outlook voor",
        "pobierz aplikację outlook",
        "pobierz outlook",
        "hämta outlook",
        "hent outlook",
        "obțineți outlook",
        "získat outlook",
        "получить outlook",
        "отримати outlook",
        "outlook pour",
        "outlook para",
        "wysłano ze",
        "wysłane ze",
        "enviado dende",
        "enviat des",
        "iphone",
        "ipad",
        "надіслано із",
        "відправлено з",
        "отправлено из",
        "تم الإرسال من",
        "أرسلت من",
        "أُرسلت من",
        "مرسل من",
        "میرے",
        "ارسال شده از",
        "আমার",
        "मेरे",
        "ਮੇਰੇ",
        "anfonwyd o",
    ];
    const DEVICES: [&str; 62] = [
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
        "icloud",
        "galaxy-telefon",
        "windows-telefon",
        "fairphone",
        "verizon",
        "wireless",
        "vodafone",
        "thunderbird",
        "hotmail",
        "btinternet",
        "talktalk",
        "edison",
        "spark",
        "k-9",
    ];
    const BETWEEN: [&str; 154] = [
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
        "secure",
        "email",
        "e-mail",
        "télécharger",
        "obtenez",
        "obtenir",
        "obtener",
        "descargar",
        "obter",
        "o",
        "baixar",
        "scarica",
        "pobierz",
        "aplikację",
        "hämta",
        "hent",
        "obțineți",
        "pentru",
        "získat",
        "pro",
        "получить",
        "отримати",
        "для",
        "für",
        "voor",
        "pour",
        "para",
        "per",
        "dla",
        "systemu",
        "beziehen",
        "herunterladen",
        "downloaden",
        "hol",
        "dir",
        "mojego",
        "urządzenia",
        "telefonu",
        "telefonul",
        "mea",
        "mobil",
        "mobilul",
        "ze",
        "із",
        "з",
        "мого",
        "мобільного",
        "моего",
        "of",
        "by",
        "mobiele",
        "telefoon",
        "toestel",
        "gsm",
        "mobiltelefon",
        "dispozitiv",
        "teléfono",
        "móvil",
        "mein",
        "dispositivo",
        "cellulare",
        "téléphone",
        "portable",
        "appareil",
        "من",
        "تم",
        "الإرسال",
        "أرسلت",
        "أُرسلت",
        "مرسل",
        "هاتفي",
        "جهاز",
        "الـ",
        "میرے",
        "سے",
        "بھیجا",
        "گیا",
        "ارسال",
        "شده",
        "از",
        "আমার",
        "থেকে",
        "পাঠানো",
        "হয়েছে",
        "मेरे",
        "से",
        "भेजा",
        "गया",
        "ਮੇਰੇ",
        "ਤੋਂ",
        "ਭੇਜਿਆ",
        "ਗਿਆ",
        "anfonwyd",
        "fy",
        "ffôn",
    ];
    let text =
        text.trim_matches(|symbol: char| symbol.is_whitespace() || "*_<>()[].".contains(symbol));
    if text.chars().count() > LETTERS_MAX {
        return false;
    }
    let lower = text.to_lowercase();
    if is_named_device(text) {
        return true;
    }
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
    // “iPhone’a”, “iPhone-ul”
    let is_device = |word: &str| {
        known(word, &DEVICES) || word.starts_with("iphone") || word.starts_with("ipad")
    };
    words().any(is_device)
        && words().all(|word| {
            is_device(word)
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

/// “Sent from my TI-85”: nothing but names after the words.
fn is_named_device(text: &str) -> bool {
    const WORDS_MAX: usize = 4;
    let named = |rest: &str| {
        let begins = |symbol: char| symbol.is_uppercase() || symbol.is_ascii_digit();
        let count = rest.split_whitespace().count();
        (1..=WORDS_MAX).contains(&count)
            && rest.split_whitespace().all(|word| word.starts_with(begins))
    };
    text.strip_prefix("Sent from my ").is_some_and(named)
}
