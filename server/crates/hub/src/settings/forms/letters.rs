//! The words of one letter.

use domain::{
    codes::LetterKind,
    council::Council,
    form::{Faults, Fields},
};

use mail::letters::{Preview, TextProblem};

use super::entry::Press;
use crate::Error;

pub(super) fn show(council: &Council, kind: LetterKind) -> Fields {
    let mut fields = Fields::default();
    let own = council.letters.get(&kind).cloned();
    fields.set(
        "text",
        own.unwrap_or_else(|| mail::letters::standard(kind).to_owned()),
    );
    fields
}

/// Keeps the council's words, or goes back to the product's.
pub(super) fn change(
    council: &mut Council,
    kind: LetterKind,
    press: Press,
    fields: &Fields,
) -> Result<(), Error> {
    match press {
        Press::Save => {
            let text = typed(fields.one("text"));
            mail::letters::check(kind, &text, council).map_err(beside_text)?;
            if text == mail::letters::standard(kind).trim() {
                council.letters.remove(&kind);
            } else {
                council.letters.insert(kind, text);
            }
            Ok(())
        }
        Press::Remove => {
            council.letters.remove(&kind);
            Ok(())
        }
        Press::Up | Press::BringBack => Err(Error::NotFound),
    }
}

/// A letter with made-up facts.
pub(super) fn preview(council: &Council, kind: LetterKind, text: &str) -> Result<Preview, Error> {
    mail::letters::preview(kind, &typed(text), council)
        .map_err(|problems| beside_text(problems).into())
}

fn typed(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

fn beside_text(problems: Vec<TextProblem>) -> Faults {
    let mut faults = Faults::default();
    for problem in problems {
        faults.add("text", problem.to_string());
    }
    faults
}
