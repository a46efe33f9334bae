//! An OAuth 2 server of two addresses: it gives out tokens, and tells Dovecot which are good.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// The user whom every token is for.
const USER: &str = "hub@example.org";

#[derive(Debug)]
struct State {
    /// How many tokens were given out; only the newest is good.
    given: u32,
    /// The number of one that is not good.
    revoked: u32,
    life_s: u32,
}

/// Gives out tokens for `hub@example.org`; only the newest one is good.
#[derive(Debug)]
pub struct TokenServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl TokenServer {
    /// Who is given a token: client and secret.
    pub const CLIENT: (&'static str, &'static str) = ("hub", "client secret");

    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let state = Arc::new(Mutex::new(State {
            given: 0,
            revoked: 0,
            life_s: 3600,
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &state));
            }
        });
        Self { port, state }
    }

    pub(super) const fn port(&self) -> u16 {
        self.port
    }

    /// Where tokens are asked for.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/token", self.port)
    }

    /// How many tokens were given out so far.
    #[must_use]
    pub fn given(&self) -> u32 {
        self.state().given
    }

    /// The next token is worthless, though its time has not come.
    pub fn revoke_the_next(&self) {
        let mut state = self.state();
        state.revoked = state.given + 1;
    }

    /// How long the next tokens live.
    pub fn live(&self, seconds: u32) {
        self.state().life_s = seconds;
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut request = String::new();
    reader.read_line(&mut request).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        let lower = line.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let form: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| {
        let found = form.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    };
    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, json) = if request.contains("/introspect") {
        let newest = format!("token-{}", state.given);
        let good = field("token") == Some(newest.as_str()) && state.given != state.revoked;
        (
            "200 OK",
            format!(r#"{{"active": {good}, "username": "{USER}"}}"#),
        )
    } else if field("grant_type") == Some("client_credentials")
        && (field("client_id"), field("client_secret"))
            == (Some(TokenServer::CLIENT.0), Some(TokenServer::CLIENT.1))
    {
        state.given += 1;
        let (given, life_s) = (state.given, state.life_s);
        let json = format!(
            r#"{{"access_token": "token-{given}", "token_type": "Bearer", "expires_in": {life_s}}}"#
        );
        ("200 OK", json)
    } else {
        (
            "401 Unauthorized",
            r#"{"error": "invalid_client"}"#.to_owned(),
        )
    };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}",
        json.len()
    )
    .ok()
}
