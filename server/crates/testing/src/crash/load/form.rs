//! People who fill in the form, and press again when nobody answers.

use super::{Load, reference};
use crate::crash::{
    book::Channel,
    browser::{Answer, Browser},
    mark::Mark,
};

pub(super) fn write(mut load: Load<'_>) {
    let book = &load.world.book;
    while load.goes_on() {
        let mark = book.begin(Channel::Form, None);
        let mut browser = Browser::new(&load.world.front);
        if let Err(answer) = fill_in(&mut browser, mark) {
            let words = answer.told();
            book.complain(format!("the form of {mark} was answered with {words}"));
            continue;
        }
        book.accept(mark);
        let page = browser.get("/ask/sent");
        match reference(&page.text()) {
            Some(reference) if page.status == 200 => book.refer(mark, &reference),
            _ => book.complain(format!("{mark} was sent and got no reference")),
        }
    }
}

/// Every page, and the last button.
fn fill_in(browser: &mut Browser<'_>, mark: Mark) -> Result<(), Answer> {
    browser.post("/ask", &[]);
    let (message, email) = (
        format!("When does it begin? This is {mark}."),
        mark.address(),
    );
    for (step, fields) in [
        ("topic", &[("topic", "something-else")][..]),
        ("who", &[("kind", "parent"), ("name", "Pat Zebrawood")]),
        ("about-child", &[("about_child", "no")]),
        ("district", &[("district", "not-sure")]),
        ("support", &[]),
        ("message", &[("message", message.as_str())]),
        (
            "reach",
            &[("preference", "email"), ("email", email.as_str())],
        ),
        ("check", &[]),
    ] {
        let answer = browser.post(&format!("/ask/{step}"), fields);
        if answer.status != 303 {
            return Err(answer);
        }
    }
    Ok(())
}
