//! Passwords: argon2id with the parameters that OWASP names (19 MiB, 2 passes, 1 lane).

use std::sync::LazyLock;

use argon2::{Argon2, PasswordHash, PasswordHasher, PasswordVerifier, password_hash::SaltString};
use secrecy::{ExposeSecret, SecretString};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::password_rules::{self, KnownWords};
use crate::{Error, Hub};

/// Hashing takes 19 MiB and tens of milliseconds of a core: two at a time, the others wait.
static TURNS: Semaphore = Semaphore::const_new(2);

/// A hash of no known password, so that an unknown address takes as long as a known one.
static NOBODY: LazyLock<String> =
    LazyLock::new(|| hash_with_salt("nobody has this password", &[7; 16]).unwrap_or_default());

/// The hash of a new password, if it is good enough.
pub(super) async fn hash_new(
    hub: &Hub,
    field: &'static str,
    password: SecretString,
    known: KnownWords,
) -> Result<store::PasswordHash, Error> {
    let mut salt = [0; 16];
    hub.random(|random| random.fill_bytes(&mut salt));
    let _turn = TURNS.acquire().await.map_err(Error::internal)?;
    let hash = spawn_blocking(move || {
        let password = password.expose_secret();
        match password_rules::fault(password, &known) {
            Some(fault) => Err(Error::refused(field, fault)),
            None => hash_with_salt(password, &salt)
                .map_err(|error| Error::Internal(error.to_string().into())),
        }
    });
    let hash = hash.await.map_err(Error::internal)??;
    Ok(store::PasswordHash::new(hash))
}

fn hash_with_salt(password: &str, salt: &[u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let salt = SaltString::encode_b64(salt)?;
    Ok(Argon2::default()
        .hash_password(password.as_bytes(), &salt)?
        .to_string())
}

/// Whether the password is the right one; `None` stands for an account that is not there, and
/// takes as long to refuse.
pub(super) async fn matches(
    password: SecretString,
    hash: Option<store::PasswordHash>,
) -> Result<bool, Error> {
    let _turn = TURNS.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || {
        let known = hash.is_some();
        let text = hash.map_or_else(|| NOBODY.clone(), |hash| hash.as_str().to_owned());
        let verified = PasswordHash::new(&text).is_ok_and(|parsed| {
            Argon2::default()
                .verify_password(password.expose_secret().as_bytes(), &parsed)
                .is_ok()
        });
        known && verified
    })
    .await
    .map_err(Error::internal)
}
