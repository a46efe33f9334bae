//! Lines that a mail program writes above earlier mail: “Original Message”, “Forwarded message”.

use super::line::{has_year, lower_start};

/// Above a message that is answered.
const ORIGINALS: [&str; 48] = [
    "original message",
    "original email",
    "original e-mail",
    "original appointment",
    "reply message",
    "message d'origine",
    "message d’origine",
    "message original",
    "ursprüngliche nachricht",
    "original-nachricht",
    "originalnachricht",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "ursprungligt meddelande",
    "opprinnelig melding",
    "oprindelig meddelelse",
    "wiadomość oryginalna",
    "mesaj original",
    "исходное сообщение",
    "原始邮件",
    "antwort nachricht",
    "oprindelig besked",
    "original besked",
    "originalmeddelande",
    "message initial",
    "oryginalna wiadomość",
    "оригинальное сообщение",
    "оригінальне повідомлення",
    "початкове повідомлення",
    "orijinal mesaj",
    "özgün ileti",
    "alkuperäinen viesti",
    "původní zpráva",
    "pôvodná správa",
    "eredeti üzenet",
    "αρχικό μήνυμα",
    "الرسالة الأصلية",
    "اصل پیغام",
    "মূল বার্তা",
    "मूल संदेश",
    "ਅਸਲ ਸੁਨੇਹਾ",
    "neges wreiddiol",
    "mesajul original",
    "원본 메시지",
    "원본 메일",
    "元のメッセージ",
];

/// Above a message that is passed on: what follows is what the writer wants to show.
const FORWARDS: [&str; 22] = [
    "forwarded message",
    "begin forwarded message",
    "forwarded by",
    "start of forwarded message",
    "message transféré",
    "message transmis",
    "début du message réexpédié",
    "début du message transféré",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "mensagem encaminhada",
    "início da mensagem reencaminhada",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "vidarebefordrat meddelande",
    "treść przekazanej wiadomości",
    "mesaj redirecționat",
    "пересылаемое сообщение",
];

/// `-----Original Message-----`: the words alone could be anybody's, so signs must stand before them.
pub(super) fn is_original(text: &str) -> bool {
    let words = words(text);
    is_drawn(text) && ORIGINALS.iter().any(|known| words == *known)
}

/// `---------- Forwarded message ---------`, or `Begin forwarded message:` as Apple writes it.
pub(super) fn is_forward(text: &str) -> bool {
    let words = words(text);
    FORWARDS
        .iter()
        .any(|known| words.starts_with(known) && (is_drawn(text) || words == *known))
}

/// `>>> Sam <sam@example.org> 20/11/2026 10:02 >>>`, as GroupWise writes it.
pub(super) fn is_of_groupwise(text: &str) -> bool {
    let inner = text
        .strip_prefix(">>>")
        .and_then(|text| text.strip_suffix(">>>"));
    inner.is_some_and(|inner| {
        inner.contains(char::is_alphabetic) && (has_year(inner) || inner.contains('@'))
    })
}

fn is_drawn(text: &str) -> bool {
    text.starts_with("--")
        || text.starts_with("__")
        || text.starts_with("*-")
        || text.starts_with("==")
}

fn words(text: &str) -> String {
    lower_start(
        text.trim_matches(|sign: char| sign.is_whitespace() || "-_*=>:".contains(sign)),
        80,
    )
}
