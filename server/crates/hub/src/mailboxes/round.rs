//! One look at a folder: list what is there, take what is not noted yet, count. Only at the end of all that is it
//! written down that the mailbox was read: that its server answers is not enough.

use std::collections::{BTreeMap, BTreeSet};

use domain::{codes::MailboxMessageState, keys::MailboxKey};
use jiff::SignedDuration;
use mail::mailbox::{Folder, MailboxError, Reader};
use store::MailboxMessage;

use super::take::Taken;
use super::{Filing, Followed, TakingIn};
use crate::{Error, Hub};

/// The whole folder is compared with what is stored at least this often.
const BETWEEN_COMPARISONS: SignedDuration = SignedDuration::from_hours(24);
/// So many noted UIDs are read at once.
const PIECE: u32 = 10_000;
/// So many rows of an earlier UIDVALIDITY are deleted at once.
const FORGOTTEN_AT_ONCE: u32 = 1_000;
/// While a backlog is taken the counts are written down after so many messages.
const SHOWN_EVERY: u32 = 25;
/// As many messages that are not stored as one round tries again.
const TRIED_AGAIN: u32 = 1_000;

/// Why a mailbox is not read just now.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// Its server.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// We ourselves.
    #[error(transparent)]
    Hub(#[from] Error),
    /// Another server of the hub reads it now.
    #[error("another server reads it now")]
    LeaseLost,
}

impl From<store::StoreError> for Trouble {
    fn from(error: store::StoreError) -> Self {
        Self::Hub(error.into())
    }
}

/// What is known of the folder's messages, whatever this connection did not see happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tally {
    in_mailbox: u32,
    stored: u32,
    /// How many more there are, by what the server says, than it lists.
    unlisted: u32,
}

/// Looking at one folder over one connection.
pub(super) struct Looking<'a> {
    pub(super) hub: &'a Hub,
    pub(super) one: &'a Followed,
    pub(super) taking_in: &'a dyn TakingIn,
    /// Whether messages can be moved, as far as this connection knows.
    pub(super) filing: Filing,
    /// Whether this connection brought anything yet.
    pub(super) progress: Progress,
    tally: Option<Tally>,
}

/// Whether a connection brought anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    None,
    Some,
}

/// How far a round looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    /// At what came since the last one.
    News,
    /// At every message in the folder.
    Whole,
}

impl<'a> Looking<'a> {
    pub(super) fn new(hub: &'a Hub, one: &'a Followed, taking_in: &'a dyn TakingIn) -> Self {
        Self {
            hub,
            one,
            taking_in,
            filing: one.habits.filing,
            progress: Progress::None,
            tally: None,
        }
    }

    pub(super) fn name(&self) -> &'a MailboxKey {
        &self.one.name
    }

    /// Looks once, and takes what is new.
    pub(super) async fn round(&mut self, reader: &mut dyn Reader) -> Result<(), Trouble> {
        let folder = reader.look().await?;
        let (cursor, span) = self.place(folder).await?;
        if span == Span::News {
            let listed = reader.list(cursor).await?;
            // Once it kept something back, what is new is not all there is to look for.
            let expected = self.tally.filter(|tally| tally.unlisted == 0).map(|tally| {
                let new = u32::try_from(listed.len()).unwrap_or(u32::MAX);
                tally.in_mailbox.saturating_add(new)
            });
            if expected == Some(folder.messages) {
                return self.news(reader, folder, listed).await;
            }
        }
        // Somebody moved or deleted messages, or the server does not tell the truth: look at all of them.
        let listed = reader.list(0).await?;
        self.whole(reader, folder, listed).await
    }

    /// Where to go on in the folder.
    async fn place(&mut self, folder: Folder) -> Result<(u32, Span), Trouble> {
        let now = self.hub.now();
        let mut tx = self.hub.database().read().await?;
        let all = tx.mailboxes().list().await?;
        drop(tx);
        let known = all.into_iter().find(|mailbox| mailbox.name == *self.name());
        let known = known.ok_or(Error::NotFound)?;
        let same = known.uid_validity == Some(folder.uid_validity);
        if !same {
            let mut tx = self.hub.database().begin().await?;
            tx.mailboxes()
                .begin_anew(self.name(), folder.uid_validity)
                .await?;
            tx.commit().await?;
            if let Some(before) = known.uid_validity {
                tracing::warn!(
                    mailbox = %self.name(), uid_validity.before = before, uid_validity.now = folder.uid_validity,
                    "the mailbox counts its messages anew: all are looked at, and those already stored are told by what they hold"
                );
            }
        }
        let recently = known.compared_at.is_some_and(|at| {
            let ago = now.duration_since(at);
            // Compared in the future, it was before somebody set the clock back.
            !ago.is_negative() && ago < BETWEEN_COMPARISONS
        });
        let span = if same && recently && self.tally.is_some() {
            Span::News
        } else {
            Span::Whole
        };
        Ok((if same { known.cursor } else { 0 }, span))
    }

    /// Takes what came since the last look.
    async fn news(
        &mut self,
        reader: &mut dyn Reader,
        folder: Folder,
        listed: Vec<u32>,
    ) -> Result<(), Trouble> {
        let again = self.due_again(folder).await?;
        let mut tally = self.tally.unwrap_or_default();
        if listed.is_empty() && again.is_empty() {
            return self.read_through(tally).await;
        }
        self.tally = None;
        for uid in &listed {
            tally.in_mailbox = tally.in_mailbox.saturating_add(1);
            self.take_and_count(reader, folder, *uid, &mut tally)
                .await?;
        }
        for uid in again {
            self.take_and_count(reader, folder, uid, &mut tally).await?;
        }
        self.keep(tally).await?;
        self.read_through(tally).await
    }

    /// Takes whatever of the whole folder is not stored yet.
    async fn whole(
        &mut self,
        reader: &mut dyn Reader,
        folder: Folder,
        listed: Vec<u32>,
    ) -> Result<(), Trouble> {
        self.tally = None;
        let noted = self.noted(folder).await?;
        let again = self.due_again(folder).await?;
        let done = |uid: &u32| noted.get(uid).is_some_and(is_settled);
        let stored = listed.iter().filter(|uid| done(uid)).count();
        let in_mailbox = listed.len().try_into().unwrap_or(u32::MAX);
        let mut tally = Tally {
            in_mailbox,
            stored: stored.try_into().unwrap_or(u32::MAX),
            unlisted: folder.messages.saturating_sub(in_mailbox),
        };
        let there: BTreeSet<u32> = listed.iter().copied().collect();
        // Told before the first is taken: a backlog of a day is not to look like an empty mailbox.
        self.keep(tally).await?;
        for uid in &listed {
            let uid = *uid;
            match noted.get(&uid) {
                Some(
                    MailboxMessageState::Stored
                    | MailboxMessageState::SeenTo
                    | MailboxMessageState::TooLarge,
                ) => {}
                Some(MailboxMessageState::Trying) if !again.contains(&uid) => {}
                // Gone, and there all the same: it came back.
                Some(MailboxMessageState::Trying | MailboxMessageState::Gone) | None => {
                    self.take_and_count(reader, folder, uid, &mut tally).await?;
                }
            }
        }
        for (uid, state) in &noted {
            if is_open(state) && !there.contains(uid) {
                self.gone(folder.uid_validity, *uid).await?;
            }
        }
        self.keep(tally).await?;
        self.read_through(tally).await?;
        // Moved after all is stored: whatever goes wrong with moving keeps no mail waiting.
        let was_stored = |uid: &&u32| noted.get(*uid) == Some(&MailboxMessageState::Stored);
        for uid in listed.iter().filter(was_stored) {
            // Stored, but not moved: the process ended in between.
            if self.file(reader, *uid).await? {
                tally.in_mailbox = tally.in_mailbox.saturating_sub(1);
                tally.stored = tally.stored.saturating_sub(1);
            }
        }
        self.keep(tally).await?;
        match tally.unlisted {
            0 => self.compared(folder).await,
            _ => Ok(()),
        }
    }

    /// Whatever the server lists is stored or noted. Of what it does not list nobody knows.
    async fn read_through(&self, tally: Tally) -> Result<(), Trouble> {
        let now = self.hub.now();
        let mut tx = self.hub.database().begin().await?;
        let mut mailboxes = tx.mailboxes();
        if tally.unlisted == 0 {
            mailboxes.read_through(self.name(), now).await?;
        } else {
            let Tally {
                in_mailbox: listed,
                unlisted,
                ..
            } = tally;
            let words = format!(
                "the mail server lists {listed} messages and says that there are {unlisted} more"
            );
            tracing::warn!(mailbox = %self.name(), listed, unlisted, "a mail server does not list all messages");
            mailboxes.failed(self.name(), now, &words).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn take_and_count(
        &mut self,
        reader: &mut dyn Reader,
        folder: Folder,
        uid: u32,
        tally: &mut Tally,
    ) -> Result<(), Trouble> {
        match self.take(reader, folder.uid_validity, uid).await? {
            Taken::Stored => tally.stored = tally.stored.saturating_add(1),
            Taken::Moved | Taken::Gone => {
                tally.in_mailbox = tally.in_mailbox.saturating_sub(1);
            }
            Taken::NotStored => {}
        }
        if tally.stored.is_multiple_of(SHOWN_EVERY) {
            self.keep(*tally).await?;
        }
        Ok(())
    }

    /// Every message of the folder that is noted, with its state.
    async fn noted(&self, folder: Folder) -> Result<BTreeMap<u32, MailboxMessageState>, Trouble> {
        let mut noted = BTreeMap::new();
        let mut tx = self.hub.database().read().await?;
        let mut above = 0;
        loop {
            let mut mailboxes = tx.mailboxes();
            let piece = mailboxes.noted(self.name(), folder.uid_validity, above, PIECE);
            let piece = piece.await?;
            let Some((last, _)) = piece.last() else {
                return Ok(noted);
            };
            above = *last;
            noted.extend(piece);
        }
    }

    /// What could not be had before and is to be tried again now.
    async fn due_again(&self, folder: Folder) -> Result<Vec<u32>, Trouble> {
        let now = self.hub.now();
        let mut tx = self.hub.database().read().await?;
        let waiting = tx.mailboxes().not_stored(self.name(), TRIED_AGAIN).await?;
        Ok(waiting
            .into_iter()
            .filter(|message| message.place.uid_validity == folder.uid_validity)
            .filter(|message| message.next_try_at.is_some_and(|at| at <= now))
            .map(|message| message.place.uid)
            .collect())
    }

    /// Writes the counts down, and goes on from them.
    async fn keep(&mut self, tally: Tally) -> Result<(), Trouble> {
        let mut tx = self.hub.database().begin().await?;
        let in_mailbox = tally.in_mailbox.saturating_add(tally.unlisted);
        let counts = [in_mailbox, tally.stored];
        tx.mailboxes().counted(self.name(), counts).await?;
        tx.commit().await?;
        self.tally = Some(tally);
        Ok(())
    }

    /// The whole folder was gone through: nothing of an earlier UIDVALIDITY is needed any more.
    async fn compared(&self, folder: Folder) -> Result<(), Trouble> {
        let now = self.hub.now();
        loop {
            let mut tx = self.hub.database().begin().await?;
            let mut mailboxes = tx.mailboxes();
            let forgotten =
                mailboxes.forget_earlier(self.name(), folder.uid_validity, FORGOTTEN_AT_ONCE);
            let forgotten = forgotten.await?;
            mailboxes.compared(self.name(), now).await?;
            tx.commit().await?;
            if forgotten == 0 {
                return Ok(());
            }
        }
    }

    pub(super) fn place_of(&self, uid_validity: u32, uid: u32) -> MailboxMessage {
        MailboxMessage {
            mailbox: self.name().clone(),
            uid_validity,
            uid,
        }
    }
}

/// Whether the message is still to be had, or to be looked at by a person.
fn is_open(state: &MailboxMessageState) -> bool {
    matches!(
        state,
        MailboxMessageState::Trying | MailboxMessageState::TooLarge
    )
}

/// Whether nobody needs to look at the message in the mailbox any more.
fn is_settled(state: &MailboxMessageState) -> bool {
    matches!(
        state,
        MailboxMessageState::Stored | MailboxMessageState::SeenTo
    )
}
