//! How often somebody may try to sign in. Kept in this process; nobody is shut out by a stranger who guesses.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use domain::ids::AccountId;
use governor::{
    DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock, QuantaInstant},
};

use crate::Error;

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

/// Codes for one account from everywhere, by those who know its password: 20 at once, then one every ten
/// minutes. Three codes of a million are right at a time, so that a day of guessing finds one in 2,000 days.
fn codes_per_account() -> Quota {
    quota(Duration::from_mins(10), 20)
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
    codes_by_address: DefaultKeyedRateLimiter<(AccountId, IpAddr)>,
    codes: DefaultKeyedRateLimiter<AccountId>,
}

impl Default for SignInLimits {
    fn default() -> Self {
        Self {
            addresses: RateLimiter::keyed(per_address()),
            accounts_by_address: RateLimiter::keyed(per_account_and_address()),
            accounts: RateLimiter::keyed(per_account()),
            codes_by_address: RateLimiter::keyed(per_account_and_address()),
            codes: RateLimiter::keyed(codes_per_account()),
        }
    }
}

impl SignInLimits {
    /// Lets a password be tried.
    pub(super) fn check(&self, from: IpAddr, account: &str) -> Result<(), Error> {
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
            .map_err(|not_until| too_many(&not_until))
    }

    /// Lets a code of the second step be tried.
    pub(super) fn check_code(&self, from: IpAddr, account: AccountId) -> Result<(), Error> {
        self.codes_by_address.retain_recent();
        self.codes.retain_recent();
        self.codes_by_address
            .check_key(&(account, network(from)))
            .and_then(|()| self.codes.check_key(&account))
            .map_err(|not_until| too_many(&not_until))
    }
}

fn too_many(not_until: &NotUntil<QuantaInstant>) -> Error {
    let wait = not_until.wait_time_from(DefaultClock::default().now());
    Error::TooMany {
        retry_after_s: wait.as_secs() + 1,
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

    #[test]
    fn whoever_knows_a_password_does_not_guess_the_code() {
        let limits = SignInLimits::default();
        let account = AccountId::from_uuid(uuid::Uuid::from_u128(1));
        let tries = (0..=60_u8).map(|last| {
            let from = IpAddr::from([192, 0, 2, last]);
            limits.check_code(from, account).is_ok()
        });
        assert_eq!(tries.filter(|let_through| *let_through).count(), 20);
        let other = AccountId::from_uuid(uuid::Uuid::from_u128(2));
        let from = IpAddr::from([192, 0, 2, 100]);
        for _ in 0..5 {
            assert!(limits.check_code(from, other).is_ok());
        }
        assert!(limits.check_code(from, other).is_err());
    }
}
