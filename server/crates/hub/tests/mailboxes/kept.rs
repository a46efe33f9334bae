//! Where messages go in these tests: a list, which tells what it has by what it holds.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use hub::Error;
use hub::mailboxes::{Arrived, TakingIn, TookIn};
use store::StoreError;

/// What it does with the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Willing,
    /// The database is out of reach.
    Away,
    /// It cannot store this very text.
    Chokes(&'static str),
}

/// What was taken in. Clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Kept(Arc<Mutex<(Vec<Arrived>, u32, Mood)>>);

impl Default for Kept {
    fn default() -> Self {
        Self(Arc::new(Mutex::new((Vec::new(), 0, Mood::Willing))))
    }
}

impl Kept {
    /// The messages, in the order in which they came.
    pub(crate) fn messages(&self) -> Vec<Arrived> {
        self.0.lock().unwrap().0.clone()
    }

    /// Their texts' first lines.
    pub(crate) fn subjects(&self) -> Vec<String> {
        let subject = |arrived: &Arrived| {
            let text = String::from_utf8_lossy(&arrived.raw).into_owned();
            let line = text.lines().find_map(|line| line.strip_prefix("Subject: "));
            line.unwrap_or("(none)").to_owned()
        };
        self.messages().iter().map(subject).collect()
    }

    /// How often a message came that was there already.
    pub(crate) fn again(&self) -> u32 {
        self.0.lock().unwrap().1
    }

    pub(crate) fn becomes(&self, mood: Mood) {
        self.0.lock().unwrap().2 = mood;
    }
}

impl TakingIn for Kept {
    fn take_in<'a>(
        &'a self,
        arrived: Arrived,
    ) -> Pin<Box<dyn Future<Output = Result<TookIn, Error>> + Send + 'a>> {
        Box::pin(async move {
            let mut kept = self.0.lock().unwrap();
            match kept.2 {
                Mood::Away => {
                    let reason = "away".to_owned();
                    return Err(StoreError::Unavailable { reason }.into());
                }
                Mood::Chokes(text) if String::from_utf8_lossy(&arrived.raw).contains(text) => {
                    return Err(Error::Internal("too much".into()));
                }
                Mood::Willing | Mood::Chokes(_) => {}
            }
            if kept.0.iter().any(|other| other.raw == arrived.raw) {
                kept.1 += 1;
                return Ok(TookIn::Again);
            }
            kept.0.push(arrived);
            Ok(TookIn::New)
        })
    }
}
