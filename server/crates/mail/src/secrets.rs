//! The key that signs what our mail carries: private links and return paths.
//!
//! A token is the id it stands for and a keyed hash of that id and its purpose. The database
//! therefore holds no token at all: a stolen copy of it opens no link. Start with
//! [`LinkKey::token`]; the signed return path is in `return_path.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use secrecy::{ExposeSecret as _, SecretBox};
use sha2::Sha256;
use uuid::Uuid;

/// How many bytes of an id stand at the front of every token.
pub(crate) const ID_BYTES: usize = 16;
/// 128 bits of the hash: beyond guessing, and a link stays short enough for one line.
const TAG_BYTES: usize = 16;
/// The block of SHA-256, to which HMAC pads a shorter key with zeros (RFC 2104, section 2).
const BLOCK_BYTES: usize = 64;

/// The installation's secret for signing links and return paths (HMAC-SHA256).
///
/// Whoever holds it can open every enquiry's page, so `Debug` hides it and it is wiped when dropped.
#[derive(Debug)]
pub struct LinkKey(SecretBox<[u8; 32]>);

impl LinkKey {
    /// Takes 32 bytes of good randomness as the key.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> LinkKey {
        LinkKey(SecretBox::new(Box::new(bytes)))
    }

    /// A token for `id` that is good for `purpose` alone: 43 characters that fit in an address (base64url).
    #[must_use]
    pub fn token(&self, purpose: &str, id: Uuid) -> String {
        let tag: [u8; 32] = self.hash(purpose, id).finalize().into_bytes().into();
        let mut bytes = [0; ID_BYTES + TAG_BYTES];
        bytes[..ID_BYTES].copy_from_slice(id.as_bytes());
        bytes[ID_BYTES..].copy_from_slice(&tag[..TAG_BYTES]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The id in `token`, if this key made it for this purpose. Compares in constant time.
    #[must_use]
    pub fn verify(&self, purpose: &str, token: &str) -> Option<Uuid> {
        let bytes: [u8; ID_BYTES + TAG_BYTES] =
            URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        self.verify_tagged(purpose, &bytes)
    }

    /// The id at the front of `tagged` (id, then the start of its hash), if the hash is ours.
    pub(crate) fn verify_tagged(&self, purpose: &str, tagged: &[u8]) -> Option<Uuid> {
        let (id, tag) = tagged.split_first_chunk::<ID_BYTES>()?;
        let id = Uuid::from_bytes(*id);
        self.hash(purpose, id).verify_truncated_left(tag).ok()?;
        Some(id)
    }

    /// A hash that tells this key from another and gives nothing of it away.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        self.hash("fingerprint", Uuid::nil())
            .finalize()
            .into_bytes()
            .into()
    }

    /// Another key that is good for one purpose alone: what it seals cannot be opened with this one.
    #[must_use]
    pub fn derived(&self, purpose: &str) -> SecretBox<[u8; 32]> {
        let key: [u8; 32] = self
            .hash(purpose, Uuid::max())
            .finalize()
            .into_bytes()
            .into();
        SecretBox::new(Box::new(key))
    }

    /// The hash over purpose and id, not yet finished.
    ///
    /// The id has a fixed length and stands last, so no two pairs of purpose and id read the same.
    pub(crate) fn hash(&self, purpose: &str, id: Uuid) -> Hmac<Sha256> {
        let mut block = [0; BLOCK_BYTES];
        block[..32].copy_from_slice(self.0.expose_secret());
        Hmac::<Sha256>::new(&block.into())
            .chain_update(purpose.as_bytes())
            .chain_update([0])
            .chain_update(id.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PURPOSE: &str = "enquiry page";

    fn key() -> LinkKey {
        LinkKey::from_bytes([7; 32])
    }

    fn id() -> Uuid {
        Uuid::from_u128(0x0199_2f4e_7c00_7abc_8def_0123_4567_89ab)
    }

    #[test]
    fn a_token_gives_back_its_id() {
        let token = key().token(PURPOSE, id());
        assert_eq!(token.len(), 43);
        assert_eq!(key().verify(PURPOSE, &token), Some(id()));
    }

    #[test]
    fn a_token_is_good_for_its_purpose_and_its_key_alone() {
        let token = key().token(PURPOSE, id());
        assert_eq!(key().verify("provider page", &token), None);
        assert_eq!(LinkKey::from_bytes([8; 32]).verify(PURPOSE, &token), None);
    }

    #[test]
    fn a_token_changed_in_any_place_is_refused() {
        let token = key().token(PURPOSE, id());
        for place in 0..token.len() {
            for other in ['A', 'b', '9', '-', '_', '='] {
                let mut changed: Vec<char> = token.chars().collect();
                if changed[place] == other {
                    continue;
                }
                changed[place] = other;
                let changed: String = changed.into_iter().collect();
                assert_eq!(key().verify(PURPOSE, &changed), None, "{changed}");
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let token = key().token(PURPOSE, id());
        for text in [
            "",
            "a",
            "ü",
            &token[..42],
            &format!("{token}A"),
            &format!("{token}="),
        ] {
            assert_eq!(key().verify(PURPOSE, text), None, "{text}");
        }
        // The id alone, with an empty hash.
        assert_eq!(key().verify_tagged(PURPOSE, id().as_bytes()), None);
    }

    #[test]
    fn the_hash_is_plain_hmac_sha256_of_the_32_byte_key() {
        let padded: [u8; 32] = key().hash(PURPOSE, id()).finalize().into_bytes().into();
        let plain: [u8; 32] = Hmac::<Sha256>::new_from_slice(&[7; 32])
            .unwrap()
            .chain_update(b"enquiry page\0")
            .chain_update(id().as_bytes())
            .finalize()
            .into_bytes()
            .into();
        assert_eq!(padded, plain);
    }

    #[test]
    fn a_derived_key_is_one_purpose_s_and_one_key_s() {
        let derived = |key: LinkKey, purpose| *key.derived(purpose).expose_secret();
        let one = derived(key(), "second step");
        assert_eq!(derived(key(), "second step"), one);
        assert_ne!(derived(key(), "recovery"), one);
        assert_ne!(derived(LinkKey::from_bytes([8; 32]), "second step"), one);
    }

    #[test]
    fn debug_hides_the_key() {
        assert!(!format!("{:?}", key()).contains('7'));
    }
}
