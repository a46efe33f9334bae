//! The signed return path of each enquiry, so that a bounce finds its ticket.
//!
//! `enquiries@council.example` becomes `enquiries+b.<tag>@council.example`, as VERP does
//! (<https://cr.yp.to/proto/verp.txt>). The tag is the enquiry's id and nine bytes of its keyed
//! hash: 25 bytes are exactly 40 symbols of base32, with no bits left over to vary. Base32 in lower
//! case, because servers on the way may change the case of an address.

use domain::email::EmailAddress;
use hmac::Mac as _;
use uuid::Uuid;

use crate::secrets::{ID_BYTES, LinkKey};

const PURPOSE: &str = "return path";
const SEPARATOR: &str = "+b.";
/// 72 bits of the hash: a forged tag could only attach a false bounce to a ticket.
const TAG_BYTES: usize = 9;
const TAGGED_BYTES: usize = ID_BYTES + TAG_BYTES;
const TAGGED_SYMBOLS: usize = TAGGED_BYTES / 5 * 8;
/// The longest part before the `@` (RFC 5321, section 4.5.3.1.1).
const LOCAL_PART_MAX: usize = 64;
/// RFC 4648, section 6, in lower case.
const SYMBOLS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

impl LinkKey {
    /// The return path for all mail about `enquiry`, made from our own address `base`.
    ///
    /// Gives back `base` itself when the part before its `@` is longer than 21 characters and leaves
    /// no room for a tag: the mail must go all the same, and a bounce then names only its Message-ID.
    #[must_use]
    pub fn return_path(&self, enquiry: Uuid, base: &EmailAddress) -> EmailAddress {
        let tag: [u8; 32] = self.hash(PURPOSE, enquiry).finalize().into_bytes().into();
        let mut tagged = [0; TAGGED_BYTES];
        tagged[..ID_BYTES].copy_from_slice(enquiry.as_bytes());
        tagged[ID_BYTES..].copy_from_slice(&tag[..TAG_BYTES]);
        signed_address(base, &base32(&tagged)).unwrap_or_else(|| base.clone())
    }

    /// The enquiry that a return path of ours belongs to; `None` for any other address.
    #[must_use]
    pub fn enquiry_of_return_path(&self, address: &EmailAddress) -> Option<Uuid> {
        let address = address.as_str().to_ascii_lowercase();
        let (local, _) = address.rsplit_once('@')?;
        let (_, symbols) = local.rsplit_once(SEPARATOR)?;
        self.verify_tagged(PURPOSE, &from_base32(symbols)?)
    }
}

fn signed_address(base: &EmailAddress, tag: &str) -> Option<EmailAddress> {
    let (local, domain) = base.as_str().rsplit_once('@')?;
    if local.len() + SEPARATOR.len() + tag.len() > LOCAL_PART_MAX {
        return None;
    }
    format!("{local}{SEPARATOR}{tag}@{domain}").parse().ok()
}

/// Five bytes are eight symbols of five bits each.
fn base32(bytes: &[u8; TAGGED_BYTES]) -> String {
    let mut text = String::with_capacity(TAGGED_SYMBOLS);
    for five in bytes.chunks(5) {
        let group = five
            .iter()
            .fold(0u64, |group, byte| group << 8 | u64::from(*byte));
        for place in (0..8).rev() {
            let symbol = (group >> (place * 5) & 31) as usize;
            text.push(char::from(SYMBOLS[symbol]));
        }
    }
    text
}

fn from_base32(text: &str) -> Option<[u8; TAGGED_BYTES]> {
    if text.len() != TAGGED_SYMBOLS {
        return None;
    }
    let mut bytes = [0; TAGGED_BYTES];
    for (eight, five) in text.as_bytes().chunks(8).zip(bytes.chunks_mut(5)) {
        let mut group = 0u64;
        for symbol in eight {
            let value = SYMBOLS.iter().position(|known| known == symbol)?;
            group = group << 5 | value as u64;
        }
        five.copy_from_slice(&group.to_be_bytes()[3..]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> LinkKey {
        LinkKey::from_bytes([7; 32])
    }

    fn address(text: &str) -> EmailAddress {
        text.parse().unwrap()
    }

    fn enquiry() -> Uuid {
        Uuid::from_u128(0x0199_2f4e_7c00_7abc_8def_0123_4567_89ab)
    }

    #[test]
    fn a_bounce_finds_its_enquiry_whatever_the_case_it_comes_in() {
        let path = key().return_path(enquiry(), &address("Send-Hub@council.example"));
        assert_eq!(key().enquiry_of_return_path(&path), Some(enquiry()));
        let loud = address(&path.as_str().to_ascii_uppercase());
        assert_eq!(key().enquiry_of_return_path(&loud), Some(enquiry()));
    }

    #[test]
    fn a_return_path_fits_in_an_address() {
        let path = key().return_path(enquiry(), &address("send.hub.enquiries.xy@council.example"));
        let (local, domain) = path.as_str().split_once('@').unwrap();
        assert_eq!(local.len(), 64);
        assert!(local.starts_with("send.hub.enquiries.xy+b."), "{local}");
        assert_eq!(domain, "council.example");
    }

    #[test]
    fn an_address_with_no_room_for_a_tag_stays_as_it_is() {
        let base = address("special-educational-needs@council.example");
        assert_eq!(key().return_path(enquiry(), &base), base);
    }

    #[test]
    fn a_return_path_changed_in_any_place_of_its_tag_is_refused() {
        let path = key()
            .return_path(enquiry(), &address("hub@council.example"))
            .to_string();
        let start = "hub+b.".len();
        for place in start..start + TAGGED_SYMBOLS {
            let mut changed = path.clone().into_bytes();
            changed[place] = if changed[place] == b'q' { b'r' } else { b'q' };
            let changed = address(&String::from_utf8(changed).unwrap());
            assert_eq!(key().enquiry_of_return_path(&changed), None, "{changed}");
        }
        for other in ["hub@council.example", "hub+b.1111@council.example"] {
            assert_eq!(
                key().enquiry_of_return_path(&address(other)),
                None,
                "{other}"
            );
        }
    }
}
