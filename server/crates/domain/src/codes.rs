//! Codes: the short fixed lists of the field, each value with the text that the store, the forms
//! and the exports write for it. One macro makes them all alike; a code once stored never changes.

mod enquiry;
mod local_offer;
mod mail_in;
mod mail_out;
mod people;

pub use self::enquiry::{
    Channel, Direction, EndReason, ErasureReason, EscalationStep, FoldKind, HandOverWay,
    MessageKind, RelativeReason, RemindBy, StateKind, WaitsFor,
};
pub use self::local_offer::{
    Charge, Delivery, LocationType, Referral, SendQuestion, ServiceStatus, WordLinkKind,
};
pub use self::mail_in::{IncomingState, MailboxMessageState, NoAnswerReason, QuarantineReason};
pub use self::mail_out::{
    AnswerAddress, AttemptOutcome, ClearReason, DeliveryState, LetterKind, ReportAction,
    ReportEvidence,
};
pub use self::people::{
    ContactPreference, CorrespondentKind, EhcPlan, Role, SecondStepRule, Support,
};

/// A text that is none of the list's codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a known {kind}")]
pub struct UnknownCode {
    kind: &'static str,
    given: String,
}

impl UnknownCode {
    fn new(kind: &'static str, given: &str) -> Self {
        Self {
            kind,
            given: given.to_owned(),
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $kind:literal {
        $($(#[$value_doc:meta])* $value:ident = $code:literal,)+
    })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$value_doc])* $value,)+
        }

        impl $name {
            /// Every value, in the order in which a form shows them.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The code that is stored and sent.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $code,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;

            fn from_str(text: &str) -> Result<Self, $crate::codes::UnknownCode> {
                match text {
                    $($code => Ok(Self::$value),)+
                    _ => Err($crate::codes::UnknownCode::new($kind, text)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+

        #[cfg(test)]
        mod tests {
            use super::*;

            #[test]
            fn every_code_reads_back_as_its_value() {
                $(for value in $name::ALL {
                    assert_eq!(value.as_str().parse(), Ok(*value));
                    let json = serde_json::to_string(value).unwrap();
                    assert_eq!(serde_json::from_str::<$name>(&json).unwrap(), *value);
                    assert!("no-such-code".parse::<$name>().is_err());
                })+
            }
        }
    };
}

use codes;
