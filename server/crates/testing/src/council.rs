//! The sample council that the product itself starts with: tests and people see the same one.

use domain::council::Council;

/// The settings of the sample council, as a file.
pub const SAMPLE_COUNCIL: &str = include_str!("../../../sample/council.toml");

/// The services of the sample council, as an Open Referral document.
pub const SAMPLE_SERVICES: &str = include_str!("../../../sample/services.json");

/// Sample County Council: twelve districts, seven teams, five working days.
///
/// # Panics
/// When the sample's file is wrong.
#[must_use]
pub fn sample_council() -> Council {
    let council: Council = toml::from_str(SAMPLE_COUNCIL).expect("the sample council can be read");
    assert_eq!(council.check(), Ok(()), "the sample council is right");
    council
}
