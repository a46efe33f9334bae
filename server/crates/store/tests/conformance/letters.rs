//! Messages, the outbox, private links and the audit.

use domain::codes::{DeliveryState, Direction, MessageKind};
use domain::enquiry::Enquiry;
use domain::ids::{AuditId, CorrespondentId, MailId};
use store::{AuditActor, AuditEntry, Author, Database, Link, NewMail, StoreError};
use uuid::Uuid;

use super::world::{self, MONDAY, at, fresh};

pub(crate) async fn messages_read_back_in_order_with_their_authors(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut reply = world::message(
        &enquiry,
        Direction::Outbound,
        MessageKind::Reply,
        "2026-03-02T12:00:00Z",
    );
    reply.author = Some(officer);
    reply.delivery = Some(DeliveryState::Waiting);
    let note = world::message(
        &enquiry,
        Direction::Outbound,
        MessageKind::InternalNote,
        "2026-03-02T11:00:00Z",
    );
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&reply).await.unwrap();
    tx.messages().insert(&note).await.unwrap();
    tx.messages()
        .set_delivery(reply.id, DeliveryState::Sent)
        .await
        .unwrap();
    let read = tx.messages().for_enquiry(enquiry.id).await.unwrap();
    assert_eq!(
        read.iter().map(|message| message.kind).collect::<Vec<_>>(),
        [
            MessageKind::Enquiry,
            MessageKind::InternalNote,
            MessageKind::Reply
        ]
    );
    let last = &read[2];
    assert_eq!(
        tx.messages().get(reply.id).await.unwrap().as_ref(),
        Some(last)
    );
    assert_eq!(
        last.author,
        Some(Author {
            id: officer,
            name: "Olu Officer".to_owned()
        })
    );
    assert_eq!(
        (last.id, last.enquiry, last.direction),
        (reply.id, enquiry.id, Direction::Outbound)
    );
    assert_eq!(
        (last.body.as_str(), last.at, last.delivery),
        (reply.body.as_str(), reply.at, Some(DeliveryState::Sent))
    );
    assert_eq!((&read[0].author, read[0].delivery), (&None, None));
    assert!(!format!("{last:?} {reply:?}").contains("taxi"));
}

pub(crate) fn mail(enquiry: &Enquiry) -> NewMail {
    let id = fresh(MailId::generate);
    NewMail {
        id,
        enquiry: enquiry.id,
        message: None,
        kind: MessageKind::Acknowledgement,
        to_address: "Pat@example.org".parse().unwrap(),
        to_name: Some("Pat".to_owned()),
        subject: "Your enquiry".to_owned(),
        body_text: "We have it.".to_owned(),
        body_html: Some("<p>We have it.</p>".to_owned()),
        message_id: format!("<{id}@hub.example>"),
        in_reply_to: None,
        created_at: at(MONDAY),
    }
}

pub(crate) async fn a_mail_is_sent_once(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let new = mail(&enquiry);
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&new).await.unwrap();
    assert_eq!(tx.outbox().waiting_count().await.unwrap(), 1);
    let waiting = tx.outbox().get(new.id).await.unwrap().unwrap();
    assert_eq!(
        (&waiting.mail, waiting.state, waiting.attempts),
        (&new, DeliveryState::Waiting, 0)
    );
    assert!(!format!("{waiting:?}").contains("example.org"));

    let marked = tx.outbox().mark_sent(new.id, at(MONDAY), "250 OK").await;
    let eleven = at("2026-03-02T11:00:00Z");
    let again = tx.outbox().mark_sent(new.id, eleven, "250 again").await;
    assert_eq!(again.unwrap(), None);
    // A worker whose lease ended meanwhile has no say.
    assert!(!tx.outbox().mark_attempt(new.id, "451").await.unwrap());
    assert!(!tx.outbox().mark_dead(new.id, "550").await.unwrap());
    let sent = tx.outbox().get(new.id).await.unwrap().unwrap();
    assert_eq!(
        (sent.state, sent.sent_at, sent.attempts),
        (DeliveryState::Sent, Some(at(MONDAY)), 1)
    );
    assert_eq!(sent.server_answer.as_deref(), Some("250 OK"));
    assert_eq!(marked.unwrap().as_ref(), Some(&sent));
    assert_eq!(tx.outbox().for_enquiry(enquiry.id).await.unwrap(), [sent]);
    let mut later = mail(&enquiry);
    "We write again.".clone_into(&mut later.body_text);
    later.created_at = at("2026-03-02T12:00:00Z");
    tx.outbox().insert(&later).await.unwrap();
    let texts = tx.outbox().last_texts(enquiry.id).await.unwrap();
    assert_eq!(texts, ["We write again.", "We have it."]);
    tx.outbox()
        .mark_sent(later.id, at(MONDAY), "250")
        .await
        .unwrap();
    assert_eq!(tx.outbox().waiting_count().await.unwrap(), 0);
    assert_eq!(
        tx.outbox().get(fresh(MailId::generate)).await.unwrap(),
        None
    );
}

pub(crate) async fn a_mail_tried_in_vain_waits_until_it_is_given_up(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let new = mail(&enquiry);
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&new).await.unwrap();
    tx.outbox().mark_attempt(new.id, "451 later").await.unwrap();
    let waiting = tx.outbox().get(new.id).await.unwrap().unwrap();
    assert_eq!(
        (waiting.state, waiting.attempts),
        (DeliveryState::Waiting, 1)
    );
    assert_eq!(waiting.last_error.as_deref(), Some("451 later"));
    assert_eq!(tx.outbox().to_clear(None, 10).await.unwrap(), []);
    let held_up = tx.outbox().held_up(None, 10).await.unwrap();
    assert_eq!(held_up, [waiting]);
    assert_eq!(tx.outbox().held_up_count().await.unwrap(), 1);
    let last = Some((new.created_at, new.id));
    assert_eq!(tx.outbox().held_up(last, 10).await.unwrap(), []);

    assert!(tx.outbox().mark_dead(new.id, "550 unknown").await.unwrap());
    let marked = tx.outbox().mark_sent(new.id, at(MONDAY), "250 OK").await;
    assert_eq!(marked.unwrap(), None);
    let dead = tx.outbox().to_clear(None, 10).await.unwrap();
    assert_eq!(tx.outbox().held_up(None, 10).await.unwrap(), []);
    assert_eq!(tx.outbox().held_up_count().await.unwrap(), 0);
    assert_eq!((dead[0].state, dead[0].attempts), (DeliveryState::Dead, 2));
    assert_eq!(dead[0].last_error.as_deref(), Some("550 unknown"));
}

pub(crate) async fn a_message_id_is_given_once(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let first = mail(&enquiry);
    let second = NewMail {
        message_id: first.message_id.clone(),
        ..mail(&enquiry)
    };
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&first).await.unwrap();
    let refused = tx.outbox().insert(&second).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn a_link_reads_back(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let link = Link {
        id: Uuid::from_u128(5),
        enquiry: enquiry.id,
        created_at: at(MONDAY),
        expires_at: at("2027-03-02T10:00:00Z"),
        revoked_at: None,
    };
    let revoked = Link {
        id: Uuid::from_u128(6),
        revoked_at: Some(at(MONDAY)),
        ..link.clone()
    };
    let older = Link {
        id: Uuid::from_u128(8),
        created_at: at("2026-03-01T10:00:00Z"),
        ..link.clone()
    };
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.links().of_enquiry(enquiry.id).await.unwrap(), None);
    for one in [&link, &revoked, &older] {
        tx.links().insert(one).await.unwrap();
    }
    let newest = tx.links().of_enquiry(enquiry.id).await.unwrap();
    assert_eq!(newest.as_ref(), Some(&link));
    assert_eq!(tx.links().get(link.id).await.unwrap(), Some(link));
    assert_eq!(tx.links().get(revoked.id).await.unwrap(), Some(revoked));
    assert_eq!(tx.links().get(Uuid::from_u128(7)).await.unwrap(), None);
}

pub(crate) async fn the_audit_reads_back_in_order(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let about = world::enquiry_id(1);
    let entry = |actor, when| AuditEntry {
        id: fresh(AuditId::generate),
        at: at(when),
        actor,
        action: "enquiry.read".to_owned(),
        enquiry: Some(about),
        subject: Some(Uuid::from_u128(3)),
        detail: None,
    };
    let third = entry(AuditActor::System, "2026-03-02T13:00:00Z");
    let first = entry(AuditActor::Account(officer), "2026-03-02T11:00:00Z");
    let second = entry(
        AuditActor::Correspondent(Some(fresh(CorrespondentId::generate))),
        "2026-03-02T12:00:00Z",
    );
    let fourth = entry(AuditActor::Correspondent(None), "2026-03-02T14:00:00Z");
    let elsewhere = AuditEntry {
        enquiry: None,
        ..entry(AuditActor::System, MONDAY)
    };
    let mut tx = database.begin().await.unwrap();
    for deed in [&third, &first, &elsewhere, &fourth, &second] {
        tx.audit().append(deed).await.unwrap();
    }
    assert_eq!(
        tx.audit().for_enquiry(about).await.unwrap(),
        [first, second, third, fourth]
    );
}
