//! Ids: one newtype a kind of record, so that an enquiry's id is never taken for a message's.
//!
//! Every id is a UUID. Those made here are version 7 (RFC 9562), made from the clock and the
//! generator that are passed in; those read from Open Referral keep whatever version they had.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use rand::RngCore;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// What was given is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an id")]
pub struct InvalidId(String);

fn version_7(now: Timestamp, rng: &mut dyn RngCore) -> Uuid {
    let mut random = [0_u8; 10];
    rng.fill_bytes(&mut random);
    // A clock before 1970 is a broken clock: the id is still unique, it only sorts first.
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id (UUID version 7) made at `now`, so that later ids sort after earlier ones.
            pub fn generate(now: Timestamp, rng: &mut dyn RngCore) -> Self {
                Self(version_7(now, rng))
            }

            /// The id that this UUID is.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The bare UUID, for the store.
            #[must_use]
            pub const fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text.trim())
                    .map(Self)
                    .map_err(|_| InvalidId(text.to_owned()))
            }
        }
    )+};
}

ids! {
    /// An enquiry.
    EnquiryId;
    /// A message of an enquiry, in or out.
    MessageId;
    /// A mail that came in, as its bytes.
    IncomingId;
    /// A correspondent.
    CorrespondentId;
    /// A promise to reply.
    PromiseId;
    /// A member of staff's account.
    AccountId;
    /// A form that is being filled in.
    DraftId;
    /// A job that runs later.
    JobId;
    /// A signed-in session.
    SessionId;
    /// An invitation to come and work here.
    InvitationId;
    /// An outgoing mail in the outbox.
    MailId;
    /// A delivery report.
    ReportId;
    /// A step of a promise's escalation, done.
    EscalationId;
    /// An enquiry's way from those who had it to others.
    HandOverId;
    /// A mail to the people who work here.
    NoticeId;
    /// A row of the audit.
    AuditId;
    /// An Open Referral service.
    ServiceId;
    /// An Open Referral organization.
    OrganizationId;
    /// An Open Referral location.
    LocationId;
    /// An Open Referral service at location.
    ServiceAtLocationId;
    /// An Open Referral schedule.
    ScheduleId;
    /// An Open Referral cost option.
    CostOptionId;
    /// An Open Referral phone.
    PhoneId;
    /// A part of an Open Referral record that nothing else points at, such as a contact.
    PartId;
    /// An Open Referral taxonomy.
    TaxonomyId;
    /// An Open Referral taxonomy term.
    TaxonomyTermId;
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    use super::*;

    #[test]
    fn an_id_is_a_version_7_uuid_that_carries_its_instant() {
        let now = Timestamp::from_millisecond(1_772_000_000_123).unwrap();
        let id = EnquiryId::generate(now, &mut SmallRng::seed_from_u64(1));
        assert_eq!(id.as_uuid().get_version_num(), 7);
        let (seconds, nanos) = id.as_uuid().get_timestamp().unwrap().to_unix();
        assert_eq!((seconds, nanos), (1_772_000_000, 123_000_000));
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let mut rng = SmallRng::seed_from_u64(2);
        let earlier = MessageId::generate(Timestamp::from_millisecond(1).unwrap(), &mut rng);
        let later = MessageId::generate(Timestamp::from_millisecond(2).unwrap(), &mut rng);
        assert!(earlier < later);
    }

    #[test]
    fn an_id_reads_back_from_its_text() {
        let id = ServiceId::generate(Timestamp::UNIX_EPOCH, &mut SmallRng::seed_from_u64(3));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(
            serde_json::from_str::<ServiceId>(&serde_json::to_string(&id).unwrap()).unwrap(),
            id
        );
        assert!("not-an-id".parse::<ServiceId>().is_err());
    }
}
