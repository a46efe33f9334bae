//! What services are and how people get into them, and how words that people search by are linked.

use super::codes;

codes! {
    /// How people meet a service.
    Delivery, "way of meeting a service" {
        /// At a place that one goes to.
        InPerson = "in-person",
        /// It comes to people's homes.
        AtHome = "at-home",
        /// By telephone or text.
        Telephone = "telephone",
        /// By the web or by video.
        Online = "online",
    }

    /// How people get into a service.
    Referral, "way into a service" {
        /// Families can come or ask by themselves.
        SelfReferral = "self-referral",
        /// A professional, such as a GP or a school, must ask for them.
        Needed = "referral-needed",
    }

    /// Whether a service costs anything.
    Charge, "kind of cost" {
        /// Nobody pays.
        Free = "free",
        /// It has a price.
        Paid = "paid",
        /// What people pay hangs on what they have.
        MeansTested = "means-tested",
    }

    /// What providers are asked about SEND, in this order.
    SendQuestion, "question about SEND" {
        /// Who would feel at home, and who would not.
        WhoFits = "who-fits",
        /// What is done so that a child can join in.
        JoiningIn = "joining-in",
        /// What the people there have learned about SEND.
        Training = "training",
        /// How people there talk with somebody who uses few or no words.
        FewWords = "few-words",
        /// Somewhere calm, and what is done about noise and crowds.
        QuietSpace = "quiet-space",
        /// What happens when somebody gets upset.
        GettingUpset = "getting-upset",
        /// Toilets, changing and help with both.
        Toilets = "toilets",
        /// Medicine, feeding and other care.
        HealthCare = "health-care",
        /// Whether a parent or carer stays, and whether a helper pays.
        BringingHelper = "bringing-helper",
        /// Whether one can look round first.
        VisitFirst = "visit-first",
    }

    /// An Open Referral service's status. The standard writes “temporarily closed” with a space.
    ServiceStatus, "service status" {
        /// Running.
        Active = "active",
        /// Not running at present.
        Inactive = "inactive",
        /// Ended for good.
        Defunct = "defunct",
        /// Closed for a while.
        TemporarilyClosed = "temporarily-closed",
    }

    /// An Open Referral location's type.
    LocationType, "location type" {
        /// A place to go to.
        Physical = "physical",
        /// An address to write to.
        Postal = "postal",
        /// Online or by telephone.
        Virtual = "virtual",
    }

    /// How words that people search by are linked.
    WordLinkKind, "link between words" {
        /// They mean the same: each finds what the others find.
        Same = "same",
        /// The first find the second too, lower down; not the other way round.
        SeeAlso = "see-also",
    }
}
