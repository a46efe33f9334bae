//! What was typed into a letter of ours that a mail quotes is shown, and so is all that the mail quotes.

use domain::codes::FoldKind;
use domain::ids::EnquiryId;
use mail::quoting;
use store::{Fold, Tx};

use super::read::Reading;
use crate::Error;

/// How the words of a mail fold that joins an enquiry.
pub(super) async fn folds(
    tx: &mut Tx,
    enquiry: EnquiryId,
    reading: &Reading,
) -> Result<Vec<Fold>, Error> {
    let quoted = quoted(&reading.text, &reading.folds);
    if quoted.is_empty() {
        return Ok(reading.folds.clone());
    }
    let letters = tx.outbox().last_texts(enquiry).await?;
    if quoting::is_answered_within(&quoted, &letters) {
        return Ok(unfolded(&reading.folds));
    }
    Ok(reading.folds.clone())
}

/// What would be folded as earlier mail.
fn quoted(text: &str, folds: &[Fold]) -> String {
    let mut quoted = String::new();
    let mut at = 0;
    for fold in folds {
        let end = at + fold.bytes;
        if fold.kind == FoldKind::Quoted {
            quoted.push_str(text.get(at..end).unwrap_or_default());
        }
        at = end;
    }
    quoted
}

/// The same with all earlier mail shown. Neighbours of one kind are one.
fn unfolded(folds: &[Fold]) -> Vec<Fold> {
    let mut shown: Vec<Fold> = Vec::with_capacity(folds.len());
    for fold in folds {
        let kind = match fold.kind {
            FoldKind::Quoted => FoldKind::New,
            kind => kind,
        };
        match shown.last_mut() {
            Some(last) if last.kind == kind => last.bytes += fold.bytes,
            _ => shown.push(Fold {
                kind,
                bytes: fold.bytes,
            }),
        }
    }
    shown
}
