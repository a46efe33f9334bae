//! What went out: nobody is acknowledged twice, what went again had to, and the outbox knows of each mail what the
//! sending server said to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use uuid::Uuid;

use super::Proof;
use crate::{crash::book::Channel, sink::Answer};

impl<'a> Proof<'a> {
    /// The Message-IDs of those that the server refused for good.
    pub(super) fn refused(&self) -> BTreeSet<&'a str> {
        let refused = self.came.iter();
        let refused = refused.filter(|mail| mail.answer == Answer::Never);
        refused.map(|mail| mail.message_id.as_str()).collect()
    }

    /// Written once and sent, or marked as refused; or answered while they called.
    pub(super) fn every_enquiry_is_acknowledged_once(&mut self) {
        let refused = self.refused();
        let mut written: BTreeMap<Uuid, Vec<bool>> = BTreeMap::new();
        for mail in &self.rows.mails {
            if mail.kind == "acknowledgement" {
                let is_refused = refused.contains(mail.message_id.as_str());
                written.entry(mail.enquiry).or_default().push(is_refused);
            }
        }
        let at_once: BTreeSet<Uuid> = self
            .entries
            .iter()
            .filter(|entry| entry.channel == Channel::AnsweredCall)
            .filter_map(|entry| Some(self.enquiry_of(entry.mark)?.id))
            .collect();
        for enquiry in self.rows.enquiries.values() {
            let written = written.get(&enquiry.id).map_or(&[][..], Vec::as_slice);
            let expected = match (at_once.contains(&enquiry.id), written) {
                (true, []) => Some("answered-at-once"),
                (false, [false]) => Some("sent"),
                (false, [true]) => Some("failed"),
                _ => None,
            };
            let state = enquiry.acknowledgement.as_deref();
            if expected.is_none() || state != expected {
                let (reference, count) = (&enquiry.reference, written.len());
                self.faults.push(format!(
                    "{reference} is acknowledged {state:?} by {count} mails"
                ));
            }
        }
    }

    /// A mail came again because the server had said nothing to it, or because it was in flight when somebody was
    /// killed: between its two arrivals one was. Each kill leaves at most one in flight. Gives how many came again.
    pub(super) fn what_went_twice_had_to(&mut self) -> usize {
        let mut last: BTreeMap<&str, (Instant, Answer)> = BTreeMap::new();
        let (mut again, mut in_flight) = (0, 0);
        for mail in self.came.iter().filter(|mail| mail.is_taken()) {
            let id = mail.message_id.as_str();
            let Some((before, answer)) = last.insert(id, (mail.at, mail.answer)) else {
                continue;
            };
            again += 1;
            if answer == Answer::Silence {
                continue;
            }
            in_flight += 1;
            if !self
                .kills
                .iter()
                .any(|kill| (before..=mail.at).contains(kill))
            {
                self.faults
                    .push(format!("{id} came twice, and nobody was killed between"));
            }
        }
        let kills = self.kills.len();
        if in_flight > kills {
            self.blame(format!("{in_flight} mails came again after {kills} kills"));
        }
        again
    }

    /// The outbox says sent where the server said that it took it, and to whom it did; what the server refused stands
    /// in the list that a person clears; and the server has nothing else.
    pub(super) fn the_outbox_and_the_server_agree(&mut self) {
        let refused = self.refused();
        for mail in &self.rows.mails {
            let is_refused = refused.contains(mail.message_id.as_str());
            let right = match mail.state.as_str() {
                "sent" => !is_refused,
                "dead" => is_refused && mail.cleared_at.is_none(),
                _ => false,
            };
            if !right {
                let (kind, state, cleared) = (&mail.kind, &mail.state, mail.cleared_at);
                self.faults.push(format!(
                    "a mail of the kind {kind} is {state}, cleared {cleared:?}, refused {is_refused}"
                ));
            }
        }
        for (id, _, state) in &self.rows.notices {
            if state != "sent" {
                self.faults.push(format!("the notice {id} is {state}"));
            }
        }
        let mails = self.rows.mails.iter();
        let mails = mails.map(|mail| (&mail.message_id, &mail.to_address, &mail.state));
        // Whoever is chased twice without an answer: their team lead is told.
        let notices = self.rows.notices.iter();
        let notices = notices.map(|(id, to, state)| (id, to, state));
        let sent: BTreeSet<(&str, &str)> = mails
            .chain(notices)
            .filter(|(_, _, state)| *state == "sent")
            .map(|(id, to, _)| (id.as_str(), to.as_str()))
            .collect();
        let said = |answers: &[Answer]| -> BTreeSet<(&str, &str)> {
            let came = self.came.iter();
            came.filter(|mail| answers.contains(&mail.answer))
                .map(|mail| (mail.message_id.as_str(), mail.to.as_str()))
                .collect()
        };
        let never_taken = sent.difference(&said(&[Answer::Taken])).count();
        let has = said(&[Answer::Taken, Answer::Silence]);
        let not_known = has.difference(&sent).count();
        if (never_taken, not_known) != (0, 0) {
            self.blame(format!(
                "{never_taken} mails are sent that were never taken; {not_known} were taken that are not sent"
            ));
        }
    }
}
