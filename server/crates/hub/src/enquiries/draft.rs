//! A half-written enquiry: kept on the server, found by an essential cookie, gone in 24 hours.

use std::collections::BTreeMap;

use domain::{
    council::Council,
    form::{Faults, Fields},
    ids::DraftId,
    keys::ServiceSlug,
};
use jiff::{SignedDuration, civil::Date};
use serde::{Deserialize, Serialize};
use store::DraftRow;

use super::{Enquiries, Step, answers};
use crate::{DraftToken, Error};

const LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// More boxes than the page has.
const MOST_TICKED: usize = 16;
/// More words than this are no search.
const MOST_WORDS_CHARS: usize = 200;
/// Beside the message's own fields: what it begins with until it is answered.
const BEGINNING: &str = "beginning";

/// What was answered so far, page by page, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The service whose page the person came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<AskedAbout>,
    #[serde(flatten)]
    answers: BTreeMap<Step, Fields>,
}

/// The service that a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedAbout {
    /// Its place in our addresses.
    pub slug: ServiceSlug,
    /// What it was called when the question was begun.
    pub name: String,
}

/// One answer on the page that shows them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// The page on which it can be changed.
    pub step: Step,
    /// What was asked, in few words.
    pub question: &'static str,
    /// What was answered, line by line; empty when it was left out.
    pub answer: Vec<String>,
}

impl Draft {
    /// What a page was answered with, to fill it in again.
    #[must_use]
    pub fn fields(&self, step: Step) -> Fields {
        self.answers.get(&step).cloned().unwrap_or_default()
    }

    /// The service whose page the person came from, whether or not they ask about it.
    #[must_use]
    pub fn came_from(&self) -> Option<&AskedAbout> {
        self.about.as_ref()
    }

    /// The service that it is about, unless the person said that it is not.
    #[must_use]
    pub fn service(&self) -> Option<&AskedAbout> {
        let said_no = self.fields(Step::Service).one("about_service") == "no";
        self.about.as_ref().filter(|_| !said_no)
    }

    /// What the message begins with before anybody has written it: the words of a search.
    #[must_use]
    pub fn message_beginning(&self) -> String {
        self.fields(Step::Message).one(BEGINNING).to_owned()
    }

    /// The first page that still needs an answer, or [`Step::Check`].
    #[must_use]
    pub fn next_missing(&self) -> Step {
        Step::ALL
            .into_iter()
            .find(|step| {
                *step == Step::Check || self.asks(*step) && !self.answers.contains_key(step)
            })
            .unwrap_or(Step::Check)
    }

    /// The page before this one, for its back link; `None` before the first.
    #[must_use]
    pub fn previous(&self, step: Step) -> Option<Step> {
        Step::ALL
            .into_iter()
            .take_while(|earlier| *earlier != step)
            .filter(|earlier| self.asks(*earlier))
            .last()
    }

    /// Which of the pages that this draft comes to this is, from 1, and how many they are, the last look included;
    /// `None` for a page that it does not come to.
    #[must_use]
    pub fn place(&self, step: Step) -> Option<(usize, usize)> {
        let asked: Vec<Step> = Step::ALL.into_iter().filter(|it| self.asks(*it)).collect();
        let before = asked.iter().position(|it| *it == step)?;
        Some((before + 1, asked.len()))
    }

    /// Whether this draft comes to this page at all.
    fn asks(&self, step: Step) -> bool {
        match step {
            Step::Service => self.about.is_some(),
            Step::Child => self.fields(Step::AboutChild).one("about_child") != "no",
            _ => true,
        }
    }

    /// Every answer with the words of the choices in place of their codes.
    #[must_use]
    pub fn summary(&self, council: &Council) -> Vec<SummaryRow> {
        super::answers::summary::rows(self, council, |step| self.asks(step))
    }

    fn check(&self, step: Step, council: &Council, today: Date) -> Result<(), Faults> {
        let fields = self.fields(step);
        match step {
            Step::Service => answers::about_service(&fields),
            Step::Topic => answers::topic(&fields, council).map(drop),
            Step::Who => answers::who(&fields).map(drop),
            Step::AboutChild => answers::about(&fields).map(drop),
            Step::Child => answers::child(&fields, today).map(drop),
            Step::District => answers::district(&fields, council).map(drop),
            Step::Support => answers::support(&fields).map(drop),
            Step::Message => answers::message(&fields).map(drop),
            Step::Reach => {
                let support = answers::support(&self.fields(Step::Support));
                answers::reach(&fields, support.ok().as_ref()).map(drop)
            }
            Step::Check => Ok(()),
        }
    }
}

impl Enquiries<'_> {
    /// Begins a draft.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be kept.
    pub async fn start(&self) -> Result<DraftToken, Error> {
        self.begin(&Draft::default()).await
    }

    /// Begins a draft about a service, or about nothing in particular where there is no such service
    /// any more. Whoever begins so need not say it again.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be kept.
    pub async fn start_about(&self, slug: &ServiceSlug) -> Result<DraftToken, Error> {
        let listing = self.0.local_offer().listing(slug).await?;
        let mut draft = Draft::default();
        if let Some(listing) = listing {
            draft.about = Some(AskedAbout {
                slug: listing.service.slug,
                name: listing.service.name,
            });
            let mut answer = Fields::default();
            answer.set("about_service", "yes");
            draft.answers.insert(Step::Service, answer);
        }
        self.begin(&draft).await
    }

    async fn begin(&self, draft: &Draft) -> Result<DraftToken, Error> {
        let now = self.0.now();
        let (token, id) = self
            .0
            .random(|random| (DraftToken::generate(random), DraftId::generate(now, random)));
        let row = self.row(id, draft)?;
        let mut tx = self.0.database().begin().await?;
        tx.drafts().save(&token.hash(), &row).await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Puts the words of a search at the beginning of the message, to be written on. A draft that has
    /// a message already keeps it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such draft.
    pub async fn begin_with(&self, token: &DraftToken, words: &str) -> Result<(), Error> {
        let letters = words.trim().chars().filter(|letter| !letter.is_control());
        let words: String = letters.take(MOST_WORDS_CHARS).collect();
        if words.is_empty() {
            return Ok(());
        }
        let mut tx = self.0.database().begin().await?;
        let row = tx.drafts().find(&token.hash(), self.0.now()).await?;
        let row = row.ok_or(Error::NotFound)?;
        let mut draft = read(&row)?;
        let beginning = format!("I searched the local offer for “{words}”.\n\n");
        let message = draft.answers.entry(Step::Message).or_default();
        message.set(BEGINNING, beginning);
        let begun = self.row(row.id, &draft)?;
        tx.drafts().save(&token.hash(), &begun).await?;
        tx.commit().await?;
        Ok(())
    }

    /// What was answered so far; `None` when there is no such draft, or it has expired.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn draft(&self, token: &DraftToken) -> Result<Option<Draft>, Error> {
        let mut tx = self.0.database().read().await?;
        let row = tx.drafts().find(&token.hash(), self.0.now()).await?;
        row.map(|row| read(&row)).transpose()
    }

    /// Keeps one page's answers and says which page comes next: the first that still needs an
    /// answer, or [`Step::Check`].
    ///
    /// # Errors
    /// [`Error::Refused`] when the page is not answered rightly; [`Error::NotFound`] when there is
    /// no such draft, or it was sent already: what is added to it would reach nobody.
    pub async fn answer(
        &self,
        token: &DraftToken,
        step: Step,
        fields: &Fields,
    ) -> Result<Step, Error> {
        let hub = self.0;
        // One transaction, so that nothing slips into a draft while it is being sent.
        let mut tx = hub.database().begin().await?;
        let row = tx.drafts().find(&token.hash(), hub.now()).await?;
        let row = row.ok_or(Error::NotFound)?;
        if tx.enquiries().by_draft(row.id).await?.is_some() {
            return Err(Error::NotFound);
        }
        let mut draft = read(&row)?;
        draft.answers.insert(step, asked_for(step, fields));
        draft.check(step, &hub.council(), hub.today())?;
        let answered = self.row(row.id, &draft)?;
        tx.drafts().save(&token.hash(), &answered).await?;
        tx.commit().await?;
        Ok(draft.next_missing())
    }

    pub(super) fn row(&self, id: DraftId, draft: &Draft) -> Result<DraftRow, Error> {
        let now = self.0.now();
        Ok(DraftRow {
            id,
            document: serde_json::to_string(draft).map_err(Error::internal)?,
            created_at: now,
            updated_at: now,
            expires_at: now + LIFETIME,
        })
    }
}

/// Only what the page asks for, and each value once: a draft cannot be filled with anything else.
/// Of a field that is answered once, what was read and checked is the first value.
fn asked_for(step: Step, posted: &Fields) -> Fields {
    let mut kept = Fields::default();
    for name in step.field_names() {
        let most = if *name == "support" { MOST_TICKED } else { 1 };
        for value in posted.all(name).iter().take(most) {
            if !kept.contains(name, value) {
                kept.push(*name, value);
            }
        }
    }
    kept
}

pub(super) fn read(row: &DraftRow) -> Result<Draft, Error> {
    serde_json::from_str(&row.document).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_of_before_services_could_be_asked_about_is_still_read() {
        let draft: Draft = serde_json::from_str(r#"{"topic":{"topic":["travel"]}}"#).unwrap();
        assert_eq!(draft.fields(Step::Topic).one("topic"), "travel");
        assert_eq!(draft.service(), None);
        assert_eq!(draft.next_missing(), Step::Who);
    }

    #[test]
    fn a_page_knows_its_place_among_those_that_are_asked() {
        let mut draft = Draft::default();
        assert_eq!(draft.place(Step::Topic), Some((1, 9)));
        assert_eq!(draft.place(Step::Check), Some((9, 9)));
        assert_eq!(draft.place(Step::Service), None);
        let mut about_none = Fields::default();
        about_none.set("about_child", "no");
        draft.answers.insert(Step::AboutChild, about_none);
        assert_eq!(draft.place(Step::Child), None);
        assert_eq!(draft.place(Step::District), Some((4, 8)));
    }

    #[test]
    fn a_draft_about_a_service_survives_being_saved() {
        let mut draft = Draft {
            about: Some(AskedAbout {
                slug: "swimming".parse().unwrap(),
                name: "Swimming".to_owned(),
            }),
            ..Draft::default()
        };
        draft.answers.insert(Step::Topic, Fields::default());
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }
}
