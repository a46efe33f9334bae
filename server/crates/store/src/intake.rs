//! What came in by mail: the bytes, where they were seen, and what became of them.
//!
//! A mail is one row however often and by whichever way it comes: [`Intake::insert`] takes one content key
//! once. The bytes are a row of their own ([`Intake::insert_raw`]), so that lists read none of them.

use domain::codes::{IncomingState, QuarantineReason};
use domain::ids::{AccountId, IncomingId};
use jiff::Timestamp;
use sqlx::FromRow;
use uuid::Uuid;

use crate::columns::{instant, limit as limit_column, number, parsed, parsed_if_any};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional, on_postgres};
use crate::{StoreError, Tx};

/// The advisory locks' number: the word “same” in ASCII.
const NAMESAKES: i32 = 0x7361_6d65;

/// A mail that came in, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIncoming {
    /// Its id.
    pub id: IncomingId,
    /// What makes it the same mail as another (SHA-256).
    pub content_key: [u8; 32],
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// How many bytes it has.
    pub size: u64,
    /// Its Message-ID, without brackets.
    pub message_id: Option<String>,
    /// The envelope's sender: empty for a null return path, none where nobody said.
    pub envelope_from: Option<String>,
    /// The envelope's recipient.
    pub envelope_to: Option<String>,
    /// When it reached the council.
    pub received_at: Timestamp,
    /// Now.
    pub stored_at: Timestamp,
}

/// A mail that came in, as it was kept. Without its bytes: [`Intake::raw`] has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// What was known when it came.
    pub mail: NewIncoming,
    /// What became of it.
    pub state: IncomingState,
    /// Why it is in the quarantine.
    pub reason: Option<QuarantineReason>,
    /// Who wrote it, as it was read, of what stands before a person as it is.
    pub sender: Option<String>,
    /// Its subject, likewise.
    pub subject: Option<String>,
    /// Why a person set it aside.
    pub settled_words: Option<String>,
}

/// A mail that became something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Became {
    /// Whether another has its Message-ID: [`Intake::with_same_message_id`] says which.
    pub has_namesakes: bool,
}

/// Where a mail was seen: an IMAP mailbox, its UIDVALIDITY and the UID in it (RFC 9051, section 2.3.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which mailbox.
    pub mailbox: String,
    /// Of which counting its numbers are.
    pub uid_validity: u32,
    /// The number.
    pub uid: u32,
}

#[derive(FromRow)]
struct IncomingRow {
    id: Uuid,
    content_key: Vec<u8>,
    sha256: Vec<u8>,
    size: i64,
    message_id: Option<String>,
    envelope_from: Option<String>,
    envelope_to: Option<String>,
    received_at: i64,
    stored_at: i64,
    state: String,
    reason: Option<String>,
    sender: Option<String>,
    subject: Option<String>,
    settled_words: Option<String>,
}

/// A hash back from its column.
pub(crate) fn hash(column: &str, bytes: Vec<u8>) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::corrupt(column))
}

impl TryFrom<IncomingRow> for Incoming {
    type Error = StoreError;

    fn try_from(row: IncomingRow) -> Result<Self, StoreError> {
        Ok(Self {
            mail: NewIncoming {
                id: IncomingId::from_uuid(row.id),
                content_key: hash("incoming.content_key", row.content_key)?,
                sha256: hash("incoming.sha256", row.sha256)?,
                size: number("incoming.size", row.size)?,
                message_id: row.message_id,
                envelope_from: row.envelope_from,
                envelope_to: row.envelope_to,
                received_at: instant("incoming.received_at", row.received_at)?,
                stored_at: instant("incoming.stored_at", row.stored_at)?,
            },
            state: parsed("incoming.state", &row.state)?,
            reason: parsed_if_any("incoming.reason", row.reason.as_deref())?,
            sender: row.sender,
            subject: row.subject,
            settled_words: row.settled_words,
        })
    }
}

#[derive(FromRow)]
struct WholeRow {
    #[sqlx(flatten)]
    row: IncomingRow,
    bytes: Option<Vec<u8>>,
}

/// The columns of [`IncomingRow`].
macro_rules! incoming_columns {
    () => {
        "id, content_key, sha256, size, message_id, envelope_from, envelope_to, received_at, stored_at, state, reason, \
         sender, subject, settled_words"
    };
}

/// The same, and what follows them.
macro_rules! select_incoming {
    ($rest:literal) => {
        concat!("SELECT ", incoming_columns!(), " FROM incoming ", $rest)
    };
}

/// What came in by mail.
#[derive(Debug)]
pub struct Intake<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Intake<'_> {
    /// Keeps one, to be filed. `false` when a mail with this content key, or this id, is there already; where another process
    /// is about to add it, this waits until that is settled.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn insert(&mut self, new: &NewIncoming) -> Result<bool, StoreError> {
        const SQL: &str = "INSERT INTO incoming (id, content_key, sha256, size, message_id, envelope_from, \
                           envelope_to, received_at, stored_at, state) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'received') \
                           ON CONFLICT DO NOTHING";
        let size = i64::try_from(new.size).map_err(|_| StoreError::corrupt("incoming.size"))?;
        let added = execute!(
            self.tx,
            SQL,
            new.id.as_uuid(),
            new.content_key.as_slice(),
            new.sha256.as_slice(),
            size,
            new.message_id.as_deref(),
            new.envelope_from.as_deref(),
            new.envelope_to.as_deref(),
            new.received_at.as_millisecond(),
            new.stored_at.as_millisecond(),
        )?;
        Ok(added > 0)
    }

    /// Keeps its bytes.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when they are kept already.
    pub async fn insert_raw(&mut self, id: IncomingId, bytes: &[u8]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO incoming_raw (incoming, bytes) VALUES ($1, $2)";
        execute!(self.tx, SQL, id.as_uuid(), bytes)?;
        Ok(())
    }

    /// Its bytes, as they came; none when they were erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn raw(&mut self, id: IncomingId) -> Result<Option<Vec<u8>>, StoreError> {
        const SQL: &str = "SELECT bytes FROM incoming_raw WHERE incoming = $1";
        let row = fetch_optional!(self.tx, (Vec<u8>,), SQL, id.as_uuid())?;
        Ok(row.map(|(bytes,)| bytes))
    }

    /// The mail with this content key.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_content_key(
        &mut self,
        key: &[u8; 32],
    ) -> Result<Option<IncomingId>, StoreError> {
        const SQL: &str = "SELECT id FROM incoming WHERE content_key = $1";
        let row = fetch_optional!(self.tx, (Uuid,), SQL, key.as_slice())?;
        Ok(row.map(|(id,)| IncomingId::from_uuid(id)))
    }

    /// The mail that was seen at this place.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn at_place(&mut self, place: &Place) -> Result<Option<IncomingId>, StoreError> {
        const SQL: &str = "SELECT incoming FROM incoming_places \
                           WHERE mailbox = $1 AND uid_validity = $2 AND uid = $3";
        let row = fetch_optional!(
            self.tx,
            (Uuid,),
            SQL,
            place.mailbox.as_str(),
            i64::from(place.uid_validity),
            i64::from(place.uid)
        )?;
        Ok(row.map(|(id,)| IncomingId::from_uuid(id)))
    }

    /// Notes where a mail was seen; what is noted already stays.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn note_place(&mut self, place: &Place, id: IncomingId) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO incoming_places (mailbox, uid_validity, uid, incoming) \
                           VALUES ($1, $2, $3, $4) ON CONFLICT (mailbox, uid_validity, uid) DO NOTHING";
        execute!(
            self.tx,
            SQL,
            place.mailbox.as_str(),
            i64::from(place.uid_validity),
            i64::from(place.uid),
            id.as_uuid()
        )?;
        Ok(())
    }

    /// The mail with this id.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&mut self, id: IncomingId) -> Result<Option<Incoming>, StoreError> {
        const SQL: &str = select_incoming!("WHERE id = $1");
        fetch_optional!(self.tx, IncomingRow, SQL, id.as_uuid())?
            .map(Incoming::try_from)
            .transpose()
    }

    /// The same with its bytes, as they came; without them when they were erased.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get_whole(
        &mut self,
        id: IncomingId,
    ) -> Result<Option<(Incoming, Option<Vec<u8>>)>, StoreError> {
        const SQL: &str = concat!(
            "SELECT ",
            incoming_columns!(),
            ", bytes FROM incoming LEFT JOIN incoming_raw ON incoming = id WHERE id = $1"
        );
        let whole = fetch_optional!(self.tx, WholeRow, SQL, id.as_uuid())?;
        whole
            .map(|whole| Ok((whole.row.try_into()?, whole.bytes)))
            .transpose()
    }

    /// Says what became of it, if it is still what it was: nothing when somebody else was first. It is held until
    /// the transaction ends.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn become_of(
        &mut self,
        id: IncomingId,
        before: IncomingState,
        after: IncomingState,
        reason: Option<QuarantineReason>,
        at: Timestamp,
    ) -> Result<Option<Became>, StoreError> {
        const SQL: &str = "UPDATE incoming SET state = $3, reason = $4, settled_at = $5 \
                           WHERE id = $1 AND state = $2 RETURNING (SELECT count(*) FROM (SELECT 1 FROM incoming o \
                           WHERE o.message_id = incoming.message_id AND o.id <> incoming.id LIMIT 1) AS namesakes)";
        let row = fetch_optional!(
            self.tx,
            (i64,),
            SQL,
            id.as_uuid(),
            before.as_str(),
            after.as_str(),
            reason.map(QuarantineReason::as_str),
            at.as_millisecond()
        )?;
        Ok(row.map(|(namesakes,)| Became {
            has_namesakes: namesakes > 0,
        }))
    }

    /// Notes who wrote it and about what, for the lists in which it stands before a person.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn describe(
        &mut self,
        id: IncomingId,
        sender: Option<&str>,
        subject: Option<&str>,
    ) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE incoming SET sender = $2, subject = $3 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), sender, subject)?;
        Ok(())
    }

    /// A person says that a mail in the quarantine, or a report, is not for us, and why. `false` when it stands
    /// there no more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn set_aside(
        &mut self,
        id: IncomingId,
        by: AccountId,
        words: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE incoming SET state = 'set-aside', settled_by = $2, settled_words = $3, \
                           settled_at = $4 WHERE id = $1 AND state IN ('quarantined', 'report')";
        let changed = execute!(
            self.tx,
            SQL,
            id.as_uuid(),
            by.as_uuid(),
            words,
            at.as_millisecond()
        )?;
        Ok(changed > 0)
    }

    /// Those in a state, in the order in which they came, after the one that a page ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn standing(
        &mut self,
        state: IncomingState,
        after: Option<(Timestamp, IncomingId)>,
        limit: u32,
    ) -> Result<Vec<Incoming>, StoreError> {
        const SQL: &str = select_incoming!(
            "WHERE state = $1 AND (stored_at, id) > ($2, $3) ORDER BY stored_at, id LIMIT $4"
        );
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |(at, id)| {
            (at.as_millisecond(), id.as_uuid())
        });
        let rows = fetch_all!(
            self.tx,
            IncomingRow,
            SQL,
            state.as_str(),
            at,
            id,
            limit_column(limit)
        )?;
        rows.into_iter().map(Incoming::try_from).collect()
    }

    /// How many are in a state, counted up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn count(&mut self, state: IncomingState) -> Result<u32, StoreError> {
        const SQL: &str =
            "SELECT count(*) FROM (SELECT 1 FROM incoming WHERE state = $1 LIMIT 1000) AS i";
        let (count,) = fetch_one!(self.tx, (i64,), SQL, state.as_str())?;
        number("incoming", count)
    }

    /// How many stand in the quarantine that came until then and in which somebody may have asked something, counted
    /// up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn quarantined_until(&mut self, until: Timestamp) -> Result<u32, StoreError> {
        const SQL: &str = "SELECT count(*) FROM (SELECT 1 FROM incoming WHERE state = 'quarantined' \
                           AND received_at <= $1 AND COALESCE(reason, '') <> 'out-of-office' LIMIT 1000) AS i";
        let (count,) = fetch_one!(self.tx, (i64,), SQL, until.as_millisecond())?;
        number("incoming", count)
    }

    /// Other mails that came with the same Message-ID and other content, the earliest first. Until the transaction ends
    /// nobody else asks for them: of two that are filed at the same moment, neither would see what the other becomes. On
    /// SQLite there is one writer at a time.
    ///
    /// # Errors
    /// When the database cannot be read or locked.
    pub async fn with_same_message_id(
        &mut self,
        id: IncomingId,
    ) -> Result<Vec<IncomingId>, StoreError> {
        if let Tx::Postgres(tx) = self.tx {
            let lock = sqlx::query(
                "SELECT pg_advisory_xact_lock($1, hashtext(message_id)) FROM incoming WHERE id = $2",
            )
            .bind(NAMESAKES)
            .bind(id.as_uuid());
            on_postgres!(tx, |connection| lock.execute(connection).await)?;
        }
        const SQL: &str = "SELECT o.id FROM incoming i JOIN incoming o ON o.message_id = i.message_id \
                           WHERE i.id = $1 AND o.id <> i.id ORDER BY o.stored_at, o.id LIMIT 20";
        let rows = fetch_all!(self.tx, (Uuid,), SQL, id.as_uuid())?;
        Ok(rows
            .into_iter()
            .map(|(id,)| IncomingId::from_uuid(id))
            .collect())
    }

    /// Leaves nothing of a mail but the mark that it came, so that it is not taken again. Its bytes are removed with
    /// [`Intake::remove_raw`].
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn erase(&mut self, id: IncomingId, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE incoming SET state = 'erased', message_id = NULL, envelope_from = NULL, \
                           envelope_to = NULL, sender = NULL, subject = NULL, settled_words = NULL, settled_at = $2 WHERE id = $1";
        execute!(self.tx, SQL, id.as_uuid(), at.as_millisecond())?;
        Ok(())
    }

    /// Removes its bytes.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn remove_raw(&mut self, id: IncomingId) -> Result<(), StoreError> {
        const SQL: &str = "DELETE FROM incoming_raw WHERE incoming = $1";
        execute!(self.tx, SQL, id.as_uuid())?;
        Ok(())
    }
}
