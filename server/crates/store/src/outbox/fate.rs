//! What becomes of a mail that our own server took or will not take, and what a person must see to.

use domain::codes::{ClearReason, DeliveryState};
use domain::email::EmailAddress;
use domain::ids::{AccountId, EnquiryId, MailId};
use jiff::Timestamp;
use uuid::Uuid;

use super::{Mail, MailRow, Outbox};
use crate::columns::{limit as limit_column, number};
use crate::dialect::{execute, fetch_all, fetch_one, fetch_optional, on_postgres};
use crate::{StoreError, Tx};

/// The advisory locks' number: the word “caps” in ASCII.
pub(crate) const COUNTING: i32 = 0x6361_7073;

/// Until the transaction ends, nobody else counts the mails of this mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    mailbox: String,
}

impl Alone {
    pub(crate) const fn with(mailbox: String) -> Self {
        Self { mailbox }
    }

    /// Whether it is the mailbox behind this address.
    #[must_use]
    pub fn is_with(&self, address: &EmailAddress) -> bool {
        self.mailbox == address.mailbox()
    }
}

/// Counts the automatic mails after `$2` of which this is so, up to 1,000. An index is made for these kinds.
macro_rules! count_automatic {
    ($which:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT 1 FROM mails \
             WHERE kind IN ('acknowledgement', 'promise-moved', 'closed', 'reopened', 'wait-reminder') \
             AND created_at > $2 AND state <> 'capped' AND ",
            $which,
            " LIMIT 1000) AS a"
        )
    };
}

/// A page of the mails of which this is so, the earliest first; `$1` and `$2` are its place, `$3` the limit.
macro_rules! page_of_mails {
    ($which:literal) => {
        concat!(
            "SELECT ",
            mail_columns!(),
            " FROM mails WHERE ",
            $which,
            " AND (created_at, id) > ($1, $2) ORDER BY created_at, id LIMIT $3"
        )
    };
}

/// Counts the mails of which this is so, up to 1,000.
macro_rules! count_mails {
    ($which:literal) => {
        concat!(
            "SELECT count(*) FROM (SELECT 1 FROM mails WHERE ",
            $which,
            " LIMIT 1000) AS c"
        )
    };
}

impl Outbox<'_> {
    /// A server reports later what became of it; `said` are its words. `false` when the report changes nothing:
    /// the mail is further on already, was given up, or is not there. A mail still waiting can bounce: the worker
    /// that handed it over died before it could note that.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_reported(
        &mut self,
        id: MailId,
        state: DeliveryState,
        said: &str,
    ) -> Result<bool, StoreError> {
        const DELAYED: &str =
            "UPDATE mails SET state = $2, last_error = $3 WHERE id = $1 AND state = 'sent'";
        const DELIVERED: &str = "UPDATE mails SET state = $2, last_error = NULL, server_answer = $3 \
                                 WHERE id = $1 AND state IN ('sent', 'delayed')";
        const BOUNCED: &str = "UPDATE mails SET state = $2, last_error = $3 \
                               WHERE id = $1 AND state IN ('waiting', 'sent', 'delayed', 'delivered')";
        let sql = match state {
            DeliveryState::Delayed => DELAYED,
            DeliveryState::Delivered => DELIVERED,
            DeliveryState::Bounced => BOUNCED,
            _ => return Ok(false),
        };
        Ok(execute!(self.tx, sql, id.as_uuid(), state.as_str(), said)? > 0)
    }

    /// An officer took it back. `false` when it was not waiting any more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn mark_taken_back(&mut self, id: MailId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET state = 'taken-back' WHERE id = $1 AND state = 'waiting' AND attempts = 0";
        Ok(execute!(self.tx, SQL, id.as_uuid())? > 0)
    }

    /// A person took it off the list of what reached nobody. `false` when it does not stand there.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn clear(
        &mut self,
        id: MailId,
        by: AccountId,
        reason: ClearReason,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE mails SET cleared_at = $2, cleared_by = $3, clear_reason = $4 \
                           WHERE id = $1 AND state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL";
        let cleared = execute!(
            self.tx,
            SQL,
            id.as_uuid(),
            at.as_millisecond(),
            by.as_uuid(),
            reason.as_str()
        )?;
        Ok(cleared > 0)
    }

    /// Those that reached nobody and that no person has cleared, the earliest first, after the one that a page ended
    /// with: given up, come back, or never sent because there were too many.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_clear(
        &mut self,
        after: Option<(Timestamp, MailId)>,
        limit: u32,
    ) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str =
            page_of_mails!("state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL");
        self.page(SQL, after, limit).await
    }

    /// How many those are, counted up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn to_clear_count(&mut self) -> Result<u32, StoreError> {
        const SQL: &str =
            count_mails!("state IN ('dead', 'bounced', 'capped') AND cleared_at IS NULL");
        self.counted(SQL).await
    }

    /// Those that were tried in vain and will be tried again, the earliest first, after the one that a page ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn held_up(
        &mut self,
        after: Option<(Timestamp, MailId)>,
        limit: u32,
    ) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str = page_of_mails!("state = 'waiting' AND attempts > 0");
        self.page(SQL, after, limit).await
    }

    /// How many those are, counted up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn held_up_count(&mut self) -> Result<u32, StoreError> {
        const SQL: &str = count_mails!("state = 'waiting' AND attempts > 0");
        self.counted(SQL).await
    }

    /// Those that a server took and cannot pass on yet, the earliest first, after the one that a page ended with.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn delayed(
        &mut self,
        after: Option<(Timestamp, MailId)>,
        limit: u32,
    ) -> Result<Vec<Mail>, StoreError> {
        const SQL: &str = page_of_mails!("state = 'delayed'");
        self.page(SQL, after, limit).await
    }

    /// How many those are, counted up to 1,000.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn delayed_count(&mut self) -> Result<u32, StoreError> {
        const SQL: &str = count_mails!("state = 'delayed'");
        self.counted(SQL).await
    }

    async fn page(
        &mut self,
        sql: &'static str,
        after: Option<(Timestamp, MailId)>,
        limit: u32,
    ) -> Result<Vec<Mail>, StoreError> {
        let (at, id) = after.map_or((i64::MIN, Uuid::nil()), |(at, id)| {
            (at.as_millisecond(), id.as_uuid())
        });
        fetch_all!(self.tx, MailRow, sql, at, id, limit_column(limit))?
            .into_iter()
            .map(Mail::try_from)
            .collect()
    }

    async fn counted(&mut self, sql: &'static str) -> Result<u32, StoreError> {
        let (count,) = fetch_one!(self.tx, (i64,), sql)?;
        number("mails", count)
    }

    /// Lets nobody else count the mails of this mailbox, or of whatever else is counted together, until the transaction
    /// ends: of many who count at the same moment, each would see what was written before all of them. On SQLite there
    /// is one writer at a time.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn count_alone(&mut self, what: &str) -> Result<(), StoreError> {
        match self.tx {
            Tx::Sqlite(_) => {}
            Tx::Postgres(tx) => {
                let lock = sqlx::query("SELECT pg_advisory_xact_lock($1, hashtext($2))")
                    .bind(COUNTING)
                    .bind(what);
                on_postgres!(tx, |connection| lock.execute(connection).await)?;
            }
        }
        Ok(())
    }

    /// How many automatic mails were written to the mailbox behind this address after `since`, counted up to 1,000;
    /// in any letter case, and with anything after a plus ([`EmailAddress::mailbox`]). Those that were capped do not
    /// count.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn automatic_to(
        &mut self,
        to: &EmailAddress,
        since: Timestamp,
    ) -> Result<u32, StoreError> {
        const SQL: &str = count_automatic!("to_mailbox = $1");
        let since = since.as_millisecond();
        let (count,) = fetch_one!(self.tx, (i64,), SQL, to.mailbox(), since)?;
        number("mails", count)
    }

    /// The same of the mails about one enquiry, to whatever address.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn automatic_about(
        &mut self,
        enquiry: EnquiryId,
        since: Timestamp,
    ) -> Result<u32, StoreError> {
        const SQL: &str = count_automatic!("enquiry = $1");
        let since = since.as_millisecond();
        let (count,) = fetch_one!(self.tx, (i64,), SQL, enquiry.as_uuid(), since)?;
        number("mails", count)
    }

    /// The same of the mails about an enquiry, those that it was put beside because its mail named or quoted them, and
    /// all that were put beside any of these: whoever answers each of our mails from another address makes such a
    /// row of enquiries.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn automatic_about_row(
        &mut self,
        enquiry: EnquiryId,
        since: Timestamp,
    ) -> Result<u32, StoreError> {
        const SQL: &str = concat!(
            "WITH RECURSIVE up (id) AS (SELECT id FROM enquiries WHERE id = $1 \
             UNION SELECT r.other FROM up JOIN relatives r ON r.enquiry = up.id \
             WHERE r.reason IN ('stranger', 'quoted')), \
             line (id) AS (SELECT id FROM up \
             UNION SELECT r.enquiry FROM line JOIN relatives r ON r.other = line.id \
             WHERE r.reason IN ('stranger', 'quoted')) ",
            count_automatic!("enquiry IN (SELECT id FROM line)")
        );
        let since = since.as_millisecond();
        let (count,) = fetch_one!(self.tx, (i64,), SQL, enquiry.as_uuid(), since)?;
        number("mails", count)
    }

    /// The mail with this `Message-ID`, angle brackets and all.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn by_message_id(&mut self, id: &str) -> Result<Option<Mail>, StoreError> {
        const SQL: &str = select_mails!("WHERE message_id = $1");
        fetch_optional!(self.tx, MailRow, SQL, id)?
            .map(Mail::try_from)
            .transpose()
    }
}
