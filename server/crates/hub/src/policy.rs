//! Who may do what: one table, [`TABLE`]. Every use case that is not for everybody asks here first, with an
//! [`Act`] of its own.
//!
//! A new use case is a new act and a new row; whoever leaves one out fails to compile or fails
//! `tests/use_cases/permissions.rs`, which also keeps `server/docs/permissions.md` the same as the table.
//! What is not in the table is for everybody: searching, asking, following an enquiry by its private link,
//! signing in.

use std::fmt;

use domain::{codes::Role, keys::TeamKey};

use self::Reach::{Everywhere, Nobody, OwnTeam};
use crate::{Actor, Error, Officer};

/// What somebody may or may not do: one for each use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Read the shared inbox, [`crate::desk::Desk::queue`].
    ReadQueue,
    /// See which mail reached nobody, [`crate::desk::Desk::undelivered`].
    ReadUndelivered,
    /// See the mail that is no part of an enquiry, [`crate::desk::Desk::quarantine`].
    ReadQuarantine,
    /// Make an enquiry of such a mail, [`crate::desk::Desk::make_enquiry`].
    FileQuarantined,
    /// Say that such a mail is not for us, [`crate::desk::Desk::set_mail_aside`].
    SetMailAside,
    /// See who was told nothing, [`crate::desk::Desk::not_acknowledged`].
    ReadNotAcknowledged,
    /// Get a whole mail as it came, [`crate::desk::Desk::whole_mail`].
    ReadWholeMail,
    /// Get what was attached to a message, [`crate::desk::Desk::attachment`].
    ReadAttachment,
    /// Put one enquiry into another, [`crate::desk::Desk::join`].
    JoinEnquiries,
    /// See which promises one is told of, [`crate::desk::Desk::escalated`].
    ReadEscalated,
    /// Open an enquiry's file, [`crate::desk::Desk::enquiry`].
    OpenFile,
    /// Take an enquiry, [`crate::desk::Desk::assign_to_me`].
    TakeEnquiry,
    /// Write a note that the family never sees, [`crate::desk::Desk::note`].
    WriteNote,
    /// Answer by mail, [`crate::desk::Desk::reply`].
    Reply,
    /// Ask for more time, [`crate::desk::Desk::holding_reply`].
    HoldingReply,
    /// Wait for the family, and stop waiting, [`crate::desk::Desk::pause`].
    PauseEnquiry,
    /// Record a conversation or a letter, [`crate::desk::Desk::record_conversation`].
    RecordConversation,
    /// Close an enquiry, [`crate::desk::Desk::close`].
    CloseEnquiry,
    /// Log a call, a visit or a letter, [`crate::desk::Desk::log_call`].
    LogCall,
    /// Find enquiries by who asked, [`crate::desk::Desk::find_enquiries`].
    FindEnquiries,
    /// Sort an enquiry and pass it on, [`crate::desk::Desk::pass_on`].
    PassOn,
    /// Send a mail again that reached nobody, [`crate::desk::Desk::try_again`].
    SendMailAgain,
    /// Take a reply back before it is sent, [`crate::desk::Desk::take_back`].
    TakeBack,
    /// Look at a mail that reached nobody, [`crate::desk::Desk::undelivered_mail`].
    OpenUndelivered,
    /// Send the words of such a mail to another address, [`crate::desk::Desk::send_elsewhere`].
    SendElsewhere,
    /// Take such a mail off the list, [`crate::desk::Desk::clear_mail`].
    ClearMail,
    /// See how mailboxes are read, [`crate::mailboxes::Mailboxes::overview`].
    ReadMailboxes,
    /// Get a table of what became of mail, [`crate::desk::Desk::mail_fates`].
    ListMailFates,
    /// See to mail that cannot be stored, [`crate::mailboxes::Mailboxes::see_to`].
    SeeToMail,
    /// Import listings, [`crate::local_offer::LocalOffer::import`].
    ImportListings,
    /// Export all that is known of listings, [`crate::local_offer::LocalOffer::export`].
    ExportListings,
    /// Import the look-up of postcodes, [`crate::local_offer::LocalOffer::import_postcodes`].
    ImportPostcodes,
    /// See one's own account, and what stands in it.
    ReadOwnAccount,
    /// Change one's own account, such as its password.
    ChangeOwnAccount,
    /// Add, list and disable accounts, [`crate::accounts::Accounts`].
    ManageAccounts,
    /// See what people looked for and did not find, [`crate::desk::Desk::searches`].
    ReadSearches,
    /// Read the council's settings.
    ReadSettings,
    /// Change the council's settings.
    ChangeSettings,
    /// Erase what a closed enquiry says of people, [`crate::enquiries::Enquiries::erase`].
    EraseEnquiry,
    /// Check the record of deeds, [`crate::audit::Audit::verify`].
    ReadAudit,
    /// Prove the promises' invariants, [`crate::audit::Audit::prove`].
    ProvePromises,
}

/// How far a right goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is no right: for this person the thing does not exist.
    Nobody,
    /// It goes as far as the person's own team. Whoever is in no team has nothing of it.
    OwnTeam,
    /// It goes for every team, and for what belongs to none.
    Everywhere,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What is done.
    pub act: Act,
    /// The same in words, for people.
    pub words: &'static str,
    /// How far an officer may.
    pub officer: Reach,
    /// How far a team lead may.
    pub team_lead: Reach,
    /// How far an editor of the local offer may.
    pub editor: Reach,
    /// How far an administrator may.
    pub administrator: Reach,
    /// Whether the hub itself does it: a timer, a job, a command at the server's own terminal.
    pub hub: Reach,
}

const fn row(act: Act, words: &'static str, [o, t, e, a, h]: [Reach; 5]) -> Row {
    Row {
        act,
        words,
        officer: o,
        team_lead: t,
        editor: e,
        administrator: a,
        hub: h,
    }
}

const NO: Reach = Nobody;
const ALL: Reach = Everywhere;

/// Who may do what.
///
/// - The inbox is one, shared by all teams: whoever works in it works everywhere. A family must not wait because the
///   one person in the right team is away, and a misdirected enquiry can only be put right by those who see it.
///   Every look into a file is written down instead.
/// - Team leads do what officers do. A right that ends at the own team is `OwnTeam` in its row; none does yet.
/// - Editors look after the local offer and see no enquiry: these are about children.
/// - Administrators may do everything. Somebody has to be able to in an emergency, and there are few of them.
/// - The hub itself does what its commands and jobs need, and never speaks in a person's place.
#[rustfmt::skip]
pub const TABLE: [Row; 41] = [
    //                                                                   officer lead edit admin hub
    row(Act::ReadQueue,          "Read the shared inbox",                   [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadUndelivered,    "See which mail reached nobody",           [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadQuarantine,     "See mail that is no part of an enquiry",  [ALL, ALL,  NO, ALL,  NO]),
    row(Act::FileQuarantined,    "Make an enquiry of such mail",            [ALL, ALL,  NO, ALL,  NO]),
    row(Act::SetMailAside,       "Say that such mail is not for us",        [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadNotAcknowledged, "See who was told nothing",               [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadWholeMail,      "Get a whole mail as it came",             [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadAttachment,     "Get what was attached to a message",      [ALL, ALL,  NO, ALL,  NO]),
    row(Act::JoinEnquiries,      "Put one enquiry into another",            [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ReadEscalated,      "See which promises they are told of",     [ALL, ALL,  NO, ALL,  NO]),
    row(Act::OpenFile,           "Open an enquiry’s file",                  [ALL, ALL,  NO, ALL,  NO]),
    row(Act::TakeEnquiry,        "Take an enquiry",                         [ALL, ALL,  NO, ALL,  NO]),
    row(Act::WriteNote,          "Write a note",                            [ALL, ALL,  NO, ALL,  NO]),
    row(Act::Reply,              "Reply by email",                          [ALL, ALL,  NO, ALL,  NO]),
    row(Act::HoldingReply,       "Ask for more time by email",              [ALL, ALL,  NO, ALL,  NO]),
    row(Act::PauseEnquiry,       "Wait for the family, and stop waiting",   [ALL, ALL,  NO, ALL,  NO]),
    row(Act::RecordConversation, "Record a conversation or a letter",       [ALL, ALL,  NO, ALL,  NO]),
    row(Act::CloseEnquiry,       "Close an enquiry",                        [ALL, ALL,  NO, ALL,  NO]),
    row(Act::SendMailAgain,      "Send a mail again that reached nobody",   [ALL, ALL,  NO, ALL,  NO]),
    row(Act::TakeBack,           "Take a reply back before it is sent",     [ALL, ALL,  NO, ALL,  NO]),
    row(Act::OpenUndelivered,    "Look at a mail that reached nobody",      [ALL, ALL,  NO, ALL,  NO]),
    row(Act::SendElsewhere,      "Send such a mail to another address",     [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ClearMail,          "Clear a mail that reached nobody",        [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ListMailFates,      "Get a table of what became of mail",      [ NO, ALL,  NO, ALL,  NO]),
    row(Act::ReadMailboxes,      "See how mailboxes are read",              [ALL, ALL,  NO, ALL,  NO]),
    row(Act::SeeToMail,          "See to mail that cannot be stored",       [ALL, ALL,  NO, ALL,  NO]),
    row(Act::LogCall,            "Log a call, a visit or a letter",         [ALL, ALL,  NO, ALL,  NO]),
    row(Act::FindEnquiries,      "Find enquiries by who asked",             [ALL, ALL,  NO, ALL,  NO]),
    row(Act::PassOn,             "Sort an enquiry and pass it on",          [ALL, ALL,  NO, ALL,  NO]),
    row(Act::ImportListings,     "Import listings into the local offer",    [ NO,  NO, ALL, ALL, ALL]),
    row(Act::ReadSearches,       "See what people looked for",              [ALL, ALL, ALL, ALL,  NO]),
    row(Act::ExportListings,     "Export all that is known of listings",    [ NO,  NO, ALL, ALL, ALL]),
    row(Act::ImportPostcodes,    "Import the look-up of postcodes",         [ NO,  NO,  NO, ALL, ALL]),
    row(Act::ReadOwnAccount,     "See their own account",                   [ALL, ALL, ALL, ALL,  NO]),
    row(Act::ChangeOwnAccount,   "Change their own account",                [ALL, ALL, ALL, ALL,  NO]),
    row(Act::ManageAccounts,     "Add, list and disable accounts",          [ NO,  NO,  NO, ALL, ALL]),
    row(Act::ReadSettings,       "Read the council’s settings",             [ NO,  NO,  NO, ALL, ALL]),
    row(Act::ChangeSettings,     "Change the council’s settings",           [ NO,  NO,  NO, ALL, ALL]),
    row(Act::EraseEnquiry,       "Erase what a closed enquiry says of people", [ NO,  NO,  NO, ALL, ALL]),
    row(Act::ReadAudit,          "Check the record of who did what",        [ NO,  NO,  NO, ALL, ALL]),
    row(Act::ProvePromises,      "Prove that nothing is lost or forgotten", [ NO, ALL,  NO, ALL, ALL]),
];

impl Row {
    /// How far this role may.
    #[must_use]
    pub const fn reach(&self, role: Role) -> Reach {
        match role {
            Role::Officer => self.officer,
            Role::TeamLead => self.team_lead,
            Role::Editor => self.editor,
            Role::Administrator => self.administrator,
        }
    }
}

impl Act {
    /// How far this role may. What has no row, nobody may.
    #[must_use]
    pub fn reach_of_role(self, role: Role) -> Reach {
        let row = TABLE.iter().find(|row| row.act == self);
        row.map_or(Nobody, |row| row.reach(role))
    }

    /// How far somebody may do this. What has no row, nobody may.
    #[must_use]
    pub fn reach_of(self, actor: &Actor) -> Reach {
        let row = TABLE.iter().find(|row| row.act == self);
        row.map_or(Nobody, |row| match actor {
            Actor::Public => Nobody,
            Actor::Officer(officer) => row.reach(officer.role),
            Actor::System => row.hub,
        })
    }
}

impl Reach {
    /// Whether what belongs to `theirs` is within it, for somebody of the team `own`.
    #[must_use]
    pub fn covers(self, own: Option<&TeamKey>, theirs: &TeamKey) -> bool {
        match self {
            Nobody => false,
            OwnTeam => own == Some(theirs),
            Everywhere => true,
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Nobody => "–",
            OwnTeam => "own team",
            Everywhere => "yes",
        })
    }
}

/// Lets those pass who may do it everywhere: for what belongs to no team.
///
/// # Errors
/// [`Error::NotFound`]: what somebody may not do does not exist for them.
pub(crate) fn may(actor: &Actor, act: Act) -> Result<(), Error> {
    match act.reach_of(actor) {
        Everywhere => Ok(()),
        OwnTeam | Nobody => Err(Error::NotFound),
    }
}

/// Lets people pass who may do it everywhere, and says who they are: for what only a person can do.
///
/// # Errors
/// [`Error::NotFound`], as [`may`].
pub(crate) fn person(actor: &Actor, act: Act) -> Result<&Officer, Error> {
    may(actor, act)?;
    match actor {
        Actor::Officer(officer) => Ok(officer),
        Actor::Public | Actor::System => Err(Error::NotFound),
    }
}

/// A person who may do something, if perhaps for their own team alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Permit<'a> {
    /// Who it is.
    pub(crate) officer: &'a Officer,
    reach: Reach,
}

/// Lets people pass who may do it for a team at least. How far, the permit is to be asked as soon as it is known
/// whose the thing is: [`Permit::within`].
///
/// # Errors
/// [`Error::NotFound`], as [`may`].
pub(crate) fn permit(actor: &Actor, act: Act) -> Result<Permit<'_>, Error> {
    match (actor, act.reach_of(actor)) {
        (Actor::Officer(officer), reach @ (OwnTeam | Everywhere)) => Ok(Permit { officer, reach }),
        _ => Err(Error::NotFound),
    }
}

impl Permit<'_> {
    /// Lets pass what belongs to a team for which this person may.
    ///
    /// # Errors
    /// [`Error::NotFound`], as [`may`].
    pub(crate) fn within(&self, team: &TeamKey) -> Result<(), Error> {
        if self.reach.covers(self.officer.team.as_ref(), team) {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_one_row() {
        for row in &TABLE {
            let rows = TABLE.iter().filter(|other| other.act == row.act);
            assert_eq!(rows.count(), 1, "{:?}", row.act);
        }
    }

    #[test]
    fn the_public_may_do_none_of_it() {
        for row in &TABLE {
            assert_eq!(row.act.reach_of(&Actor::Public), Nobody, "{:?}", row.act);
        }
    }

    #[test]
    fn a_right_for_ones_own_team_ends_there() {
        let east: TeamKey = "ehc-east".parse().unwrap();
        let west: TeamKey = "ehc-west".parse().unwrap();
        assert!(OwnTeam.covers(Some(&east), &east));
        assert!(!OwnTeam.covers(Some(&west), &east));
        assert!(!OwnTeam.covers(None, &east));
        assert!(Everywhere.covers(None, &east));
    }
}
