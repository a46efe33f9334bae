//! Compares what people were told, and what the sending server took, with what the database holds.

mod mails;
mod officers;

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Stdio,
    time::Instant,
};

use uuid::Uuid;

use super::{
    Report,
    book::{Channel, Entry},
    mark::Mark,
    processes::Processes,
    rows::{Enquiry, Rows},
    world::World,
};
use crate::sink::{Answer, Came};

/// Everything that is compared.
struct Proof<'a> {
    rows: &'a Rows,
    entries: &'a [Entry],
    /// What came to the sending server.
    came: &'a [Came],
    kills: &'a [Instant],
    /// The enquiry of each message that people wrote.
    belongs: BTreeMap<Mark, Vec<Uuid>>,
    faults: Vec<String>,
}

/// The whole report, but for the seed.
pub(super) fn report(world: &World, processes: &Processes<'_>, unwell: Vec<String>) -> Report {
    let (rows, entries, came) = (Rows::read(world), world.book.entries(), world.sink.came());
    let mut proof = Proof {
        belongs: belongs(&rows),
        rows: &rows,
        entries: &entries,
        came: &came,
        kills: &processes.kills,
        faults: [unwell, world.book.complaints()].concat(),
    };
    proof.every_message_is_there_once();
    proof.every_enquiry_is_acknowledged_once();
    proof.every_promise_runs_or_was_kept();
    proof.every_officers_word_went();
    let sent_again = proof.what_went_twice_had_to();
    proof.the_outbox_and_the_server_agree();
    let mut faults = proof.faults;
    faults.extend(audited(world));
    let different = |answers: &[Answer]| {
        let came = came.iter().filter(|mail| answers.contains(&mail.answer));
        let different: BTreeSet<_> = came.map(|mail| &mail.message_id).collect();
        different.len()
    };
    let accepted = || entries.iter().filter(|entry| entry.accepted);
    let of = |channel| accepted().filter(|entry| entry.channel == channel).count();
    Report {
        seed: 0,
        kills: processes.kills.len(),
        while_starting: processes.while_starting,
        accepted: Channel::ALL.map(|one| (one.plural(), of(one))).into(),
        attached: accepted().filter(|entry| entry.attached.is_some()).count(),
        sent: different(&[Answer::Taken, Answer::Silence]),
        put_off: different(&[Answer::Later]),
        not_answered: different(&[Answer::Silence]),
        refused: different(&[Answer::Never]),
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
            if entry.channel.written_as().is_some() {
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

    /// One running, or an answer that kept it.
    fn every_promise_runs_or_was_kept(&mut self) {
        let mut of: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
        for promise in &self.rows.promises {
            let (running, kept) = of.entry(promise.enquiry).or_default();
            match (promise.outcome.as_str(), promise.kept_by) {
                ("running", None) => *running += 1,
                ("kept", Some(_)) => *kept += 1,
                other => self.faults.push(format!("a promise is {other:?}")),
            }
        }
        for enquiry in self.rows.enquiries.values() {
            let (running, kept) = of.get(&enquiry.id).copied().unwrap_or_default();
            let right = match enquiry.state.as_str() {
                "promised" | "paused" => running == 1,
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
}
