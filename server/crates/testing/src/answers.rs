//! Sensible answers to every question of the form; a test changes those that it is about.

use std::collections::BTreeMap;

use domain::form::Fields;
use hub::Step;

/// A filled-in form: a parent in Maidstone asks about a plan and wants an e-mail.
#[derive(Debug, Clone)]
pub struct Answers(BTreeMap<Step, Fields>);

impl Default for Answers {
    fn default() -> Self {
        Self(BTreeMap::new())
            .set(Step::Topic, "topic", "ehc-plan")
            .set(Step::Who, "kind", "parent")
            .set(Step::Who, "name", "Jo Bloggs")
            .set(Step::AboutChild, "about_child", "yes")
            .set(Step::Child, "child_name", "Sam Bloggs")
            .set(Step::Child, "child_school", "Hilltop Primary School")
            .set(Step::District, "district", "maidstone")
            .set(Step::Support, "safe_contact", "")
            .message("When will the speech therapy in the plan begin?")
            .set(Step::Reach, "preference", "email")
            .email("jo.bloggs@example.org")
    }
}

impl Answers {
    /// One field of one page.
    #[must_use]
    pub fn set(mut self, step: Step, field: &str, value: &str) -> Self {
        self.0.entry(step).or_default().set(field, value);
        self
    }

    /// Another topic.
    #[must_use]
    pub fn topic(self, key: &str) -> Self {
        self.set(Step::Topic, "topic", key)
    }

    /// Another district, or `not-sure`.
    #[must_use]
    pub fn district(self, key: &str) -> Self {
        self.set(Step::District, "district", key)
    }

    /// Another name of the person who asks.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        self.set(Step::Who, "name", name)
    }

    /// Another message.
    #[must_use]
    pub fn message(self, text: &str) -> Self {
        self.set(Step::Message, "message", text)
    }

    /// Another address.
    #[must_use]
    pub fn email(self, address: &str) -> Self {
        self.set(Step::Reach, "email", address)
    }

    /// Wants to be called; there is no address.
    #[must_use]
    pub fn by_telephone(self) -> Self {
        self.set(Step::Reach, "preference", "telephone")
            .set(Step::Reach, "telephone", "01632 960123")
            .email("")
    }

    /// What one page is answered with.
    #[must_use]
    pub fn of(&self, step: Step) -> Fields {
        self.0.get(&step).cloned().unwrap_or_default()
    }
}
