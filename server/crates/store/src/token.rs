//! The hash by which a cookie's row is found.

use domain::ids::SessionId;
use uuid::Uuid;

use crate::StoreError;

/// A SHA-256 hash of a cookie's random token. The token itself is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash as computed.
    #[must_use]
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// The bytes as both databases bind them.
    pub(crate) fn column(&self) -> &[u8] {
        &self.0
    }

    /// What names a session in a list: the first half of the hash. Nobody finds the cookie by it.
    #[must_use]
    pub fn session_id(&self) -> SessionId {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] = self.0;
        SessionId::from_uuid(Uuid::from_bytes([
            a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p,
        ]))
    }
}

/// The hash from its column.
pub(crate) fn hash_from_column(column: &str, bytes: &[u8]) -> Result<TokenHash, StoreError> {
    <[u8; 32]>::try_from(bytes)
        .map(TokenHash)
        .map_err(|_| StoreError::corrupt(column))
}
