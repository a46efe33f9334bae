//! “Sent from my iPhone”, in many languages.

/// “Sent from my iPhone”, in many languages: a beginning that says so, a device or a program, and no word that
/// could be somebody's own.
pub(super) fn is(text: &str) -> bool {
    const LETTERS_MAX: usize = 160;
    const BEGINS: [&str; 73] = [
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
        "надіслано із",
        "відправлено з",
        "отправлено из",
        "تم الإرسال من",
        "أرسلت من",
        "أُرسلت من",
        "مرسل من",
        "ارسال شده از",
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
    let begins = BEGINS.iter().any(|begin| lower.starts_with(begin));
    if !(begins || is_sent_said_last(&lower)) {
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

/// In some languages the word for sending comes last; before it, “my iPhone” could be anybody's words.
fn is_sent_said_last(lower: &str) -> bool {
    const WORDS: [(&str, &str); 6] = [
        ("iphone", "gönderildi"),
        ("ipad", "gönderildi"),
        ("میرے", "بھیجا"),
        ("আমার", "পাঠানো"),
        ("मेरे", "भेजा"),
        ("ਮੇਰੇ", "ਭੇਜਿਆ"),
    ];
    WORDS
        .iter()
        .any(|(begin, sent)| lower.starts_with(begin) && lower.contains(sent))
}

/// “Sent from my TI-85”, “Sent with Sparrow (https://…)”: nothing but names after the words, and a link where it is not
/// said whose it is.
fn is_named_device(text: &str) -> bool {
    const WORDS_MAX: usize = 4;
    let are_names = |rest: &str| {
        let begins = |symbol: char| symbol.is_uppercase() || symbol.is_ascii_digit();
        let count = rest.split_whitespace().count();
        (1..=WORDS_MAX).contains(&count)
            && rest.split_whitespace().all(|word| word.starts_with(begins))
    };
    if let Some(rest) = text.strip_prefix("Sent from my ") {
        return are_names(rest);
    }
    ["Sent from ", "Sent with ", "Sent via ", "Sent using "]
        .iter()
        .find_map(|begin| text.strip_prefix(begin))
        .and_then(|rest| rest.split_once("http"))
        .is_some_and(|(name, link)| {
            are_names(name.trim_matches(['[', ']', '(', '<', ' ']))
                && link.contains("://")
                && !link.contains(' ')
        })
}
