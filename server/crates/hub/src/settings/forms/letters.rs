//! The words of one letter.

use domain::{
    codes::LetterKind,
    council::Council,
    form::{Faults, Fields},
};

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
            let text = fields.one("text").replace("\r\n", "\n").trim().to_owned();
            if let Err(problems) = mail::letters::check(kind, &text, council) {
                let mut faults = Faults::default();
                for problem in problems {
                    faults.add("text", problem.to_string());
                }
                return Err(faults.into());
            }
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
