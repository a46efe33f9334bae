//! Who writes to us, how they want to hear back, and what they told us about the child so that
//! they need not tell it twice.

use jiff::civil::Date;

pub use crate::codes::{ContactPreference, CorrespondentKind, EhcPlan, RemindBy, Support};
use crate::email::EmailAddress;
use crate::ids::CorrespondentId;
use crate::telephone::Telephone;

/// A person who sends enquiries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// Their id.
    pub id: CorrespondentId,
    /// Who they are to the child.
    pub kind: CorrespondentKind,
    /// The name that they gave.
    pub name: String,
    /// Where mail reaches them.
    pub email: Option<EmailAddress>,
    /// Where a call reaches them.
    pub telephone: Option<Telephone>,
    /// Where letters go, line by line.
    pub postal_address: Option<String>,
    /// The school, setting or service that they write for.
    pub organisation: Option<String>,
    /// How they want to hear from us.
    pub preference: ContactPreference,
    /// What they need from us.
    pub support: Vec<Support>,
    /// The language that an interpreter should speak.
    pub interpreter_language: Option<String>,
    /// What to mind so that contact is safe, in their words: when to call, who must not see it.
    pub safe_contact: Option<String>,
}

impl Correspondent {
    /// Whether a text may go to them by e-mail: they have an address and did not ask for another
    /// way.
    #[must_use]
    pub fn hears_by_email(&self) -> bool {
        self.email.is_some() && self.preference == ContactPreference::Email
    }

    /// How one of us reminds them where no mail of ours does: by ringing, unless they asked for letters or for no calls,
    /// or gave no number.
    #[must_use]
    pub fn reminded_by(&self) -> RemindBy {
        let wants_no_call = self.preference == ContactPreference::Letter
            || self.support.contains(&Support::NoTelephone);
        match self.telephone {
            Some(_) if !wants_no_call => RemindBy::Telephone,
            _ => RemindBy::Letter,
        }
    }
}

/// What helps an officer to find the child. All of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildDetails {
    /// The child's name.
    pub name: Option<String>,
    /// Date of birth.
    pub born_on: Option<Date>,
    /// The school, college or setting.
    pub school: Option<String>,
    /// Whether there is an EHC plan.
    pub ehc_plan: Option<EhcPlan>,
    /// A reference from an earlier letter, not one of ours.
    pub reference: Option<String>,
}

impl ChildDetails {
    /// Whether nothing was told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(ContactPreference::Telephone, Some("01632 960001"), &[], RemindBy::Telephone)]
    #[case(ContactPreference::Email, Some("01632 960001"), &[], RemindBy::Telephone)]
    #[case(ContactPreference::Letter, Some("01632 960001"), &[], RemindBy::Letter)]
    #[case(ContactPreference::Email, Some("01632 960001"), &[Support::NoTelephone], RemindBy::Letter)]
    #[case(ContactPreference::Telephone, None, &[], RemindBy::Letter)]
    fn whoever_cannot_be_mailed_is_rung_unless_they_want_no_call_or_gave_no_number(
        #[case] preference: ContactPreference,
        #[case] telephone: Option<&str>,
        #[case] support: &[Support],
        #[case] by: RemindBy,
    ) {
        let person = Correspondent {
            id: CorrespondentId::from_uuid(uuid::Uuid::nil()),
            kind: CorrespondentKind::Parent,
            name: "Jo".to_owned(),
            email: None,
            telephone: telephone.map(|number| number.parse().unwrap()),
            postal_address: None,
            organisation: None,
            preference,
            support: support.to_vec(),
            interpreter_language: None,
            safe_contact: None,
        };
        assert_eq!(person.reminded_by(), by);
    }
}
