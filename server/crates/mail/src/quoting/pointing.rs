//! Words by which people say that they answer in the earlier mail, or show it: then all of it is shown.

use super::line::Line;

/// In the languages of families here. Each stands between spaces, so that “in red” is not found in “in reducing”.
const WORDS: [&str; 72] = [
    "below",
    "underneath",
    "inline",
    "in line",
    "between the lines",
    "in red",
    "in blue",
    "in green",
    "in purple",
    "in bold",
    "in capitals",
    "in caps",
    "highlighted",
    "my answers",
    "my comments",
    "my responses",
    "forwarded",
    "forwarding",
    "i forward",
    "forward this",
    "forward it",
    "forward the",
    "forward you",
    "forward on",
    "fyi",
    "fwd",
    "fw",
    "trail",
    "sent me this",
    "sent us this",
    "sent this",
    "got this",
    "received this",
    "look at this",
    "read this",
    "shall i say",
    "should i say",
    "do i say",
    "do i answer",
    // Polish, Romanian
    "poniżej",
    "niżej",
    "na czerwono",
    "przesyłam",
    "mai jos",
    "cu roșu",
    "dedesubt",
    // French, Portuguese, Spanish, Italian, German
    "ci dessous",
    "dessous",
    "en rouge",
    "je transfère",
    "abaixo",
    "a vermelho",
    "em vermelho",
    "reencaminho",
    "abajo",
    "en rojo",
    "sotto",
    "in rosso",
    "unten",
    "in rot",
    // Turkish, Albanian, Ukrainian, Russian, Somali, Welsh
    "aşağıda",
    "aşağıdaki",
    "më poshtë",
    "нижче",
    "ниже",
    "hoos",
    "isod",
    "mewn coch",
    // Arabic, Urdu, Bengali, Punjabi
    "أدناه",
    "نیچے",
    "নিচে",
    "ਹੇਠਾਂ",
];

/// What holds such words and says something else.
const OTHERS: [&str; 3] = ["in line with", "below average", "below expected"];

/// Whether `own` lines do so, or the last of them ends with a colon.
pub(super) fn points_into_it(own: &[Line<'_>]) -> bool {
    let own = own.iter().filter(|line| !line.is_marked());
    let mut text = String::from(" ");
    for word in own.clone().flat_map(|line| words(line.text)) {
        text.push_str(&word);
        text.push(' ');
    }
    for other in OTHERS {
        text = text.replace(&format!(" {other} "), " ");
    }
    let says = |words: &&str| text.contains(&format!(" {words} "));
    WORDS.iter().any(says)
        || own
            .rev()
            .find(|line| line.has_words())
            .is_some_and(announces)
}

/// “The school wrote to me:”
fn announces(line: &Line<'_>) -> bool {
    const WORDS_MIN: usize = 3;
    line.text.ends_with(':') && words(line.text).count() >= WORDS_MIN
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|symbol: char| !(symbol.is_alphanumeric() || is_within_word(symbol)))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The vowels of Bengali and Punjabi are marks of their own.
fn is_within_word(symbol: char) -> bool {
    matches!(symbol, '\u{981}'..='\u{9d7}' | '\u{a01}'..='\u{a75}')
}
