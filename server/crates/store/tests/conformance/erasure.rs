//! What an enquiry says of people is erased where it stands.

use domain::codes::{Direction, MessageKind};
use domain::ids::AuditId;
use store::{AuditActor, AuditEntry, Database, ERASED};

use super::letters::mail;
use super::world::{MONDAY, add_enquiry, at, fresh, message, prepare};

pub(crate) async fn an_erased_enquiry_keeps_its_rows_and_says_nothing_of_people(
    database: Database,
) {
    prepare(&database).await;
    let enquiry = add_enquiry(&database, MONDAY).await;
    let (person, id) = (enquiry.correspondent, enquiry.id);
    let asked = message(&enquiry, Direction::Inbound, MessageKind::Enquiry, MONDAY);
    let letter = mail(&enquiry);
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&asked).await.unwrap();
    tx.outbox().insert(&letter).await.unwrap();
    assert!(!tx.erasure().is_erased(id).await.unwrap());
    assert_eq!(tx.erasure().enquiries_of(person).await.unwrap(), [id]);
    let still_there = tx.erasure().correspondent(person).await.unwrap();
    assert!(!still_there, "another enquiry of theirs is not erased");
    let deed = AuditEntry {
        id: fresh(AuditId::generate),
        at: at(MONDAY),
        actor: AuditActor::System,
        action: ERASED.to_owned(),
        enquiry: Some(id),
        subject: None,
        detail: Some("asked".to_owned()),
    };
    tx.audit().append(&deed).await.unwrap();
    let files = tx.erasure().words(id, at(MONDAY)).await.unwrap();
    assert!(files.is_empty());
    let erasure = tx.erasure().child_and_links(id, at(MONDAY)).await;
    erasure.unwrap();
    assert!(tx.erasure().correspondent(person).await.unwrap());
    tx.commit().await.unwrap();

    let mut tx = database.read().await.unwrap();
    assert!(tx.erasure().is_erased(id).await.unwrap());
    let left = tx.outbox().get(letter.id).await.unwrap().unwrap().mail;
    assert_eq!(left.to_address.as_str(), "erased@erased.invalid");
    assert_eq!((left.to_name, left.body_html), (None, None));
    assert_ne!(left.body_text, letter.body_text);
    let said = tx.messages().for_enquiry(id).await.unwrap();
    assert!(said.iter().all(|message| message.body == left.body_text));
    let nobody = tx.correspondents().get(person).await.unwrap().unwrap();
    assert_eq!((nobody.email, nobody.telephone), (None, None));
    assert_eq!(nobody.name, "Erased");
}
