//! What belongs to the installation as a whole: which key it signs with, and whether it moved away.

use jiff::Timestamp;

use crate::columns::instant;
use crate::dialect::{execute, fetch_optional};
use crate::{StoreError, Tx};

/// What belongs to the installation as a whole.
#[derive(Debug)]
pub struct Installation<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl Installation<'_> {
    /// The fingerprint of the key that signed the links which were sent; `None` before the first start.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn key_fingerprint(&mut self) -> Result<Option<Vec<u8>>, StoreError> {
        const SQL: &str = "SELECT fingerprint FROM key_fingerprints";
        let row = fetch_optional!(self.tx, (Vec<u8>,), SQL)?;
        Ok(row.map(|(fingerprint,)| fingerprint))
    }

    /// Signs with another key from now on. Two servers that start at once keep the first one's.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn keep_key_fingerprint(&mut self, fingerprint: &[u8]) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO key_fingerprints (place, fingerprint) VALUES (1, $1) \
                           ON CONFLICT (place) DO NOTHING";
        execute!(self.tx, SQL, fingerprint)?;
        Ok(())
    }

    /// Forgets which key signed: the next start may bring another.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_key(&mut self) -> Result<(), StoreError> {
        execute!(self.tx, "DELETE FROM key_fingerprints")?;
        Ok(())
    }

    /// When everything here was moved to another database; `None` while it is the one that counts.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn moved_at(&mut self) -> Result<Option<Timestamp>, StoreError> {
        let row = fetch_optional!(self.tx, (i64,), "SELECT moved_at FROM moved_away LIMIT 1")?;
        row.map(|(moved_at,)| instant("moved_away.moved_at", moved_at))
            .transpose()
    }
}
