//! What officers wrote: each message is there once and went once, and what it does was done when it was sent, not before.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Proof;
use crate::crash::{
    book::Entry,
    rows::{Enquiry, Mail, Written},
};

impl Proof<'_> {
    /// Each once in the file and once in the outbox; and what follows from it was done, unless it was refused.
    pub(super) fn every_officers_word_went(&mut self) {
        let refused = self.refused();
        let mut faults = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.accepted) {
            let Some(kind) = entry.channel.written_as() else {
                continue;
            };
            if let Err(words) = self.went(entry, kind, &refused) {
                let (mark, channel) = (entry.mark, entry.channel.plural());
                faults.push(format!("{mark} ({channel}) {words}"));
            }
        }
        self.faults.extend(faults);
    }

    fn went(&self, entry: &Entry, kind: &str, refused: &BTreeSet<&str>) -> Result<(), String> {
        let word = entry.mark.to_string();
        let written = self.rows.written.iter();
        let written: Vec<&Written> = written.filter(|one| one.body.contains(&word)).collect();
        let [message] = written.as_slice() else {
            return Err(format!("is there {} times", written.len()));
        };
        let mails = self.rows.mails.iter();
        let mails: Vec<&Mail> = mails
            .filter(|mail| mail.message == Some(message.id))
            .collect();
        let [mail] = mails.as_slice() else {
            return Err(format!("stands {} times in the outbox", mails.len()));
        };
        let asked = entry.about.and_then(|about| self.enquiry_of(about));
        let enquiry = asked.filter(|asked| asked.id == message.enquiry);
        let enquiry = enquiry.ok_or("stands in another enquiry")?;
        if message.kind != kind {
            return Err(format!("is of the kind {}", message.kind));
        }
        let is_refused = refused.contains(mail.message_id.as_str());
        let delivery = if is_refused { "dead" } else { "sent" };
        if message.delivery.as_deref() != Some(delivery) {
            return Err(format!("is not {delivery}: {:?}", message.delivery));
        }
        let right = match kind {
            "holding-reply" => self.moved_a_promise(message) != is_refused,
            "waiting-for-you" if is_refused => !self.pauses(message, enquiry),
            "waiting-for-you" => self.pauses(message, enquiry) || self.was_chased(enquiry.id),
            _ => self.kept_a_promise(message) != is_refused,
        };
        if right {
            Ok(())
        } else {
            let state = &enquiry.state;
            Err(format!("is {delivery}, and its enquiry is {state}"))
        }
    }

    /// Nobody had answered before.
    fn kept_a_promise(&self, message: &Written) -> bool {
        let mut promises = self.rows.promises.iter();
        promises.any(|promise| promise.kept_by == Some(message.id))
    }

    fn moved_a_promise(&self, message: &Written) -> bool {
        let mut promises = self.rows.promises.iter();
        promises.any(|promise| {
            promise.enquiry == message.enquiry
                && promise.moves == 1
                && Some(&promise.due_on) == message.promises_on.as_ref()
        })
    }

    /// Whether the enquiry waits until the day of this question.
    fn pauses(&self, message: &Written, enquiry: &Enquiry) -> bool {
        let until = self.rows.pauses.get(&message.id);
        let until = until.and_then(Option::as_ref);
        enquiry.state == "paused" && until.is_some() && enquiry.paused_until_on.as_ref() == until
    }

    /// Whether the family wrote again: that ends a pause, or lets none begin.
    fn was_chased(&self, enquiry: Uuid) -> bool {
        let inbound = self.rows.inbound.iter();
        inbound.filter(|(of, _)| *of == enquiry).count() > 1
    }
}
