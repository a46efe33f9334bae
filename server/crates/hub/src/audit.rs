//! The record of deeds: sealing it, and proving that nobody changed it; and proving the promises' invariants
//! (`prove.rs`).
//!
//! Every use case writes its rows in its own transaction; the sweep seals them within a minute
//! ([`Audit::seal`]); `send-hub audit` calls [`of_database`], which does both proofs, and so does the hub by itself once a
//! day (`daily.rs`).

mod daily;
mod prove;
mod words;

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use store::{ChainHead, Checked, Database, Seal, StoreError};

pub(crate) use self::daily::follow;
pub use self::daily::{AuditedDay, Concern, Standing};
pub use self::prove::{Broken, GRACE, Place, Proof, of_database};

use crate::{
    Actor, Error, Hub,
    policy::{Act, may},
};

/// Rows sealed in one transaction: it holds the writer for milliseconds.
const AT_ONCE: u32 = 100;
/// Rows checked at a time.
const PAGE: u32 = 1_000;
/// A row that waits longer for its seal is a fault: the sweep comes every minute.
const LATEST: SignedDuration = SignedDuration::from_mins(10);
/// More faults than a person can read tell nothing more.
const FAULTS: usize = 100;

/// The record of deeds.
#[derive(Debug, Clone, Copy)]
pub struct Audit<'h>(pub(crate) &'h Hub);

/// What checking the chain came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How far the chain goes. Noted elsewhere, it proves later that nothing before it was changed.
    pub head: ChainHead,
    /// What is wrong, the earliest first; at most a hundred.
    pub faults: Vec<ChainFault>,
}

/// Something wrong in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainFault {
    /// A row or its seal is gone.
    #[error("place {position} of the audit is missing")]
    Missing {
        /// Its place.
        position: u64,
    },
    /// A row, its seal or the one before it is not what it was.
    #[error("place {position} of the audit was changed")]
    Changed {
        /// Its place.
        position: u64,
    },
    /// A head that was noted is not in the chain.
    #[error("place {position} of the audit does not have the seal that was noted for it")]
    NotTheNoted {
        /// Its place.
        position: u64,
    },
    /// Rows that should have been sealed.
    #[error("{rows} deeds have no seal")]
    Unsealed {
        /// How many.
        rows: u64,
    },
}

/// A head of the chain that was noted earlier, as it is written: `POSITION:SEAL`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    position: u64,
    seal: String,
}

impl std::str::FromStr for Noted {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "write it as it was printed: a number, a colon and 64 letters and digits";
        let (position, seal) = text.trim().split_once(':').ok_or(wrong)?;
        let hex = seal.len() == 64 && seal.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !hex {
            return Err(wrong);
        }
        Ok(Self {
            position: position.parse().map_err(|_| wrong)?,
            seal: seal.to_ascii_lowercase(),
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.head.position, self.head.seal)
    }
}

impl Audit<'_> {
    /// Seals every row that waits.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be written.
    pub async fn seal(&self) -> Result<(), Error> {
        loop {
            let mut tx = self.0.database().begin().await?;
            let sealed = tx.audit().seal(AT_ONCE).await?;
            tx.commit().await?;
            if sealed < AT_ONCE as usize {
                return Ok(());
            }
        }
    }

    /// Goes through the whole chain and makes every seal again.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not; [`Error::Internal`] when it cannot be read.
    pub async fn verify(&self, actor: &Actor, noted: Option<&Noted>) -> Result<Verdict, Error> {
        may(actor, Act::ReadAudit)?;
        Ok(verified(self.0.database(), self.0.now(), noted).await?)
    }
}

async fn verified(
    database: &Database,
    now: Timestamp,
    noted: Option<&Noted>,
) -> Result<Verdict, StoreError> {
    let mut walk = Walk::new(noted);
    let mut tx = database.snapshot().await?;
    loop {
        let page = tx.audit().check(walk.head, PAGE).await?;
        for row in &page {
            walk.step(row);
        }
        if page.len() < PAGE as usize {
            break;
        }
    }
    let rows = tx.audit().unsealed(now - LATEST).await?;
    Ok(walk.end(rows))
}

/// Where the check stands, and what it found.
struct Walk<'n> {
    head: ChainHead,
    noted: Option<&'n Noted>,
    faults: Vec<ChainFault>,
}

impl<'n> Walk<'n> {
    const fn new(noted: Option<&'n Noted>) -> Self {
        Self {
            head: ChainHead {
                position: 0,
                seal: Seal::NONE,
            },
            noted,
            faults: Vec::new(),
        }
    }

    fn step(&mut self, row: &Checked) {
        let next = self.head.position + 1;
        if row.position != next {
            self.fault(ChainFault::Missing { position: next });
        } else if row.found != row.expected {
            self.fault(ChainFault::Changed {
                position: row.position,
            });
        }
        if let Some(noted) = self.noted.filter(|noted| noted.position == row.position) {
            if noted.seal != row.found.to_string() {
                self.fault(ChainFault::NotTheNoted {
                    position: row.position,
                });
            }
            self.noted = None;
        }
        self.head = ChainHead {
            position: row.position,
            seal: row.found,
        };
    }

    fn fault(&mut self, fault: ChainFault) {
        if self.faults.len() < FAULTS {
            self.faults.push(fault);
        }
    }

    fn end(mut self, unsealed: u64) -> Verdict {
        if let Some(noted) = self.noted.filter(|noted| noted.position > 0) {
            self.fault(ChainFault::NotTheNoted {
                position: noted.position,
            });
        }
        if unsealed > 0 {
            self.fault(ChainFault::Unsealed { rows: unsealed });
        }
        Verdict {
            head: self.head,
            faults: self.faults,
        }
    }
}
