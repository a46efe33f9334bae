//! Proving the promises' invariants from the database alone: judging what the store finds.
//!
//! What each breach means is in `words.rs`; the statements are in `store/src/proof/`.

use domain::clock::london_date;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use store::{Breach, Counts, Database, Found, Judged, StoreError, Trace};

use super::{Audit, Noted, Verdict, words};
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// What was to be done so long ago and is not done is a breach: the sweep comes each minute, and a worker takes what
/// waits within seconds.
pub const GRACE: SignedDuration = SignedDuration::from_mins(10);
/// How many of each breach are named.
const NAMED: u32 = 20;

/// What proving came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// How much was looked at.
    pub counts: Counts,
    /// What is broken, by invariant; nothing when all of them hold.
    pub broken: Vec<Broken>,
}

/// One way in which an invariant is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Which way it is.
    #[serde(skip)]
    pub breach: Breach,
    /// The invariant's number (`server/docs/architecture.md`).
    pub invariant: u8,
    /// What is broken, in plain words.
    pub what: &'static str,
    /// How often, all told.
    pub count: u64,
    /// Where: the first of them.
    pub first: Vec<Place>,
}

/// Where an invariant is broken. Ids and codes alone: never a name, an address or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The enquiry's reference, where the row belongs to one.
    pub reference: Option<String>,
    /// The row's id.
    pub id: Option<String>,
    /// More, in plain words.
    pub more: Option<String>,
}

impl Audit<'_> {
    /// Proves the seven invariants.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not; [`Error::Internal`] when the database cannot be read.
    pub async fn prove(&self, actor: &Actor) -> Result<Proof, Error> {
        may(actor, Act::ProvePromises)?;
        Ok(proof(self.0.database(), self.0.now(), GRACE).await?)
    }
}

/// Proves the seven invariants, and that nobody changed the record of deeds, with nothing but a database: nothing is
/// written, and no settings are asked but the council's, which stand in it.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_database(
    database: &Database,
    now: Timestamp,
    grace: SignedDuration,
    noted: Option<&Noted>,
) -> Result<(Proof, Verdict), StoreError> {
    // Two looks at once: each is one snapshot, and neither needs the other's.
    tokio::try_join!(
        proof(database, now, grace),
        super::verified(database, now, noted)
    )
}

async fn proof(
    database: &Database,
    now: Timestamp,
    grace: SignedDuration,
) -> Result<Proof, StoreError> {
    let late_before = now - grace;
    let judged = Judged {
        now,
        today: london_date(now),
        late_before,
        late_on: london_date(late_before),
        named: NAMED,
    };
    let mut tx = database.snapshot().await?;
    let found = tx.proof().breaches(&judged).await?;
    let counts = tx.proof().counts().await?;
    tx.rollback().await?;
    Ok(Proof {
        counts,
        broken: found.into_iter().map(Broken::from).collect(),
    })
}

impl From<Found> for Broken {
    fn from(found: Found) -> Self {
        let breach = found.breach;
        let place = |trace| Place::of(breach, trace);
        Self {
            breach,
            invariant: breach.invariant(),
            what: words::what(breach),
            count: found.count,
            first: found.first.into_iter().map(place).collect(),
        }
    }
}

impl Place {
    fn of(breach: Breach, trace: Trace) -> Self {
        Self {
            reference: trace.reference,
            id: trace.subject.map(|id| id.to_string()),
            more: trace.detail.map(|detail| words::more(breach, detail)),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told = [&self.reference, &self.id, &self.more];
        let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
        f.write_str(&told.join("  "))
    }
}
