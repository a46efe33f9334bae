//! A browser that presses a button again until somebody answers, as people do.

use std::{
    borrow::Cow,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

/// After that long without an answer the test has failed.
const PATIENCE: Duration = Duration::from_secs(120);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Where the processes that serve are, as whatever stands before them knows.
#[derive(Debug, Default)]
pub(super) struct Front(Mutex<Vec<String>>);

impl Front {
    pub(super) fn add(&self, address: &str) {
        self.with(|all| all.push(address.to_owned()));
    }

    pub(super) fn remove(&self, address: &str) {
        self.with(|all| all.retain(|one| one != address));
    }

    /// The next in turn.
    fn next(&self) -> Option<String> {
        self.with(|all| {
            let next = all.first().cloned();
            if !all.is_empty() {
                all.rotate_left(1);
            }
            next
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Vec<String>) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What an answer came to.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) location: String,
    pub(super) body: Vec<u8>,
    set_cookie: Option<String>,
}

impl Answer {
    /// What it came to, for a complaint.
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.status, self.location)
    }

    /// The page.
    pub(super) fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

/// One browser with one cookie.
pub(super) struct Browser<'a> {
    front: &'a Front,
    agent: Agent,
    cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub(super) fn new(front: &'a Front) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .new_agent();
        Self {
            front,
            agent,
            cookie: None,
        }
    }

    pub(super) fn get(&mut self, path: &str) -> Answer {
        self.until_answered(|browser, address| {
            let request = browser.agent.get(format!("{address}{path}"));
            let request = request.header("accept", "text/html");
            request
                .header("cookie", browser.cookie.as_deref().unwrap_or_default())
                .call()
        })
    }

    /// Posts a form, again and again until it is answered by more than a fault of ours.
    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.until_answered(|browser, address| {
            let request = browser.agent.post(format!("{address}{path}"));
            let request = request.header("accept", "text/html");
            request
                .header("origin", address)
                .header("cookie", browser.cookie.as_deref().unwrap_or_default())
                .send_form(fields.iter().copied())
        })
    }

    fn until_answered(
        &mut self,
        ask: impl Fn(&Self, &str) -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Answer {
        let begun = Instant::now();
        loop {
            let address = self.front.next();
            let answered = address.and_then(|address| answer(ask(self, &address).ok()?));
            if let Some(answer) = answered.filter(|answer| answer.status < 500) {
                if let Some(cookie) = &answer.set_cookie {
                    self.cookie = Some(cookie.clone());
                }
                return answer;
            }
            assert!(begun.elapsed() < PATIENCE, "nobody answers");
            thread::sleep(BETWEEN_TRIES);
        }
    }
}

/// `None` where it broke off: a page that nobody could read to its end told them nothing.
fn answer(mut response: ureq::http::Response<ureq::Body>) -> Option<Answer> {
    let header = |name: &str| {
        let value = response.headers().get(name)?;
        Some(value.to_str().ok()?.to_owned())
    };
    let location = header("location").unwrap_or_default();
    let set_cookie = header("set-cookie").and_then(|text| Some(text.split(';').next()?.to_owned()));
    Some(Answer {
        status: response.status().as_u16(),
        location,
        set_cookie,
        body: response.body_mut().read_to_vec().ok()?,
    })
}
