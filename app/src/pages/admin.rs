//! The administrators' pages. What may be done is decided in the hub, not here.

mod people;

pub(crate) use self::people::{InvitePage, PeoplePage, PersonPage};
