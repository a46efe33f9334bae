//! Whether bytes are what they were: those of a mail that came in, and what is frozen of a mail of ours.
//!
//! PostgreSQL hashes where the bytes lie. SQLite cannot hash; its rows are in this process, and stream through it.

use std::fmt::Write as _;

use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::{FromRow, Sqlite, Transaction};
use uuid::Uuid;

use super::{Breach, Found, Judged, Proof, Row, broken, found};
use crate::columns::{limit as limit_column, number};
use crate::dialect::fetch_optional;
use crate::{NewMail, StoreError, Tx};

#[derive(FromRow)]
struct RawRow {
    incoming: Uuid,
    sha256: Vec<u8>,
    size: i64,
    bytes: Vec<u8>,
}

/// What is frozen of a mail, as its columns have it.
#[derive(FromRow)]
struct FrozenRow {
    id: Uuid,
    enquiry: Uuid,
    message: Option<Uuid>,
    kind: String,
    to_address: String,
    to_compared: String,
    to_name: Option<String>,
    subject: String,
    body_text: String,
    body_html: String,
    message_id: String,
    in_reply_to: Option<String>,
    created_at: i64,
    frozen: Vec<u8>,
}

impl Proof<'_> {
    pub(super) async fn raw_changed(
        &mut self,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        const HERE: &str = "SELECT r.incoming, i.sha256, i.size, r.bytes FROM incoming_raw r \
                            JOIN incoming i ON i.id = r.incoming";
        const THERE: &str = broken!(
            "SELECT e.reference, r.incoming AS subject, CAST(NULL AS TEXT) AS detail FROM incoming_raw r \
             JOIN incoming i ON i.id = r.incoming LEFT JOIN message_mails w ON w.incoming = i.id \
             LEFT JOIN messages m ON m.id = w.message LEFT JOIN enquiries e ON e.id = m.enquiry \
             WHERE length(r.bytes) <> i.size OR sha256(r.bytes) <> i.sha256"
        );
        const WHOSE: &str = "SELECT e.reference FROM message_mails w JOIN messages m ON m.id = w.message \
                             JOIN enquiries e ON e.id = m.enquiry WHERE w.incoming = $1";
        let changed = match self.tx {
            Tx::Postgres(_) => return self.hashed_there(Breach::RawChanged, THERE, judged).await,
            Tx::Sqlite(tx) => {
                gather(tx, HERE, judged, |row: &RawRow| {
                    let same_size = i64::try_from(row.bytes.len()) == Ok(row.size);
                    let same = same_size && Sha256::digest(&row.bytes)[..] == row.sha256[..];
                    (!same).then_some(row.incoming)
                })
                .await?
            }
        };
        self.named(Breach::RawChanged, changed, WHOSE).await
    }

    pub(super) async fn mails_changed(
        &mut self,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        const HERE: &str = "SELECT id, enquiry, message, kind, to_address, to_compared, to_name, subject, body_text, \
                            body_html, message_id, in_reply_to, created_at, frozen FROM mails WHERE frozen IS NOT NULL";
        /// The text of [`Frozen::text`], as PostgreSQL writes it.
        macro_rules! field {
            ($column:literal) => {
                concat!(
                    "COALESCE(length(",
                    $column,
                    ")::text || ':' || ",
                    $column,
                    ", '-')"
                )
            };
        }
        const THERE: &str = broken!(
            "SELECT e.reference, x.id AS subject, x.kind AS detail FROM mails x LEFT JOIN enquiries e ON e.id = x.enquiry \
             WHERE x.frozen IS NOT NULL AND x.frozen <> sha256(convert_to(",
            field!("x.id::text"),
            " || ",
            field!("x.enquiry::text"),
            " || ",
            field!("x.message::text"),
            " || ",
            field!("x.kind"),
            " || ",
            field!("x.to_address"),
            " || ",
            field!("x.to_compared"),
            " || ",
            field!("x.to_name"),
            " || ",
            field!("x.subject"),
            " || ",
            field!("x.body_text"),
            " || ",
            field!("x.body_html"),
            " || ",
            field!("x.message_id"),
            " || ",
            field!("x.in_reply_to"),
            " || ",
            field!("x.created_at::text"),
            ", 'UTF8'))"
        );
        const WHOSE: &str =
            "SELECT e.reference FROM mails x JOIN enquiries e ON e.id = x.enquiry WHERE x.id = $1";
        let changed = match self.tx {
            Tx::Postgres(_) => return self.hashed_there(Breach::MailChanged, THERE, judged).await,
            Tx::Sqlite(tx) => {
                gather(tx, HERE, judged, |row: &FrozenRow| {
                    (row.frozen().sha256()[..] != row.frozen[..]).then_some(row.id)
                })
                .await?
            }
        };
        self.named(Breach::MailChanged, changed, WHOSE).await
    }

    async fn hashed_there(
        &mut self,
        breach: Breach,
        sql: &'static str,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        let rows = crate::dialect::fetch_all!(self.tx, Row, sql, limit_column(judged.named))?;
        found(breach, rows)
    }

    async fn named(
        &mut self,
        breach: Breach,
        changed: Changed,
        whose: &'static str,
    ) -> Result<Option<Found>, StoreError> {
        let mut rows = Vec::new();
        for id in changed.first {
            let reference = fetch_optional!(self.tx, (String,), whose, id)?;
            rows.push(Row {
                reference: reference.map(|(reference,)| reference),
                subject: Some(id),
                detail: None,
                total: changed.count,
            });
        }
        found(breach, rows)
    }
}

/// Which rows are not what they were: how many, and the first.
struct Changed {
    count: i64,
    first: Vec<Uuid>,
}

async fn gather<R>(
    tx: &mut Transaction<'static, Sqlite>,
    sql: &'static str,
    judged: &Judged,
    changed: impl Fn(&R) -> Option<Uuid>,
) -> Result<Changed, StoreError>
where
    R: for<'r> FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let most: usize = number("named", i64::from(judged.named))?;
    let (mut count, mut first) = (0, Vec::new());
    let mut rows = sqlx::query_as::<_, R>(sql).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        if let Some(id) = changed(&row) {
            count += 1;
            if first.len() < most {
                first.push(id);
            }
        }
    }
    Ok(Changed { count, first })
}

/// What never changes of a mail once it is written.
pub(crate) struct Frozen<'a> {
    id: Uuid,
    enquiry: Uuid,
    message: Option<Uuid>,
    kind: &'a str,
    to_address: &'a str,
    to_compared: &'a str,
    to_name: Option<&'a str>,
    subject: &'a str,
    body_text: &'a str,
    body_html: &'a str,
    message_id: &'a str,
    in_reply_to: Option<&'a str>,
    created_at: i64,
}

impl FrozenRow {
    fn frozen(&self) -> Frozen<'_> {
        Frozen {
            id: self.id,
            enquiry: self.enquiry,
            message: self.message,
            kind: &self.kind,
            to_address: &self.to_address,
            to_compared: &self.to_compared,
            to_name: self.to_name.as_deref(),
            subject: &self.subject,
            body_text: &self.body_text,
            body_html: &self.body_html,
            message_id: &self.message_id,
            in_reply_to: self.in_reply_to.as_deref(),
            created_at: self.created_at,
        }
    }
}

/// The hash under which a mail is kept.
pub(crate) fn frozen(mail: &NewMail) -> [u8; 32] {
    let compared = mail.to_address.normalised();
    let frozen = Frozen {
        id: mail.id.as_uuid(),
        enquiry: mail.enquiry.as_uuid(),
        message: mail.message.map(|id| id.as_uuid()),
        kind: mail.kind.as_str(),
        to_address: mail.to_address.as_str(),
        to_compared: &compared,
        to_name: mail.to_name.as_deref(),
        subject: &mail.subject,
        body_text: &mail.body_text,
        body_html: mail.body_html.as_deref().unwrap_or_default(),
        message_id: &mail.message_id,
        in_reply_to: mail.in_reply_to.as_deref(),
        created_at: mail.created_at.as_millisecond(),
    };
    frozen.sha256()
}

impl Frozen<'_> {
    fn sha256(&self) -> [u8; 32] {
        Sha256::digest(self.text()).into()
    }

    /// Each field with its length in characters before it, so that no two mails are written alike.
    fn text(&self) -> String {
        let mut text = String::with_capacity(self.body_text.len() + self.body_html.len() + 512);
        let mut field = |value: Option<&str>| match value {
            // Writing to a text never fails.
            Some(value) => drop(write!(text, "{}:{value}", value.chars().count())),
            None => text.push('-'),
        };
        field(Some(&self.id.to_string()));
        field(Some(&self.enquiry.to_string()));
        field(self.message.map(|id| id.to_string()).as_deref());
        field(Some(self.kind));
        field(Some(self.to_address));
        field(Some(self.to_compared));
        field(self.to_name);
        field(Some(self.subject));
        field(Some(self.body_text));
        field(Some(self.body_html));
        field(Some(self.message_id));
        field(self.in_reply_to);
        field(Some(&self.created_at.to_string()));
        text
    }
}
