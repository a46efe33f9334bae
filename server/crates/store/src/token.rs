//! The hash by which a cookie's row is found.

/// A SHA-256 hash of a cookie's random token. The token itself is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash as computed.
    #[must_use]
    pub const fn new(hash: [u8; 32]) -> Self {
        Self(hash)
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The bytes as both databases bind them.
    pub(crate) fn column(&self) -> &[u8] {
        &self.0
    }
}
