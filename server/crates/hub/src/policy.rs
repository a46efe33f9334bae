//! Who may do what. Every use case that is not for everybody asks here first.

use domain::codes::Role;

use crate::{Actor, Error, Officer};

/// What somebody may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Read and answer enquiries.
    WorkEnquiries,
    /// Change the local offer.
    EditLocalOffer,
    /// Add, list and disable accounts.
    ManageAccounts,
    /// See and change the council's settings.
    ChangeSettings,
    /// Check the record of deeds.
    ReadAudit,
}

const fn allows(role: Role, act: Act) -> bool {
    match act {
        Act::WorkEnquiries => {
            matches!(role, Role::Officer | Role::TeamLead | Role::Administrator)
        }
        Act::EditLocalOffer => matches!(role, Role::Editor | Role::Administrator),
        Act::ManageAccounts | Act::ChangeSettings | Act::ReadAudit => {
            matches!(role, Role::Administrator)
        }
    }
}

/// Lets the hub itself and people whose role allows it pass.
///
/// # Errors
/// [`Error::NotFound`]: what a person may not do does not exist for them.
pub(crate) fn may(actor: &Actor, act: Act) -> Result<(), Error> {
    match actor {
        Actor::System => Ok(()),
        Actor::Officer(officer) if allows(officer.role, act) => Ok(()),
        Actor::Officer(_) | Actor::Public => Err(Error::NotFound),
    }
}

/// Lets people pass whose role allows it, and says who they are: for what only a person can do.
///
/// # Errors
/// [`Error::NotFound`], as [`may`].
pub(crate) fn person(actor: &Actor, act: Act) -> Result<&Officer, Error> {
    may(actor, act)?;
    match actor {
        Actor::Officer(officer) => Ok(officer),
        Actor::Public | Actor::System => Err(Error::NotFound),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Role::Officer, true, false, false)]
    #[case(Role::TeamLead, true, false, false)]
    #[case(Role::Editor, false, true, false)]
    #[case(Role::Administrator, true, true, true)]
    fn a_role_may_do_what_the_table_says(
        #[case] role: Role,
        #[case] enquiries: bool,
        #[case] local_offer: bool,
        #[case] accounts: bool,
    ) {
        assert_eq!(allows(role, Act::WorkEnquiries), enquiries);
        assert_eq!(allows(role, Act::EditLocalOffer), local_offer);
        assert_eq!(allows(role, Act::ManageAccounts), accounts);
    }

    #[test]
    fn the_public_may_do_none_of_it() {
        for act in [Act::WorkEnquiries, Act::EditLocalOffer, Act::ManageAccounts] {
            assert!(matches!(may(&Actor::Public, act), Err(Error::NotFound)));
        }
    }
}
