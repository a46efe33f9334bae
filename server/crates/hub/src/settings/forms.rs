//! Each section of the settings as a form: what it shows, and what posting it changes.
//!
//! A section is one form ([`Item::Whole`]), or a list whose entries have a form each. A form carries
//! the number of the version that it showed, so that nobody overwrites what they did not see.

mod entry;
mod incoming_mail;
mod letters;
mod places;
mod promises;
mod rules;
mod search_words;
mod whole;

use std::{fmt, str::FromStr};

use domain::{
    codes::LetterKind,
    council::{
        Advice, Closure, Council, District, FurtherHoliday, KindPromise, RoutingRule, Team, Topic,
        WordLink,
    },
    form::{Faults, Fields},
};

use mail::letters::Preview;

use self::entry::{Press, change_list, show_entry};
use super::Settings;
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// A part of the settings with a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The council's names, and who its mail comes from.
    Council,
    /// Which mail may be spam.
    IncomingMail,
    /// How to reach it, and what to do at night.
    Contact,
    /// Its colours.
    Look,
    /// How soon it answers.
    Promise,
    /// How soon some kinds of people are answered.
    Promises,
    /// Who is told before a promise breaks.
    Escalation,
    /// What people can ask about.
    Topics,
    /// Its districts.
    Districts,
    /// Its teams.
    Teams,
    /// Which team gets what.
    Routing,
    /// When it is closed.
    Closures,
    /// Bank holidays that are not known yet.
    BankHolidays,
    /// Who gives independent advice.
    Advice,
    /// What words find in the local offer.
    SearchWords,
    /// What its letters say.
    Letters,
    /// How officers sign in.
    SignIn,
    /// Everything at once: a file, or an older version put back.
    All,
}

impl Section {
    /// Those with a page, in the order in which it lists them.
    pub const PAGES: &'static [Self] = &[
        Self::Council,
        Self::Contact,
        Self::Look,
        Self::Promise,
        Self::Promises,
        Self::Escalation,
        Self::Topics,
        Self::Districts,
        Self::Teams,
        Self::Routing,
        Self::Closures,
        Self::BankHolidays,
        Self::Advice,
        Self::SearchWords,
        Self::Letters,
        Self::IncomingMail,
        Self::SignIn,
    ];

    /// The code in addresses and in the history.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::IncomingMail => "incoming-mail",
            Self::Contact => "contact",
            Self::Look => "look",
            Self::Promise => "promise",
            Self::Promises => "promises",
            Self::Escalation => "escalation",
            Self::Topics => "topics",
            Self::Districts => "districts",
            Self::Teams => "teams",
            Self::Routing => "routing",
            Self::Closures => "closures",
            Self::BankHolidays => "bank-holidays",
            Self::Advice => "advice",
            Self::SearchWords => "search-words",
            Self::Letters => "letters",
            Self::SignIn => "sign-in",
            Self::All => "all",
        }
    }

    /// Whether it is a list whose entries have a form each.
    #[must_use]
    pub const fn is_list(self) -> bool {
        !matches!(
            self,
            Self::Council
                | Self::IncomingMail
                | Self::Contact
                | Self::Look
                | Self::Promise
                | Self::Escalation
                | Self::SignIn
                | Self::All
        )
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no section or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such part of the settings")]
pub struct NoSuchPart;

impl FromStr for Section {
    type Err = NoSuchPart;

    fn from_str(code: &str) -> Result<Self, NoSuchPart> {
        let mut known = Self::PAGES.iter().chain([&Self::All]);
        known
            .find(|section| section.as_str() == code)
            .copied()
            .ok_or(NoSuchPart)
    }
}

/// Which form of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The one that there is.
    Whole,
    /// An entry to be added to a list.
    New,
    /// The entry at this place of a list; the first is 1.
    At(usize),
    /// One of the letters.
    Letter(LetterKind),
}

impl FromStr for Item {
    type Err = NoSuchPart;

    fn from_str(text: &str) -> Result<Self, NoSuchPart> {
        if text == "new" {
            return Ok(Self::New);
        }
        let place = text.parse().ok().filter(|place| *place > 0).map(Self::At);
        let letter = || text.parse().ok().map(Self::Letter);
        place.or_else(letter).ok_or(NoSuchPart)
    }
}

/// The hidden field with the number of the version that a form showed.
pub const SEEN: &str = "version";

impl Settings<'_> {
    /// A form, filled in with what counts now.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such form, or not for this person.
    pub fn form(&self, actor: &Actor, section: Section, item: Item) -> Result<Fields, Error> {
        may(actor, Act::ChangeSettings)?;
        let version = self.0.settings_version();
        let shown = show(&version.council, section, item);
        let mut fields = shown.ok_or(Error::NotFound)?;
        fields.set(SEEN, version.number.to_string());
        Ok(fields)
    }

    /// A letter with made-up facts, before it is kept.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field `text`; [`Error::NotFound`] for those who may not.
    pub fn preview(&self, actor: &Actor, kind: LetterKind, text: &str) -> Result<Preview, Error> {
        may(actor, Act::ChangeSettings)?;
        letters::preview(&self.0.council(), kind, text)
    }

    /// What a posted form changes; the field `act` says which button was pressed.
    ///
    /// # Errors
    /// [`Error::Refused`] with the field that is wrong; [`Error::Stale`] when the settings are not
    /// as the form showed them; [`Error::NotFound`] when there is no such form, or not for this
    /// person.
    pub async fn change(
        &self,
        actor: &Actor,
        section: Section,
        item: Item,
        fields: &Fields,
    ) -> Result<(), Error> {
        may(actor, Act::ChangeSettings)?;
        let seen = fields.one(SEEN).parse().map_err(|_| Error::Stale)?;
        self.save(actor, section, seen, |council| {
            apply(council, section, item, fields)
        })
        .await
    }
}

fn show(council: &Council, section: Section, item: Item) -> Option<Fields> {
    match (section, item) {
        (Section::Council, Item::Whole) => Some(whole::show_council(council)),
        (Section::IncomingMail, Item::Whole) => Some(incoming_mail::show(council)),
        (Section::Contact, Item::Whole) => Some(whole::show_contact(council)),
        (Section::Look, Item::Whole) => Some(whole::show_look(council)),
        (Section::Promise, Item::Whole) => Some(whole::show_promise(council)),
        (Section::SignIn, Item::Whole) => Some(whole::show_sign_in(council)),
        (Section::Escalation, Item::Whole) => Some(promises::show_escalation(council)),
        (Section::Promises, _) => show_entry::<KindPromise>(council, item),
        (Section::BankHolidays, _) => show_entry::<FurtherHoliday>(council, item),
        (Section::Topics, _) => show_entry::<Topic>(council, item),
        (Section::Districts, _) => show_entry::<District>(council, item),
        (Section::Teams, _) => show_entry::<Team>(council, item),
        (Section::Routing, _) => show_entry::<RoutingRule>(council, item),
        (Section::Closures, _) => show_entry::<Closure>(council, item),
        (Section::Advice, _) => show_entry::<Advice>(council, item),
        (Section::SearchWords, _) => show_entry::<WordLink>(council, item),
        (Section::Letters, Item::Letter(kind)) => Some(letters::show(council, kind)),
        _ => None,
    }
}

fn apply(
    council: &mut Council,
    section: Section,
    item: Item,
    fields: &Fields,
) -> Result<(), Error> {
    let press: Press = fields.one("act").parse()?;
    match (section, item) {
        (Section::Council, Item::Whole) => whole::read_council(fields, council)?,
        (Section::IncomingMail, Item::Whole) => incoming_mail::read(fields, council)?,
        (Section::Contact, Item::Whole) => whole::read_contact(fields, council)?,
        (Section::Look, Item::Whole) => whole::read_look(fields, council)?,
        (Section::Promise, Item::Whole) => whole::read_promise(fields, council)?,
        (Section::SignIn, Item::Whole) => whole::read_sign_in(fields, council)?,
        (Section::Escalation, Item::Whole) => promises::read_escalation(fields, council)?,
        (Section::Promises, _) => change_list::<KindPromise>(council, item, press, fields)?,
        (Section::BankHolidays, _) => {
            change_list::<FurtherHoliday>(council, item, press, fields)?;
        }
        (Section::Topics, _) => change_list::<Topic>(council, item, press, fields)?,
        (Section::Districts, _) => change_list::<District>(council, item, press, fields)?,
        (Section::Teams, _) => change_list::<Team>(council, item, press, fields)?,
        // The team for all the rest has a button of its own.
        (Section::Routing, Item::Whole) => rules::read_default_team(fields, council)?,
        (Section::Routing, _) => change_list::<RoutingRule>(council, item, press, fields)?,
        (Section::Closures, _) => change_list::<Closure>(council, item, press, fields)?,
        (Section::Advice, _) => change_list::<Advice>(council, item, press, fields)?,
        (Section::SearchWords, _) => change_list::<WordLink>(council, item, press, fields)?,
        (Section::Letters, Item::Letter(kind)) => letters::change(council, kind, press, fields)?,
        _ => return Err(Error::NotFound),
    }
    // What the rules of the whole find is told beside the form's first field.
    super::save::check(council).map_err(|error| match error {
        Error::Refused(faults) => {
            let mut beside = Faults::default();
            for fault in faults.iter() {
                beside.add(super::save::WHOLE, fault.message.clone());
            }
            Error::Refused(beside)
        }
        other => other,
    })
}
