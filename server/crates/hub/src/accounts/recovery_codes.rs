//! Recovery codes: the way in when the telephone with the app is lost.

use domain::ids::AccountId;
use rand::RngCore;
use sha2::{Digest, Sha256};
use store::{StoreError, TokenHash, Tx};

use crate::Hub;

/// How many a person is given.
const COUNT: usize = 10;
/// Letters and digits of a code, in groups of four: 78 bits, beyond guessing even from the hashes.
const LENGTH: usize = 16;
/// None that is taken for another.
const LETTERS: &[u8; 30] = b"23456789abcdefghjkmnpqrstvwxyz";

/// Fresh recovery codes: shown once, and kept as hashes alone.
#[derive(Clone)]
pub struct RecoveryCodes(Vec<String>);

impl RecoveryCodes {
    /// The codes, as they are to be written down.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// Whoever reads one comes in: a log must not.
impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

/// Gives a person new codes in place of all that they had.
pub(super) async fn renew(
    hub: &Hub,
    tx: &mut Tx,
    account: AccountId,
) -> Result<RecoveryCodes, StoreError> {
    let codes: Vec<String> = (0..COUNT).map(|_| hub.random(code)).collect();
    tx.second_steps().delete_recovery_codes(account).await?;
    for code in &codes {
        tx.second_steps()
            .add_recovery_code(account, &hash(account, code))
            .await?;
    }
    Ok(RecoveryCodes(codes))
}

/// What the store knows a code by, however it was typed.
pub(super) fn hash(account: AccountId, typed: &str) -> TokenHash {
    let plain: String = typed
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .take(LENGTH * 4)
        .collect();
    let mut hash = Sha256::new();
    hash.update(account.as_uuid().as_bytes());
    hash.update(plain.to_lowercase().as_bytes());
    TokenHash::new(hash.finalize().into())
}

fn code(random: &mut dyn RngCore) -> String {
    let mut code = String::new();
    while code.len() < LENGTH + LENGTH / 4 - 1 {
        if code.len() % 5 == 4 {
            code.push('-');
        }
        // Five bits, and those that stand for no letter drawn again: each letter is as likely.
        let drawn = (random.next_u32() >> 27) as usize;
        if let Some(letter) = LETTERS.get(drawn) {
            code.push(char::from(*letter));
        } else if code.ends_with('-') {
            code.pop();
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use rand::{SeedableRng, rngs::StdRng};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_code_is_four_groups_of_four() {
        let mut random = StdRng::seed_from_u64(1);
        for _ in 0..100 {
            let code = code(&mut random);
            let groups: Vec<&str> = code.split('-').collect();
            assert_eq!(groups.len(), 4, "{code}");
            assert!(
                groups
                    .iter()
                    .all(|group| group.len() == 4
                        && group.bytes().all(|byte| LETTERS.contains(&byte))),
                "{code}"
            );
        }
    }

    #[test]
    fn a_code_is_known_however_it_is_typed_and_whose_it_is() {
        let [one, two] = [1, 2].map(|number| AccountId::from_uuid(Uuid::from_u128(number)));
        let known = hash(one, "2345-6789-abcd-efgh");
        assert_eq!(hash(one, " 23456789 ABCD–EFGH"), known);
        assert_ne!(hash(one, "2345-6789-abcd-efgj"), known);
        assert_ne!(hash(two, "2345-6789-abcd-efgh"), known);
    }
}
