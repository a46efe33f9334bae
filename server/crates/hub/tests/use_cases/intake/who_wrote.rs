//! Who somebody is who writes a mail: told by their address, or known already.

use domain::codes::CorrespondentKind;
use rstest::rstest;
use testing::TestHub;

use super::question;
use crate::mailed::{arrive, letter, reference_of};
use crate::reading::file;

#[rstest]
#[case("office@hill.kent.sch.uk", CorrespondentKind::School)]
#[case("ot@clinic.nhs.uk", CorrespondentKind::Professional)]
#[case("sam@example.org", CorrespondentKind::Other)]
#[tokio::test]
async fn an_address_tells_who_somebody_is(#[case] from: &str, #[case] kind: CorrespondentKind) {
    let test = TestHub::new().await;
    let id = arrive(&test, &question().from(from)).await;
    let file = file(&test, &reference_of(&test, id).await).await;
    assert_eq!(file.correspondent.kind, kind);
}

#[tokio::test]
async fn somebody_known_is_taken_as_they_are_and_another_name_is_another_person() {
    let test = TestHub::new().await;
    let known = test
        .submit(|answers| answers.email("pat@example.org"))
        .await;
    let known = file(&test, &known.reference).await.correspondent;
    let from = format!("{} <Pat@Example.org>", known.name);
    let same = arrive(&test, &question().from(&from)).await;
    let same = file(&test, &reference_of(&test, same).await).await;
    assert_eq!(same.correspondent.id, known.id);
    let other = letter("two", "Taxi", "And mine?").from("Sam Other <pat@example.org>");
    let other = arrive(&test, &other).await;
    let other = file(&test, &reference_of(&test, other).await)
        .await
        .correspondent;
    assert_ne!(other.id, known.id);
    assert_eq!((other.name.as_str(), other.kind), ("Sam Other", known.kind));
}
