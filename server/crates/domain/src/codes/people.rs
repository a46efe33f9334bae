//! Who asks, how they hear from us, and who works here.

use super::codes;

codes! {
    /// Who a correspondent is to the child.
    CorrespondentKind, "kind of correspondent" {
        /// A parent or carer.
        Parent = "parent",
        /// The young person, aged 16 to 25.
        YoungPerson = "young-person",
        /// A school, college or early years setting.
        School = "school",
        /// A professional of health, social care or another service.
        Professional = "professional",
        /// Anyone else.
        Other = "other",
    }

    /// Whether the child has an education, health and care plan.
    EhcPlan, "answer about an EHC plan" {
        /// There is a plan.
        Yes = "yes",
        /// There is no plan.
        No = "no",
        /// The correspondent is not sure.
        NotSure = "not-sure",
    }

    /// How a correspondent wants to hear from us.
    ContactPreference, "contact preference" {
        /// By e-mail.
        Email = "email",
        /// By telephone.
        Telephone = "telephone",
        /// By letter.
        Letter = "letter",
    }

    /// What a correspondent needs from us to be able to read and talk.
    Support, "kind of support" {
        /// An interpreter.
        Interpreter = "interpreter",
        /// Large print.
        LargePrint = "large-print",
        /// Easy read.
        EasyRead = "easy-read",
        /// Messages as plain text only.
        TextOnly = "text-only",
        /// No telephone calls.
        NoTelephone = "no-telephone",
    }

    /// What a member of staff may do.
    Role, "role" {
        /// Works the shared inbox.
        Officer = "officer",
        /// Also sees figures, rules and other people's work.
        TeamLead = "team-lead",
        /// Keeps the local offer.
        Editor = "editor",
        /// Manages people and settings.
        Administrator = "administrator",
    }

    /// Whether officers need a code beside their password.
    SecondStepRule, "rule for the second step" {
        /// Nobody comes in without one.
        Required = "required",
        /// Each decides for themselves.
        Optional = "optional",
    }
}

impl Default for SecondStepRule {
    /// A password alone is too little for files about children.
    fn default() -> Self {
        Self::Required
    }
}
