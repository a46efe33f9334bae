//! A mail server for tests: it keeps what it takes, and fails when it is told to.

use std::{
    collections::VecDeque,
    future::pending,
    panic::resume_unwind,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use mail::{Accepted, OutgoingMail, SendError, Transport, transport::Sending};
use tokio::sync::Notify;

/// A mail that the catcher took.
#[derive(Debug, Clone)]
pub struct CaughtMail {
    /// The mail, with its private link filled in.
    pub mail: OutgoingMail,
    /// When it was sent.
    pub at: Timestamp,
}

impl CaughtMail {
    /// The Internet message as a server would get it.
    ///
    /// # Panics
    /// When the mail cannot be packed.
    #[must_use]
    pub fn message(&self) -> String {
        let message = self
            .mail
            .to_message(self.at)
            .expect("a mail that can be packed");
        String::from_utf8_lossy(&message.formatted()).into_owned()
    }

    /// The headers alone.
    #[must_use]
    pub fn headers(&self) -> String {
        let message = self.message();
        let end = message.find("\r\n\r\n").unwrap_or(message.len());
        message[..end].to_owned()
    }

    /// The last part of the private link that stands in the text.
    ///
    /// # Panics
    /// When there is no link.
    #[must_use]
    pub fn link_token(&self) -> String {
        self.token_after("/enquiry/")
    }

    /// The last part of the invitation's link that stands in the text.
    ///
    /// # Panics
    /// When there is no link.
    #[must_use]
    pub fn invitation_token(&self) -> String {
        self.token_after("/desk/invitation/")
    }

    fn token_after(&self, path: &str) -> String {
        let (_, after) = self.mail.text.split_once(path).expect("a private link");
        after
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
            .collect()
    }
}

/// What happens to a mail that is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Take,
    Delay,
    Refuse,
    Hang,
    Break,
    TakeAndHang,
}

#[derive(Default)]
struct Inner {
    taken: Mutex<Vec<CaughtMail>>,
    plan: Mutex<VecDeque<Answer>>,
    down: Mutex<bool>,
    handed_over: Notify,
}

/// Takes mail and keeps it. Clones share what they took.
#[derive(Clone, Default)]
pub struct MailCatcher(Arc<Inner>);

impl MailCatcher {
    /// Everything taken so far, the first first; a mail sent twice is there twice.
    #[must_use]
    pub fn taken(&self) -> Vec<CaughtMail> {
        held(&self.0.taken).clone()
    }

    /// The only mail taken so far.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[must_use]
    pub fn only(&self) -> CaughtMail {
        let taken = self.taken();
        assert_eq!(taken.len(), 1, "mails taken");
        taken.into_iter().next().expect("one mail")
    }

    /// The server is out of reach from now on.
    pub fn go_down(&self) {
        *held(&self.0.down) = true;
    }

    /// The server is back.
    pub fn come_back(&self) {
        *held(&self.0.down) = false;
    }

    /// The next mail is answered with a fault that passes.
    pub fn delay_next(&self) {
        held(&self.0.plan).push_back(Answer::Delay);
    }

    /// The next mail is refused for good.
    pub fn refuse_next(&self) {
        held(&self.0.plan).push_back(Answer::Refuse);
    }

    /// The next mail gets no answer at all, and is not taken.
    pub fn hang_next(&self) {
        held(&self.0.plan).push_back(Answer::Hang);
    }

    /// The work on the next mail breaks off, as a fault of ours does.
    pub fn break_next(&self) {
        held(&self.0.plan).push_back(Answer::Break);
    }

    /// The next mail is taken, but the answer that says so never arrives.
    pub fn take_next_and_hang(&self) {
        held(&self.0.plan).push_back(Answer::TakeAndHang);
    }

    /// Waits until a mail is handed over, whatever becomes of it.
    pub async fn handed_over(&self) {
        self.0.handed_over.notified().await;
    }

    fn keep(&self, mail: &OutgoingMail, at: Timestamp) {
        held(&self.0.taken).push(CaughtMail {
            mail: mail.clone(),
            at,
        });
    }

    async fn answer(&self, mail: &OutgoingMail, at: Timestamp) -> Result<Accepted, SendError> {
        let planned = held(&self.0.plan).pop_front();
        let answer = match planned {
            Some(answer) => answer,
            None if *held(&self.0.down) => Answer::Delay,
            None => Answer::Take,
        };
        if matches!(answer, Answer::Take | Answer::TakeAndHang) {
            self.keep(mail, at);
        }
        self.0.handed_over.notify_one();
        match answer {
            Answer::Take => Ok(Accepted {
                answer: "250 2.0.0 taken".to_owned(),
            }),
            Answer::Delay => Err(SendError::Transient {
                reason: "451 4.3.0 try later".to_owned(),
            }),
            Answer::Refuse => Err(SendError::Permanent {
                reason: "550 5.1.1 no such mailbox".to_owned(),
            }),
            Answer::Break => resume_unwind(Box::new("a fault of ours")),
            Answer::Hang | Answer::TakeAndHang => pending().await,
        }
    }
}

impl Transport for MailCatcher {
    fn send<'a>(&'a self, mail: &'a OutgoingMail, at: Timestamp) -> Sending<'a> {
        Box::pin(self.answer(mail, at))
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for MailCatcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailCatcher")
            .field("taken", &held(&self.0.taken).len())
            .finish_non_exhaustive()
    }
}
