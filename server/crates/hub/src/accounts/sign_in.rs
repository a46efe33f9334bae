//! Signing in: limited per address and per account, and answered alike for unknown people.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use secrecy::SecretString;

use super::{Accounts, password, session::LIFETIME};
use crate::{Error, SessionToken};

/// What every refused sign-in is told, whatever was wrong.
const REFUSED: &str = "The email address or the password is not right";

/// Tries of one network address: ten at once, then one every six seconds.
fn per_address() -> Quota {
    quota(Duration::from_secs(6), 10)
}

/// Tries of one network address on one account: five at once, then one every minute. A stranger who keeps
/// guessing shuts out nobody but themselves.
fn per_account_and_address() -> Quota {
    quota(Duration::from_mins(1), 5)
}

/// Tries on one account from everywhere: many machines that guess together are slowed down too.
fn per_account() -> Quota {
    quota(Duration::from_secs(10), 60)
}

fn quota(every: Duration, at_once: u32) -> Quota {
    let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(every)
        .unwrap_or_else(|| Quota::per_minute(at_once))
        .allow_burst(at_once)
}

/// How often somebody may try, kept in this process.
#[derive(Debug)]
pub(crate) struct SignInLimits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    accounts_by_address: DefaultKeyedRateLimiter<(String, IpAddr)>,
    accounts: DefaultKeyedRateLimiter<String>,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            addresses: RateLimiter::keyed(per_address()),
            accounts_by_address: RateLimiter::keyed(per_account_and_address()),
            accounts: RateLimiter::keyed(per_account()),
        }
    }
}

impl SignInLimits {
    fn check(&self, from: IpAddr, account: &str) -> Result<(), Error> {
        self.addresses.retain_recent();
        self.accounts_by_address.retain_recent();
        self.accounts.retain_recent();
        let network = network(from);
        let account = account.to_owned();
        // In this order: who is stopped by a narrow limit takes nothing from the wide one.
        self.addresses
            .check_key(&network)
            .and_then(|()| {
                let both = (account.clone(), network);
                self.accounts_by_address.check_key(&both)
            })
            .and_then(|()| self.accounts.check_key(&account))
            .map_err(|not_until| {
                let wait = not_until.wait_time_from(DefaultClock::default().now());
                Error::TooMany {
                    retry_after_s: wait.as_secs() + 1,
                }
            })
    }
}

/// The network that an address is of, for counting tries: one household or office has a whole
/// IPv6 network to itself.
#[must_use]
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

impl Accounts<'_> {
    /// Signs an officer in.
    ///
    /// # Errors
    /// [`Error::Refused`] in the same words for an unknown address, a wrong password and a
    /// disabled account; [`Error::TooMany`] after too many tries.
    pub async fn sign_in(
        &self,
        email: &str,
        password: SecretString,
        from: IpAddr,
    ) -> Result<SessionToken, Error> {
        let hub = self.0;
        let email: String = email.trim().to_lowercase().chars().take(254).collect();
        hub.sign_in_limits().check(from, &email)?;
        let account = {
            let mut tx = hub.database().read().await?;
            tx.accounts().by_email(&email).await?
        };
        let account = account.filter(|account| account.disabled_at.is_none());
        let hash = account
            .as_ref()
            .map(|account| account.password_hash.clone());
        let right = password::matches(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            metrics::counter!("send_hub_sign_ins_refused_total").increment(1);
            return Err(Error::refused("email", REFUSED));
        };
        let now = hub.now();
        let token = hub.random(|random| SessionToken::generate(random));
        let mut tx = hub.database().begin().await?;
        tx.sessions()
            .insert(&token.hash(), account.id, now, now + LIFETIME)
            .await?;
        tx.commit().await?;
        tracing::info!(account.id = %account.id, "signed in");
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_of_an_address_on_an_account_waits_and_shuts_out_nobody_else() {
        let limits = SignInLimits::default();
        let stranger = IpAddr::from([192, 0, 2, 1]);
        for _ in 0..5 {
            assert!(limits.check(stranger, "officer@example.org").is_ok());
        }
        for _ in 0..100 {
            assert!(matches!(
                limits.check(stranger, "officer@example.org"),
                Err(Error::TooMany { retry_after_s: 1.. })
            ));
        }
        let officer = IpAddr::from([192, 0, 2, 2]);
        assert!(limits.check(officer, "officer@example.org").is_ok());
    }

    #[test]
    fn many_addresses_that_guess_one_account_wait_in_the_end() {
        let limits = SignInLimits::default();
        let tries = (0..=60_u8).map(|last| {
            let from = IpAddr::from([192, 0, 2, last]);
            limits.check(from, "officer@example.org").is_ok()
        });
        assert_eq!(tries.filter(|let_through| *let_through).count(), 60);
    }

    #[test]
    fn the_eleventh_try_of_an_address_waits_whomever_it_tries() {
        let limits = SignInLimits::default();
        let from = IpAddr::from([192, 0, 2, 1]);
        for number in 0..10 {
            assert!(limits.check(from, &format!("{number}@example.org")).is_ok());
        }
        assert!(limits.check(from, "10@example.org").is_err());
    }

    #[test]
    fn an_ipv6_network_counts_as_one_address() {
        let one: IpAddr = "2001:db8:1:2::1".parse().unwrap();
        let two: IpAddr = "2001:db8:1:2:ffff::9".parse().unwrap();
        assert_eq!(network(one), network(two));
    }
}
