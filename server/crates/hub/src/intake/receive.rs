//! Taking a mail in: its bytes, its keys and the job that files it, committed before anybody is told.
//!
//! Nothing here depends on what the mail says. Where its headers cannot be read, its bytes alone make its key.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::codes::IncomingState;
use domain::ids::{IncomingId, JobId};
use jiff::Timestamp;
use mail::incoming::{ContentKey, content_key};
use rand::RngCore;
use sha2::{Digest as _, Sha256};
use store::{Database, Incoming, Lane, NewIncoming, Place, StoreError};

use super::{Intake, by_size::do_work, storable_start};
use crate::{Error, jobs};

/// The longest Message-ID that is kept to compare with others: the length of a line of mail (RFC 5322, section 2.1.1).
const MESSAGE_ID: usize = 998;
/// The longest address that is kept.
const ADDRESS: usize = 320;

/// A mail that came.
#[derive(Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Its bytes, as they came.
    pub raw: Vec<u8>,
    /// The envelope's sender: empty for a null return path, `None` where nobody said.
    pub envelope_from: Option<String>,
    /// The envelope's recipient.
    pub envelope_to: Option<String>,
    /// How it came.
    pub transport: Transport,
}

/// How a mail came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transport {
    /// A mail server handed it over just now.
    Pipe,
    /// It was found in a mailbox.
    Mailbox {
        /// Which mailbox.
        mailbox: String,
        /// Of which counting its numbers are.
        uid_validity: u32,
        /// Its number.
        uid: u32,
        /// When the mailbox got it (INTERNALDATE).
        received_at: Timestamp,
    },
}

/// What taking a mail in came to. Either way it is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Received {
    /// It was not there before.
    New(IncomingId),
    /// It was there already: sent again, or come another way.
    Again(IncomingId),
}

impl Received {
    /// The id of the mail.
    #[must_use]
    pub const fn id(self) -> IncomingId {
        match self {
            Self::New(id) | Self::Again(id) => id,
        }
    }
}

/// How it came and how large it is: a mail's words and addresses reach no log.
impl std::fmt::Debug for Arrived {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrived")
            .field("size", &self.raw.len())
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

impl Intake<'_> {
    /// Takes a mail in, and wakes the worker that files it. Gives an answer only once it is committed.
    ///
    /// # Errors
    /// [`Error::Internal`] when nobody knows that it was committed: whoever has it must keep it. Come again, it is one.
    pub async fn receive(&self, arrived: Arrived) -> Result<Received, Error> {
        let hub = self.0;
        let ids = hub.random(|random| Ids::new(hub.now(), random));
        let received = keep(hub.database(), ids, hub.now(), arrived).await?;
        hub.jobs_waiting().ring_for(Lane::Ours);
        Ok(received)
    }
}

/// Takes a mail in with nothing but a database: for a process beside the servers, whose workers file it within a
/// second. Gives an answer only once it is committed.
///
/// # Errors
/// When nobody knows that it was committed: whoever has it must keep it. Come again, it is one.
pub async fn take_in(
    database: &Database,
    now: Timestamp,
    random: &mut (dyn RngCore + Send),
    arrived: Arrived,
) -> Result<Received, StoreError> {
    let ids = Ids::new(now, random);
    keep(database, ids, now, arrived).await
}

struct Ids {
    incoming: IncomingId,
    job: JobId,
}

impl Ids {
    fn new(now: Timestamp, random: &mut dyn RngCore) -> Self {
        Self {
            incoming: IncomingId::generate(now, random),
            job: JobId::generate(now, random),
        }
    }
}

async fn keep(
    database: &Database,
    ids: Ids,
    now: Timestamp,
    arrived: Arrived,
) -> Result<Received, StoreError> {
    let (raw, new, place) = described(&ids, now, arrived).await?;
    let mut tx = database.begin().await?;
    if let Some(place) = &place
        && let Some(id) = tx.intake().at_place(place).await?
        && let Some(there) = tx.intake().get(id).await?
        && is_still(&there, &new)
    {
        return Ok(Received::Again(id));
    }
    let received = if tx.intake().insert(&new).await? {
        tx.intake().insert_raw(new.id, &raw).await?;
        let job = jobs::Kind::FileMessage.job(ids.job, new.id.as_uuid(), now, now);
        tx.jobs().enqueue(&job).await?;
        Received::New(new.id)
    } else {
        let there = tx.intake().by_content_key(&new.content_key).await?;
        let there = there.ok_or_else(|| StoreError::Conflict {
            what: "incoming mail".to_owned(),
        })?;
        Received::Again(there)
    };
    if let Some(place) = &place {
        tx.intake().note_place(place, received.id()).await?;
    }
    tx.commit().await?;
    Ok(received)
}

/// Whether what lies at a place is what lay there before. Some servers write a message anew each time that they give it,
/// so that its Message-ID says so as well. A number that another message got, against the rules of IMAP, is no reason
/// to lose that one.
fn is_still(there: &Incoming, now: &NewIncoming) -> bool {
    let same_id = now.message_id.is_some() && there.mail.message_id == now.message_id;
    same_id || there.mail.content_key == now.content_key || there.state == IncomingState::Erased
}

/// The mail's row.
async fn described(
    ids: &Ids,
    now: Timestamp,
    arrived: Arrived,
) -> Result<(Vec<u8>, NewIncoming, Option<Place>), StoreError> {
    let Arrived {
        raw,
        envelope_from,
        envelope_to,
        transport,
    } = arrived;
    let hashed = do_work(raw.len(), move || {
        let sha256: [u8; 32] = Sha256::digest(&raw).into();
        let key = key_of(&raw, sha256);
        (raw, sha256, key)
    });
    let (raw, sha256, key) = hashed.await.map_err(|problem| StoreError::Unavailable {
        reason: problem.to_string(),
    })?;
    let (place, received_at) = match transport {
        Transport::Pipe => (None, now),
        Transport::Mailbox {
            mailbox,
            uid_validity,
            uid,
            received_at,
        } => {
            let place = Place {
                mailbox: storable_start(&mailbox, ADDRESS),
                uid_validity,
                uid,
            };
            // Nothing came in the future, whatever a mail server's clock says.
            (Some(place), received_at.min(now))
        }
    };
    let address = |address: Option<String>| address.map(|text| storable_start(&text, ADDRESS));
    let new = NewIncoming {
        id: ids.incoming,
        content_key: folded(&key),
        sha256,
        size: raw.len() as u64,
        message_id: key.message_id.map(|id| storable_start(&id, MESSAGE_ID)),
        envelope_from: address(envelope_from),
        envelope_to: address(envelope_to),
        received_at,
        stored_at: now,
    };
    Ok((raw, new, place))
}

/// The content key; of bytes whose headers cannot be read, the bytes' own hash.
fn key_of(raw: &[u8], sha256: [u8; 32]) -> ContentKey {
    catch_unwind(AssertUnwindSafe(|| content_key(raw))).unwrap_or(ContentKey {
        message_id: None,
        hash: sha256,
    })
}

/// Both halves of the key as one. The hash has a fixed length and stands first, so that no two keys read the same.
fn folded(key: &ContentKey) -> [u8; 32] {
    Sha256::new()
        .chain_update(key.hash)
        .chain_update(key.message_id.as_deref().unwrap_or_default())
        .finalize()
        .into()
}
