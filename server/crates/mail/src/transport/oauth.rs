//! Signing in to the mail server with OAuth 2 instead of a password: the client credentials grant (RFC 6749,
//! section 4.4), as Microsoft 365 wants it from programs that no person sits at.
//!
//! A token is asked for when the first mail goes out, kept until shortly before it ends, and asked for anew when
//! the mail server refuses it.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::answer::fit_to_keep;

/// For the whole answer of the token's server.
const TIMEOUT: Duration = Duration::from_secs(15);
/// So long before its end a token is no longer used: clocks differ, and a mail takes its time.
const MARGIN: SignedDuration = SignedDuration::from_secs(60);
/// How long a token lives whose server does not say (RFC 6749 only recommends that it does).
const USUAL_LIFE_S: u32 = 600;

/// Where tokens come from, and for whom.
#[derive(Debug, Clone)]
pub struct OAuth {
    /// The token endpoint.
    pub token_url: Url,
    /// Who we are there.
    pub client_id: String,
    /// What proves it.
    pub client_secret: SecretString,
    /// What the token is to be good for, such as `https://outlook.office365.com/.default`.
    pub scope: Option<String>,
}

/// A token, and until when it is used.
#[derive(Debug, Clone)]
struct Token {
    secret: SecretString,
    until: Timestamp,
}

/// What the endpoint answers.
#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: Option<u32>,
}

/// Why it granted nothing (RFC 6749, section 5.2).
#[derive(Deserialize)]
struct Denied {
    error: String,
}

/// The tokens of one mail server.
#[derive(Debug)]
pub(crate) struct Tokens {
    settings: Arc<OAuth>,
    agent: ureq::Agent,
    kept: Mutex<Option<Token>>,
}

impl Tokens {
    pub(crate) fn new(settings: OAuth) -> Self {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        Self {
            settings: Arc::new(settings),
            agent,
            kept: Mutex::new(None),
        }
    }

    /// A token that is good now. One asks; others who need it wait for the same.
    ///
    /// # Errors
    /// Why there is none, in words that hold no secret.
    pub(crate) async fn current(&self, now: Timestamp) -> Result<SecretString, String> {
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| now < token.until) {
            return Ok(token.secret.clone());
        }
        let (settings, agent) = (Arc::clone(&self.settings), self.agent.clone());
        let granted = tokio::task::spawn_blocking(move || ask(&agent, &settings))
            .await
            .map_err(|error| error.to_string())??;
        let life = SignedDuration::from_secs(granted.expires_in.unwrap_or(USUAL_LIFE_S).into());
        let token = Token {
            secret: granted.access_token,
            until: now + life - MARGIN,
        };
        *kept = Some(token.clone());
        Ok(token.secret)
    }

    /// The mail server refused it: the next mail asks for another.
    pub(crate) async fn forget(&self) {
        *self.kept.lock().await = None;
    }
}

fn ask(agent: &ureq::Agent, settings: &OAuth) -> Result<Granted, String> {
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", settings.client_id.as_str()),
        ("client_secret", settings.client_secret.expose_secret()),
    ];
    if let Some(scope) = &settings.scope {
        form.push(("scope", scope));
    }
    let failed = |error: ureq::Error| format!("no token: {}", fit_to_keep(&error.to_string()));
    let mut answer = agent
        .post(settings.token_url.as_str())
        .header("accept", "application/json")
        .send_form(form)
        .map_err(failed)?;
    if answer.status().is_success() {
        return answer.body_mut().read_json().map_err(failed);
    }
    let status = answer.status();
    let denied: Option<Denied> = answer.body_mut().read_json().ok();
    let why = denied.map_or_else(String::new, |denied| fit_to_keep(&denied.error));
    Err(format!(
        "no token: the token's server answered {status} {why}"
    ))
}
