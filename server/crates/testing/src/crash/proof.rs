//! Compares what people were told, and what the sending server took, with what the database holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Stdio,
    time::Instant,
};

use uuid::Uuid;

use super::{
    Report,
    book::{Channel, Entry, Mark},
    processes::Processes,
    rows::{Enquiry, Rows},
    world::World,
};
use crate::sink::Taken;

/// Everything that is compared.
struct Proof<'a> {
    rows: &'a Rows,
    entries: &'a [Entry],
    taken: &'a [Taken],
    kills: &'a [Instant],
    /// The enquiry of each message that people wrote.
    belongs: BTreeMap<Mark, Vec<Uuid>>,
    faults: Vec<String>,
}

/// The whole report, but for the seed.
pub(super) fn report(world: &World, processes: &Processes<'_>, unwell: Vec<String>) -> Report {
    let (rows, entries, taken) = (Rows::read(world), world.book.entries(), world.sink.taken());
    let mut proof = Proof {
        belongs: belongs(&rows),
        rows: &rows,
        entries: &entries,
        taken: &taken,
        kills: &processes.kills,
        faults: [unwell, world.book.complaints()].concat(),
    };
    proof.every_message_is_there_once();
    proof.every_enquiry_is_acknowledged_once();
    proof.every_promise_runs_or_was_kept();
    proof.every_reply_went();
    let sent_again = proof.what_went_twice_had_a_kill_between();
    proof.the_outbox_and_the_server_agree();
    let mut faults = proof.faults;
    faults.extend(audited(world));
    let different: BTreeSet<_> = taken.iter().map(|mail| &mail.message_id).collect();
    let of = |channel| {
        let accepted = entries.iter().filter(|entry| entry.accepted);
        accepted.filter(|entry| entry.channel == channel).count()
    };
    Report {
        seed: 0,
        kills: processes.kills.len(),
        while_starting: processes.while_starting,
        accepted: Channel::ALL.map(|one| (one.plural(), of(one))).into(),
        sent: different.len(),
        sent_again,
        quarantined: rows.quarantined.len(),
        audits: world.book.audits(),
        faults,
    }
}

/// What `send-hub audit` finds.
pub(super) fn audited(world: &World) -> Option<String> {
    let mut command = world.command();
    let audit = command.arg("audit").stdout(Stdio::piped()).output();
    let audit = audit.expect("send-hub audit");
    let words = [audit.stdout, audit.stderr].concat();
    let words = String::from_utf8_lossy(&words);
    (!audit.status.success()).then(|| format!("the audit ended with {}: {words}", audit.status))
}

fn belongs(rows: &Rows) -> BTreeMap<Mark, Vec<Uuid>> {
    let mut belongs: BTreeMap<Mark, Vec<Uuid>> = BTreeMap::new();
    for (enquiry, body) in &rows.inbound {
        if let Some(mark) = Mark::in_text(body) {
            belongs.entry(mark).or_default().push(*enquiry);
        }
    }
    belongs
}

impl Proof<'_> {
    fn blame(&mut self, words: String) {
        self.faults.push(words);
    }

    fn enquiry_of(&self, mark: Mark) -> Option<&Enquiry> {
        let id = self.belongs.get(&mark)?.first()?;
        self.rows.enquiries.get(id)
    }

    /// In the database once, in the enquiry that it belongs to; or in the quarantine.
    fn every_message_is_there_once(&mut self) {
        for entry in self.entries {
            let (mark, channel) = (entry.mark, entry.channel.plural());
            if entry.channel == Channel::Reply {
                continue;
            }
            let times = self.belongs.get(&mark).map_or(0, Vec::len);
            let word = mark.to_string();
            let aside = self.rows.quarantined.iter();
            let aside = aside.filter(|raw| raw.contains(&word)).count();
            let least = usize::from(entry.accepted);
            if times + aside > 1 || times + aside < least {
                self.blame(format!("{mark} ({channel}) is there {times} times"));
            }
            if times == 1 {
                self.it_is_where_it_belongs(entry);
            }
        }
    }

    fn it_is_where_it_belongs(&mut self, entry: &Entry) {
        let mark = entry.mark;
        let Some(enquiry) = self.enquiry_of(mark) else {
            return self.blame(format!("{mark} is in an enquiry that is not there"));
        };
        let (id, reference) = (enquiry.id, enquiry.reference.clone());
        if let Some(told) = entry.reference.as_ref().filter(|told| **told != reference) {
            self.blame(format!("{mark} was told {told} and is in {reference}"));
        }
        let first = entry.about.and_then(|about| self.enquiry_of(about));
        if first.is_some_and(|first| first.id != id) {
            self.blame(format!("the follow-up {mark} is in another enquiry"));
        }
    }

    /// Written once and sent; or answered while they called.
    fn every_enquiry_is_acknowledged_once(&mut self) {
        let mut written: BTreeMap<Uuid, usize> = BTreeMap::new();
        for mail in &self.rows.mails {
            if mail.kind == "acknowledgement" {
                *written.entry(mail.enquiry).or_default() += 1;
            }
        }
        let at_once: BTreeSet<Uuid> = self
            .entries
            .iter()
            .filter(|entry| entry.channel == Channel::AnsweredCall)
            .filter_map(|entry| Some(self.enquiry_of(entry.mark)?.id))
            .collect();
        for enquiry in self.rows.enquiries.values() {
            let expected = if at_once.contains(&enquiry.id) {
                (Some("answered-at-once"), 0)
            } else {
                (Some("sent"), 1)
            };
            let found = written.get(&enquiry.id).copied().unwrap_or(0);
            let state = enquiry.acknowledgement.as_deref();
            if (state, found) != expected {
                let reference = &enquiry.reference;
                self.faults.push(format!(
                    "{reference} is acknowledged {state:?} by {found} mails"
                ));
            }
        }
    }

    /// One running, or an answer that kept it.
    fn every_promise_runs_or_was_kept(&mut self) {
        let mut of: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
        for (enquiry, outcome, kept_by) in &self.rows.promises {
            let (running, kept) = of.entry(*enquiry).or_default();
            match (outcome.as_str(), kept_by) {
                ("running", None) => *running += 1,
                ("kept", Some(_)) => *kept += 1,
                other => self.faults.push(format!("a promise is {other:?}")),
            }
        }
        for enquiry in self.rows.enquiries.values() {
            let (running, kept) = of.get(&enquiry.id).copied().unwrap_or_default();
            let right = match enquiry.state.as_str() {
                "promised" => running == 1,
                "answered" => running == 0 && kept > 0,
                _ => false,
            };
            if !right {
                let (reference, state) = (&enquiry.reference, &enquiry.state);
                self.faults.push(format!(
                    "{reference} is {state} with {running} running and {kept} kept promises"
                ));
            }
        }
    }

    /// Each once in the file and once in the outbox; and it kept a promise, for nobody had answered before.
    fn every_reply_went(&mut self) {
        let kept_by: BTreeSet<Uuid> = self
            .rows
            .promises
            .iter()
            .filter_map(|(_, _, kept_by)| *kept_by)
            .collect();
        for entry in self.entries {
            if entry.channel != Channel::Reply || !entry.accepted {
                continue;
            }
            let word = entry.mark.to_string();
            let written = self.rows.replies.iter();
            let written: Vec<_> = written
                .filter(|(_, _, body)| body.contains(&word))
                .collect();
            let asked = entry.about.and_then(|about| self.enquiry_of(about));
            let right = match written.as_slice() {
                [(id, enquiry, _)] => {
                    let mails = self.rows.mails.iter();
                    let mails = mails.filter(|mail| mail.message == Some(*id));
                    mails.count() == 1
                        && kept_by.contains(id)
                        && asked.is_some_and(|asked| asked.id == *enquiry)
                }
                _ => false,
            };
            if !right {
                let times = written.len();
                self.blame(format!(
                    "the reply {word} is there {times} times, or kept nothing"
                ));
            }
        }
    }

    /// A mail that came again was in flight when somebody was killed: between its two arrivals one was. Each kill
    /// leaves at most one in flight. Gives how many came again.
    fn what_went_twice_had_a_kill_between(&mut self) -> usize {
        let mut last: BTreeMap<&str, Instant> = BTreeMap::new();
        let mut again = 0;
        for mail in self.taken {
            if let Some(before) = last.insert(&mail.message_id, mail.at) {
                again += 1;
                let between = |kill: &&Instant| (before..=mail.at).contains(*kill);
                if self.kills.iter().find(between).is_none() {
                    let id = &mail.message_id;
                    self.faults
                        .push(format!("{id} came twice, and nobody was killed between"));
                }
            }
        }
        if again > self.kills.len() {
            let kills = self.kills.len();
            self.blame(format!("{again} mails came again after {kills} kills"));
        }
        again
    }

    /// The server has what the outbox says is sent, to whom it says, and nothing else.
    fn the_outbox_and_the_server_agree(&mut self) {
        let taken: BTreeSet<(&str, &str)> = self
            .taken
            .iter()
            .map(|mail| (mail.message_id.as_str(), mail.to.as_str()))
            .collect();
        let mails = self.rows.mails.iter();
        let mails = mails.filter(|mail| mail.state == "sent");
        let mails = mails.map(|mail| (mail.message_id.as_str(), mail.to_address.as_str()));
        // Whoever is chased twice without an answer: their team lead is told.
        let notices = self.rows.notices.iter();
        let notices = notices.filter(|(_, _, state)| state == "sent");
        let notices = notices.map(|(id, to, _)| (id.as_str(), to.as_str()));
        let sent: BTreeSet<(&str, &str)> = mails.chain(notices).collect();
        for mail in &self.rows.mails {
            if mail.state != "sent" {
                let (kind, state) = (&mail.kind, &mail.state);
                self.faults
                    .push(format!("a mail of the kind {kind} is {state}"));
            }
        }
        let never_came = sent.difference(&taken).count();
        let not_known = taken.difference(&sent).count();
        if (never_came, not_known) != (0, 0) {
            self.blame(format!(
                "{never_came} mails are sent that never came; {not_known} came that are not sent"
            ));
        }
    }
}
