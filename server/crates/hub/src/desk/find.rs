//! Finding enquiries by who asked: people who call rarely have their reference at hand.

use domain::{
    clock::london_date,
    codes::{CorrespondentKind, StateKind},
    reference::Reference,
};
use jiff::civil::Date;
use store::Look;

use super::Desk;
use crate::{
    Actor, Error,
    accounts::deed::Deed,
    policy::{Act, may, person},
};

/// As many as are shown; whoever gets so many looks for more of the name.
const SHOWN: u32 = 25;
/// A shorter beginning of a name finds everybody.
const SHORTEST: usize = 2;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The enquiries, the newest first.
    pub enquiries: Vec<FoundEnquiry>,
    /// Whether there may be more of them.
    pub more: bool,
}

/// An enquiry that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEnquiry {
    /// Its reference.
    pub reference: Reference,
    /// What it is about.
    pub topic: String,
    /// Where it stands.
    pub state: StateKind,
    /// The day it was received, in London.
    pub received_on: Date,
    /// Who asked.
    pub correspondent: String,
    /// As what they asked.
    pub kind: CorrespondentKind,
    /// The school or service that they write for.
    pub organisation: Option<String>,
}

impl Desk<'_> {
    /// Lets those pass who may look for enquiries, before anything is looked for.
    ///
    /// # Errors
    /// [`Error::NotFound`] for everybody else.
    pub fn may_find(&self, actor: &Actor) -> Result<(), Error> {
        may(actor, Act::FindEnquiries)
    }

    /// The enquiries of whoever has this e-mail address or telephone number, or a name of which a
    /// word begins so. That somebody looked is written down, and by what, not for whom.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `find` when there is too little to look for;
    /// [`Error::NotFound`] for those who may not.
    pub async fn find_enquiries(&self, actor: &Actor, typed: &str) -> Result<Found, Error> {
        let officer = person(actor, Act::FindEnquiries)?;
        let (look, by) = look(typed)?;
        let mut tx = self.0.database().begin().await?;
        let found = tx.enquiries().found(&look, SHOWN).await?;
        let detail = Some(format!("by {by}, {} found", found.len()));
        Deed::of(self.0, officer.id)
            .note(&mut tx, "enquiries-looked-for", None, detail)
            .await?;
        tx.commit().await?;
        let council = self.0.council();
        let more = found.len() >= SHOWN as usize;
        let enquiries = found.into_iter().map(|found| FoundEnquiry {
            reference: found.reference,
            topic: council.topic_name(&found.topic),
            state: found.state,
            received_on: london_date(found.received_at),
            correspondent: found.correspondent_name,
            kind: found.correspondent_kind,
            organisation: found.organisation,
        });
        Ok(Found {
            enquiries: enquiries.collect(),
            more,
        })
    }
}

/// What is looked for, and the word that the record has for it.
fn look(typed: &str) -> Result<(Look, &'static str), Error> {
    let typed = typed.trim();
    if let Ok(address) = typed.parse() {
        return Ok((Look::Email(address), "email"));
    }
    if let Ok(number) = typed.parse() {
        return Ok((Look::Telephone(number), "telephone"));
    }
    let letters = typed.chars().filter(|letter| letter.is_alphanumeric());
    if letters.count() < SHORTEST {
        return Err(Error::refused(
            "find",
            "Enter a reference, an email address, a phone number, or 2 letters of a name or more",
        ));
    }
    Ok((Look::Name(typed.to_owned()), "name"))
}
