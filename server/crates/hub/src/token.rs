//! Secrets that a browser holds in a cookie. The store knows their hashes only, so that nobody
//! who reads the database can be that browser.

use std::{fmt, str::FromStr};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::ids::SessionId;
use rand::RngCore;
use sha2::{Digest, Sha256};
use store::TokenHash;
use uuid::Uuid;

const BYTES: usize = 32;

macro_rules! token {
    ($(#[$about:meta])* $name:ident) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name([u8; BYTES]);

        impl $name {
            pub(crate) fn generate(random: &mut dyn RngCore) -> Self {
                let mut bytes = [0; BYTES];
                random.fill_bytes(&mut bytes);
                Self(bytes)
            }

            pub(crate) fn hash(&self) -> TokenHash {
                TokenHash::new(Sha256::digest(self.0).into())
            }

            /// The token as the cookie's value: 43 letters, digits, hyphens and underscores.
            #[must_use]
            pub fn to_cookie(&self) -> String {
                URL_SAFE_NO_PAD.encode(self.0)
            }
        }

        impl FromStr for $name {
            type Err = NoToken;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NoToken)?;
                bytes.try_into().map(Self).map_err(|_| NoToken)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

token! {
    /// Whose half-written enquiry it is.
    DraftToken
}

token! {
    /// Who is signed in.
    SessionToken
}

token! {
    /// Who gave the right password, and has still to take the second step. It stands in the session's
    /// cookie and is no session.
    HalfToken
}

impl SessionToken {
    /// What names the session in a list; nobody finds the cookie by it.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.hash().session_id()
    }
}

impl HalfToken {
    /// What names it; nobody finds the cookie by it.
    pub(crate) fn id(&self) -> Uuid {
        self.hash().session_id().as_uuid()
    }
}

/// The cookie's value is no token of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no token")]
pub struct NoToken;

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    #[test]
    fn a_token_comes_back_from_its_cookie() {
        let token = DraftToken::generate(&mut StdRng::seed_from_u64(1));
        assert_eq!(token.to_cookie().parse(), Ok(token));
    }

    #[test]
    fn anything_else_is_no_token() {
        for odd in ["", "abc", "é", &"A".repeat(44)] {
            assert_eq!(odd.parse::<SessionToken>(), Err(NoToken));
        }
    }

    #[test]
    fn a_token_is_not_printed() {
        let token = SessionToken::generate(&mut StdRng::seed_from_u64(1));
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
    }
}
