//! An officer who writes to those whose acknowledgement has gone, to each once: an answer, a word that it needs longer,
//! or a question to wait for.

use std::collections::BTreeSet;

use rand::{Rng, seq::IndexedRandom};

use super::{Load, acknowledgements, calls::once, reference};
use crate::crash::{
    book::Channel,
    browser::{Answer, Browser},
    mark::Mark,
    world::signed_in,
};

pub(super) fn write(mut load: Load<'_>) {
    let (book, world) = (&load.world.book, load.world);
    let mut browser = signed_in(world);
    let mut written_to = BTreeSet::new();
    while load.goes_on() {
        let known = acknowledgements(world);
        let next = known.iter().find(|(mark, _)| !written_to.contains(mark));
        let Some((asked, acknowledgement)) = next else {
            continue;
        };
        written_to.insert(*asked);
        let Some(reference) = reference(&acknowledgement.subject) else {
            book.complain(format!("the acknowledgement of {asked} names no reference"));
            continue;
        };
        let (channel, form) = match load.random.random_range(0..4) {
            0 => (Channel::HoldingReply, &HOLDING_REPLY),
            1 => (Channel::Question, &QUESTION),
            _ => (Channel::Reply, &REPLY),
        };
        let mark = book.begin(channel, Some(*asked));
        let file = format!("/desk/enquiry/{reference}");
        let answer = send(&mut load, &mut browser, &file, form, mark);
        if answer.status == 303 && answer.location == file {
            book.accept(mark);
        } else {
            let (plural, words) = (channel.plural(), answer.told());
            book.complain(format!("{mark} ({plural}) was answered with {words}"));
        }
    }
}

/// A form of the enquiry's file.
struct Form {
    address: &'static str,
    /// The field of the words, and how they begin.
    words: (&'static str, &'static str),
    /// The field in which one of the days is chosen that the page offers.
    day: Option<&'static str>,
    more: &'static [(&'static str, &'static str)],
}

const REPLY: Form = Form {
    address: "reply",
    words: ("reply", "It begins on Monday."),
    day: None,
    more: &[],
};
const HOLDING_REPLY: Form = Form {
    address: "holding-reply",
    words: ("holding_reply", "We have to ask the school."),
    day: Some("promises_on"),
    more: &[],
};
const QUESTION: Form = Form {
    address: "pause",
    words: ("pause", "Which school is it?"),
    day: Some("paused_until"),
    more: &[("waits_for", "answer")],
};

/// Fills it in and sends it.
fn send(
    load: &mut Load<'_>,
    browser: &mut Browser<'_>,
    file: &str,
    form: &Form,
    mark: Mark,
) -> Answer {
    let (field, words) = form.words;
    let (once, typed) = (once(load), format!("{words} This is {mark}."));
    let day = form.day.map(|field| {
        let page = browser.get(file);
        let days = offered(&page.text(), field);
        (field, days.choose(&mut load.random).cloned())
    });
    let mut fields = vec![("once", once.as_str()), (field, typed.as_str())];
    if let Some((field, Some(day))) = &day {
        fields.push((field, day));
    }
    fields.extend(form.more);
    browser.post(&format!("{file}/{}", form.address), &fields)
}

/// What the page offers to choose from in this field.
fn offered(page: &str, field: &str) -> Vec<String> {
    let named = format!("name=\"{field}\"");
    page.split("<input")
        .filter_map(|rest| rest.split_once('>'))
        .filter(|(input, _)| input.contains(&named))
        .filter_map(|(input, _)| input.split_once("value=\"")?.1.split_once('"'))
        .map(|(value, _)| value.to_owned())
        .collect()
}
