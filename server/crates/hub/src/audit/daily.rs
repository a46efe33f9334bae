//! The daily audit: once a day, by whichever process comes first, everything is proved that `send-hub audit` proves.
//! What it came to is kept, and administrators are told what was not so the day before.
//!
//! It reads in one snapshot and writes a few rows before and after, so that nobody waits for it. It is no job of the
//! queue: on a big database it takes longer than a job may, and mail would wait behind it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::{london_date, london_time},
    codes::Role,
    email::EmailAddress,
    ids::{MailId, NoticeId},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use mail::letters::{AuditNotice, audit_notice};
use store::{DailyAudit, Finding, Tx};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{Audit, ChainFault, GRACE, Proof, Verdict, of_database, words};
use crate::{
    Actor, Error, Hub,
    jobs::{self, Kind},
    policy::{Act, may},
};

/// It begins at this hour of London's day, or as soon after as the hub runs: at night little else is done.
const FROM_HOUR: i8 = 4;
/// Whoever began and has not ended by then has died.
const AT_MOST: SignedDuration = SignedDuration::from_hours(1);
/// How often it is looked whether it is due.
const BETWEEN_LOOKS: std::time::Duration = std::time::Duration::from_mins(1);
/// A last good audit that is older is a concern.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(48);
/// How many days are told.
const DAYS: u32 = 14;

/// What the audit of a day came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedDay {
    /// The day, in London.
    pub on: Date,
    /// When it ended.
    pub ended_at: Timestamp,
    /// How long it took.
    pub took: SignedDuration,
    /// How many enquiries it looked at.
    pub enquiries: u64,
    /// How many messages.
    pub messages: u64,
    /// What was not as it should be, and in how many places; nothing when all was well.
    pub found: Vec<(&'static str, u64)>,
}

/// How the daily audit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The last fourteen, the latest first.
    pub days: Vec<AuditedDay>,
    /// What is to be seen to, if anything is.
    pub concern: Option<Concern>,
}

/// Something about the daily audit that a person must see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// The last one found something, in so many places.
    Broken {
        /// In how many.
        places: u64,
    },
    /// The last one was well, but two days ago or more: nobody has looked since.
    Old {
        /// When it was.
        since: Timestamp,
    },
}

impl Audit<'_> {
    /// Does the audit of today, if it is time and nobody has. Says whether it did.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database is out of reach. It is due again an hour after it began.
    pub async fn daily(&self) -> Result<bool, Error> {
        let hub = self.0;
        let begun_at = hub.now();
        if london_time(begun_at).hour() < FROM_HOUR {
            return Ok(false);
        }
        let mut tx = hub.database().read().await?;
        let is_due = tx.daily_audits().is_due(begun_at).await?;
        drop(tx);
        if !is_due {
            return Ok(false);
        }
        let mut tx = hub.database().begin().await?;
        let ours = tx
            .daily_audits()
            .begin(begun_at, begun_at + AT_MOST)
            .await?;
        tx.commit().await?;
        if !ours {
            return Ok(false);
        }
        let (proof, verdict) = of_database(hub.database(), begun_at, GRACE, None).await?;
        let audit = DailyAudit {
            on: london_date(begun_at),
            begun_at,
            ended_at: hub.now(),
            enquiries: proof.counts.enquiries,
            messages: proof.counts.messages,
            findings: findings(&proof, &verdict),
        };
        keep(hub, &audit).await?;
        Ok(true)
    }

    /// How the daily audit stands, for people.
    ///
    /// # Errors
    /// [`Error::NotFound`] for those who may not know.
    pub async fn days(&self, actor: &Actor) -> Result<Standing, Error> {
        may(actor, Act::ProvePromises)?;
        self.standing().await
    }

    /// How the daily audit stands, for the metrics and the doctor.
    ///
    /// # Errors
    /// [`Error::Internal`] when it cannot be read.
    pub async fn standing(&self) -> Result<Standing, Error> {
        let mut tx = self.0.database().read().await?;
        let days = tx.daily_audits().latest(DAYS).await?;
        let days: Vec<AuditedDay> = days.into_iter().map(AuditedDay::from).collect();
        let concern = days.first().and_then(|last| concern(last, self.0.now()));
        Ok(Standing { days, concern })
    }
}

/// Does it every day, until it is told to stop. What is under way then is left: it has written nothing.
///
/// A process that has just begun first gets the time that anything has: what fell due while none ran is being done, and
/// is no fault.
pub(crate) async fn follow(hub: &Hub, stop: &CancellationToken) {
    let mut wait = GRACE.unsigned_abs();
    loop {
        let look = async {
            sleep(wait).await;
            if let Err(error) = hub.audit().daily().await {
                tracing::error!(%error, "the daily audit failed");
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = look => {}
        }
        wait = BETWEEN_LOOKS;
    }
}

fn concern(last: &AuditedDay, now: Timestamp) -> Option<Concern> {
    let places = last.found.iter().map(|(_, places)| places).sum();
    if places > 0 {
        return Some(Concern::Broken { places });
    }
    let since = last.ended_at;
    (now.duration_since(since) > GOOD_FOR).then_some(Concern::Old { since })
}

/// What is kept of a proof: kinds and how often, never where. `send-hub audit` names the places.
fn findings(proof: &Proof, verdict: &Verdict) -> Vec<Finding> {
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for broken in &proof.broken {
        *found.entry(broken.breach.as_str()).or_default() += broken.count;
    }
    for fault in &verdict.faults {
        let (kind, places) = match fault {
            ChainFault::Missing { .. } | ChainFault::NotTheNoted { .. } => {
                (words::RECORD_MISSING, 1)
            }
            ChainFault::Changed { .. } => (words::RECORD_CHANGED, 1),
            ChainFault::Unsealed { rows } => (words::RECORD_UNSEALED, *rows),
        };
        *found.entry(kind).or_default() += places;
    }
    found
        .into_iter()
        .map(|(kind, places)| Finding {
            kind: kind.to_owned(),
            places,
        })
        .collect()
}

/// Writes down what it came to, and to administrators where it found what the one before did not.
async fn keep(hub: &Hub, audit: &DailyAudit) -> Result<(), Error> {
    let mut tx = hub.database().begin().await?;
    let before = tx.daily_audits().latest(1).await?.pop();
    if !tx.daily_audits().end(audit).await? {
        return Ok(());
    }
    let known: BTreeSet<&str> = before
        .iter()
        .flat_map(|before| &before.findings)
        .map(|finding| finding.kind.as_str())
        .collect();
    let new: Vec<(&'static str, u64)> = audit
        .findings
        .iter()
        .filter(|finding| !known.contains(finding.kind.as_str()))
        .map(in_words)
        .collect();
    if !new.is_empty() {
        for address in administrators(hub, &mut tx).await? {
            tell(hub, &mut tx, address, &new).await?;
        }
    }
    tx.commit().await?;
    if audit.findings.is_empty() {
        tracing::info!(
            enquiries = audit.enquiries,
            "the daily audit found all well"
        );
    } else {
        let kinds: Vec<&str> = audit.findings.iter().map(|one| one.kind.as_str()).collect();
        tracing::error!(?kinds, "the daily audit found what is not as it should be");
    }
    hub.jobs_waiting().ring();
    Ok(())
}

/// Those who run the hub, there or away; while there are none, the council's own address.
async fn administrators(hub: &Hub, tx: &mut Tx) -> Result<Vec<EmailAddress>, Error> {
    let accounts = tx.accounts().list().await?;
    let mut to: Vec<EmailAddress> = accounts
        .into_iter()
        .filter(|account| account.role == Role::Administrator && account.disabled_at.is_none())
        .map(|account| account.email)
        .collect();
    if to.is_empty() {
        to.push(hub.council().contact.email.clone());
    }
    Ok(to)
}

async fn tell(
    hub: &Hub,
    tx: &mut Tx,
    to: EmailAddress,
    findings: &[(&'static str, u64)],
) -> Result<(), Error> {
    let now = hub.now();
    let council = hub.council();
    let id = hub.random(|random| NoticeId::generate(now, random));
    let mail = MailId::from_uuid(id.as_uuid());
    let letter = audit_notice(&AuditNotice {
        council: &council,
        mail,
        findings,
    })
    .map_err(Error::internal)?;
    let notice = jobs::waiting_notice(hub, id, to, letter);
    tx.notices().insert(&notice).await?;
    jobs::enqueue(hub, tx, Kind::SendNotice, id.as_uuid(), now).await?;
    Ok(())
}

fn in_words(finding: &Finding) -> (&'static str, u64) {
    (words::of_kind(&finding.kind), finding.places)
}

impl From<DailyAudit> for AuditedDay {
    fn from(audit: DailyAudit) -> Self {
        Self {
            on: audit.on,
            ended_at: audit.ended_at,
            took: audit.ended_at.duration_since(audit.begun_at),
            enquiries: audit.enquiries,
            messages: audit.messages,
            found: audit.findings.iter().map(in_words).collect(),
        }
    }
}
