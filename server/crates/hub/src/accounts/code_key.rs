//! The key of a person's codes (TOTP, RFC 6238), how it is shown once, and how it is kept.
//!
//! It is kept sealed (XChaCha20-Poly1305) with a key that is derived from the installation's own, which is not
//! in the database. A key that is offered and not set up yet is kept nowhere: it follows from the
//! installation's key and from who is offered it.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use domain::ids::AccountId;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;
use totp_rs::{Builder, Totp};
use uuid::Uuid;

use crate::{Error, Hub};

/// What RFC 4226 recommends (section 4, R6), and what apps for the telephone expect.
const KEY_BYTES: usize = 20;
const NONCE_BYTES: usize = 24;
/// A code of the 30 seconds before or after is taken too: clocks differ, and typing takes a while.
const DRIFT: u16 = 1;

/// The key of a person's codes.
pub(super) struct CodeKey(SecretBox<[u8; KEY_BYTES]>);

/// Who is offered a key: the same for as long as they look at it, another the next time.
#[derive(Debug, Clone, Copy)]
pub(super) struct OfferedTo {
    pub(super) account: AccountId,
    /// The session, or the half of a sign-in, in which it is offered.
    pub(super) during: Uuid,
    /// When the second step that it replaces was set up.
    pub(super) replaces: Option<Timestamp>,
}

impl CodeKey {
    /// The key that is offered.
    pub(super) fn offered(hub: &Hub, to: OfferedTo) -> Self {
        let secret = hub.link_key().derived("second step, offered");
        let replaces = to.replaces.map_or(0, Timestamp::as_millisecond);
        let hash: [u8; 32] = keyed(&secret)
            .chain_update(to.account.as_uuid().as_bytes())
            .chain_update(to.during.as_bytes())
            .chain_update(replaces.to_be_bytes())
            .finalize()
            .into_bytes()
            .into();
        let mut key = [0; KEY_BYTES];
        key.copy_from_slice(&hash[..KEY_BYTES]);
        Self(SecretBox::new(Box::new(key)))
    }

    /// The key as the store keeps it. It opens for this account alone.
    pub(super) fn seal(&self, hub: &Hub, account: AccountId) -> Result<Vec<u8>, Error> {
        let mut nonce = [0; NONCE_BYTES];
        hub.random(|random| random.fill_bytes(&mut nonce));
        let sealed = cipher(hub)
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: self.0.expose_secret(),
                    aad: account.as_uuid().as_bytes(),
                },
            )
            .map_err(|_| Error::Internal("a second step could not be sealed".into()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The key from what the store kept.
    pub(super) fn open(hub: &Hub, account: AccountId, sealed: &[u8]) -> Result<Self, Error> {
        let closed =
            || Error::Internal("a second step cannot be opened: is it another key?".into());
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or_else(closed)?;
        let key = cipher(hub)
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: sealed,
                    aad: account.as_uuid().as_bytes(),
                },
            )
            .map_err(|_| closed())?;
        let key: [u8; KEY_BYTES] = key.try_into().map_err(|_| closed())?;
        Ok(Self(SecretBox::new(Box::new(key))))
    }

    /// The number of the 30 seconds whose code was typed; `None` when it is no code of now.
    pub(super) fn step_of(&self, typed: &str, now: Timestamp) -> Result<Option<u64>, Error> {
        let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        Ok(self.totp("", "")?.check(&digits, seconds))
    }

    /// The key as a person types it: letters and digits in groups of four.
    pub(super) fn to_type(&self) -> String {
        let letters = totp_rs::Secret::from(*self.0.expose_secret()).to_base32();
        let groups: Vec<&str> = letters
            .as_bytes()
            .chunks(4)
            .filter_map(|group| std::str::from_utf8(group).ok())
            .collect();
        groups.join(" ")
    }

    /// The key as an address that an app reads from a square of dots.
    pub(super) fn address(&self, issuer: &str, person: &str) -> Result<String, Error> {
        self.totp(issuer, person)?.to_url().map_err(Error::internal)
    }

    fn totp(&self, issuer: &str, person: &str) -> Result<Totp, Error> {
        // A colon parts the two in the address.
        let plain = |text: &str| text.replace(':', " ");
        let person = if person.is_empty() { "-" } else { person };
        Builder::new()
            .with_secret(*self.0.expose_secret())
            .with_skew(DRIFT)
            .with_account_name(plain(person))
            .with_issuer(Some(plain(issuer)))
            .build()
            .map_err(Error::internal)
    }
}

fn keyed(secret: &SecretBox<[u8; 32]>) -> Hmac<Sha256> {
    // A key of 32 bytes, in the block to which HMAC pads it (RFC 2104, section 2).
    let mut block = [0; 64];
    block[..32].copy_from_slice(secret.expose_secret());
    Hmac::<Sha256>::new(&block.into())
}

fn cipher(hub: &Hub) -> XChaCha20Poly1305 {
    let key = hub.link_key().derived("second step, sealed");
    XChaCha20Poly1305::new(&(*key.expose_secret()).into())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn key() -> CodeKey {
        // The key of RFC 6238, appendix B.
        CodeKey(SecretBox::new(Box::new(*b"12345678901234567890")))
    }

    #[rstest]
    #[case("287082", 59, Some(1))]
    #[case("287 082", 59, Some(1))]
    #[case("287082", 89, Some(1))]
    #[case("287082", 90, None)]
    #[case("287082", 29, Some(1))]
    #[case("081804", 1_111_111_109, Some(37_037_036))]
    #[case("287083", 59, None)]
    #[case("+28708", 59, None)]
    #[case("", 59, None)]
    fn a_code_is_right_for_thirty_seconds_and_those_before_and_after(
        #[case] typed: &str,
        #[case] seconds: i64,
        #[case] step: Option<u64>,
    ) {
        let now = Timestamp::from_second(seconds).unwrap();
        assert_eq!(key().step_of(typed, now).unwrap(), step);
    }

    #[test]
    fn an_app_reads_the_key_from_its_address() {
        assert_eq!(key().to_type(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            key().address("Council: SEND", "kim@example.org").unwrap(),
            "otpauth://totp/Council%20%20SEND:kim%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Council%20%20SEND"
        );
    }
}
