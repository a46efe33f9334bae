//! Ids for what a feed leaves without one, made from its owner's, so that reading the same file again
//! gives the same ids (a random one would make every import a change).

use uuid::{Builder, Uuid};

/// The id of something that is known by `name` within `scope`.
///
/// A UUID of version 8 (<https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8>) over the
/// 128-bit FNV-1a hash of both. It need not resist attack: whoever writes the feed writes the ids.
pub(super) fn made_id(scope: &str, name: &str) -> Uuid {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = scope.bytes().chain([0]).chain(name.bytes());
    let hash = bytes.fold(OFFSET, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(PRIME)
    });
    Builder::from_custom_bytes(hash.to_be_bytes()).into_uuid()
}
