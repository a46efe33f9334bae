//! Filling a text in. What is filled in is never read as a mark or as a placeholder: while the text
//! is read, a token stands for each value, and the values are put in afterwards.

use std::sync::{Arc, Mutex, PoisonError};

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use super::markup::{self, Block};

/// Steps that a text may take to fill in: the longest of ours takes a few hundred.
const FUEL: u64 = 50_000;
/// A token is the number of a value between these two; both stand for nothing in Unicode.
pub(super) const BEGIN: char = '\u{E000}';
pub(super) const END: char = '\u{E001}';

/// The values in the order in which the text asked for them.
#[derive(Debug, Clone, Default)]
struct Values(Arc<Mutex<Vec<String>>>);

impl Values {
    /// Keeps a value; gives its token.
    fn keep(&self, value: String) -> String {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        values.push(value);
        format!("{BEGIN}{}{END}", values.len() - 1)
    }

    fn taken(&self) -> Vec<String> {
        let mut values = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut values)
    }
}

/// The text with `words` in its placeholders, as blocks.
pub(super) fn fill(text: &str, words: &Value) -> Result<Vec<Block>, Error> {
    let values = Values::default();
    let mut filling = environment();
    let kept = values.clone();
    filling.set_formatter(move |out, _, value| {
        if value.is_undefined() {
            return Err(Error::from(ErrorKind::UndefinedError));
        }
        let text = if value.is_none() {
            String::new()
        } else {
            value.to_string()
        };
        // Nothing leaves nothing behind, not even a place.
        if text.is_empty() {
            return Ok(());
        }
        out.write_str(&kept.keep(text)).map_err(Error::from)
    });
    let marked = filling.render_str(text, words)?;
    Ok(markup::read(&marked, &values.taken()))
}

/// The language that the texts are written in, the same for filling in and for checking.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_fuel(Some(FUEL));
    environment
}
