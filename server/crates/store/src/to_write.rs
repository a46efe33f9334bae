//! What the two tables of what people are to be told have in common ([`crate::escalations`], [`crate::hand_overs`]): to
//! whom a notice is to be written next, and that it was.

use domain::ids::NoticeId;
use uuid::Uuid;

use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, Tx};

/// The next address after `$1` to which something of this table is to be written.
macro_rules! next_address {
    ($table:literal) => {
        concat!(
            "SELECT address FROM ",
            $table,
            " WHERE notice IS NULL AND over_at IS NULL AND address > $1 ORDER BY address LIMIT 1"
        )
    };
}

/// The notice `$3` tells `$2` of `$1`.
macro_rules! written {
    ($table:literal, $what:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET notice = $3 WHERE ",
            $what,
            " = $1 AND address = $2 AND notice IS NULL"
        )
    };
}

pub(crate) use {next_address, written};

/// Asks for the next address with [`next_address!`].
pub(crate) async fn next(
    tx: &mut Tx,
    sql: &'static str,
    after: &str,
) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(tx, (String,), sql, after)?;
    Ok(row.map(|(address,)| address))
}

/// Notes with [`written!`] that they were written to. `false` when somebody else did it first.
pub(crate) async fn note(
    tx: &mut Tx,
    sql: &'static str,
    what: Uuid,
    address: &str,
    notice: NoticeId,
) -> Result<bool, StoreError> {
    let changed = execute!(tx, sql, what, address, notice.as_uuid())?;
    Ok(changed > 0)
}
