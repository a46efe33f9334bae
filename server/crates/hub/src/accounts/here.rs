//! Who is here to work on enquiries.

use domain::codes::Role;
use jiff::civil::Date;
use store::Account;

/// Whether somebody works on enquiries on a day: they may, they can sign in, and they are not away.
pub(crate) fn works(account: &Account, today: Date) -> bool {
    let away = account.away_until.is_some_and(|until| until > today);
    account.disabled_at.is_none() && !away && account.role != Role::Editor
}
