//! What came in by mail: kept once, counted, found again.

use domain::codes::{
    Direction, FoldKind, IncomingState, MessageKind, NoAnswerReason, QuarantineReason,
    RelativeReason, StateKind,
};
use domain::ids::IncomingId;
use store::{
    AcknowledgementState, Attachment, Became, Database, Fold, Mailed, NewIncoming, NewMail,
    NewMessage, Place, StoreError,
};

use super::world::{MONDAY, add_account, add_enquiry, at, fresh, message, prepare};

fn mail(number: u8) -> NewIncoming {
    NewIncoming {
        id: fresh(IncomingId::generate),
        content_key: [number; 32],
        sha256: [number.wrapping_add(1); 32],
        size: 3,
        message_id: Some(format!("{number}@example.org")),
        envelope_from: Some(String::new()),
        envelope_to: Some("send@anyshire.example".to_owned()),
        received_at: at(MONDAY),
        stored_at: at(MONDAY),
    }
}

async fn keep(database: &Database, new: &NewIncoming) {
    let mut tx = database.begin().await.unwrap();
    assert!(tx.intake().insert(new).await.unwrap());
    tx.intake().insert_raw(new.id, b"\0\xff!").await.unwrap();
    tx.commit().await.unwrap();
}

/// Keeps a mail and files it as this message.
async fn file(
    database: &Database,
    new: &NewIncoming,
    said: &NewMessage,
    subject: Option<&str>,
    from: Option<&str>,
) {
    keep(database, new).await;
    let mailed = Mailed {
        message: said.id,
        incoming: new.id,
        subject: subject.map(str::to_owned),
        sender_name: None,
        sender_address: from.map(str::to_owned),
        folds: Vec::new(),
        problems: Vec::new(),
    };
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(said).await.unwrap();
    tx.mailed().insert(&mailed).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) async fn a_mail_reads_back_with_its_bytes(database: Database) {
    prepare(&database).await;
    let new = mail(1);
    keep(&database, &new).await;
    let mut tx = database.read().await.unwrap();
    let kept = tx.intake().get(new.id).await.unwrap().unwrap();
    assert_eq!(kept.mail, new);
    assert_eq!(kept.state, IncomingState::Received);
    assert_eq!(
        tx.intake().raw(new.id).await.unwrap().unwrap(),
        b"\0\xff!".to_vec()
    );
    let whole = tx.intake().get_whole(new.id).await.unwrap().unwrap();
    assert_eq!(whole, (kept, Some(b"\0\xff!".to_vec())));
    let another = mail(2).id;
    assert_eq!(tx.intake().raw(another).await.unwrap(), None);
    assert_eq!(tx.intake().get_whole(another).await.unwrap(), None);
}

pub(crate) async fn one_content_is_kept_once(database: Database) {
    prepare(&database).await;
    let first = mail(1);
    keep(&database, &first).await;
    let mut tx = database.begin().await.unwrap();
    let again = NewIncoming {
        id: fresh(IncomingId::generate),
        ..mail(1)
    };
    assert!(!tx.intake().insert(&again).await.unwrap());
    assert_eq!(
        tx.intake().by_content_key(&[1; 32]).await.unwrap(),
        Some(first.id)
    );
    assert_eq!(tx.intake().by_content_key(&[9; 32]).await.unwrap(), None);
    let other = NewIncoming {
        message_id: first.message_id.clone(),
        ..mail(2)
    };
    assert!(tx.intake().insert(&other).await.unwrap());
    let same_id = tx.intake().with_same_message_id(first.id).await.unwrap();
    assert_eq!(same_id, [other.id]);
    let alone = NewIncoming {
        message_id: None,
        ..mail(3)
    };
    assert!(tx.intake().insert(&alone).await.unwrap());
    let (before, after) = (IncomingState::Received, IncomingState::Filed);
    for (mail, has_namesakes) in [(&first, true), (&other, true), (&alone, false)] {
        let mut intake = tx.intake();
        let became = intake.become_of(mail.id, before, after, None, at(MONDAY));
        assert_eq!(became.await.unwrap(), Some(Became { has_namesakes }));
    }
}

pub(crate) async fn a_mail_is_found_where_it_was_seen(database: Database) {
    prepare(&database).await;
    let new = mail(1);
    keep(&database, &new).await;
    let place = |uid_validity| Place {
        mailbox: "enquiries".to_owned(),
        uid_validity,
        uid: u32::MAX,
    };
    let mut tx = database.begin().await.unwrap();
    for uid_validity in [1, 1, u32::MAX] {
        let place = place(uid_validity);
        tx.intake().note_place(&place, new.id).await.unwrap();
        assert_eq!(tx.intake().at_place(&place).await.unwrap(), Some(new.id));
    }
    assert_eq!(tx.intake().at_place(&place(2)).await.unwrap(), None);
}

pub(crate) async fn it_is_filed_once(database: Database) {
    prepare(&database).await;
    let new = mail(1);
    keep(&database, &new).await;
    let mut tx = database.begin().await.unwrap();
    let mut intake = tx.intake();
    let (before, after) = (IncomingState::Received, IncomingState::Filed);
    for first in [true, false] {
        let became = intake.become_of(new.id, before, after, None, at(MONDAY));
        assert_eq!(became.await.unwrap().is_some(), first);
    }
}

pub(crate) async fn the_quarantine_is_listed_until_a_person_settles_it(database: Database) {
    prepare(&database).await;
    let officer = add_account(&database).await;
    let (first, second) = (mail(1), mail(2));
    keep(&database, &first).await;
    keep(&database, &second).await;
    let mut tx = database.begin().await.unwrap();
    let (before, after) = (IncomingState::Received, IncomingState::Quarantined);
    let reason = Some(QuarantineReason::OutOfOffice);
    for mail in [&first, &second] {
        let mut intake = tx.intake();
        let became = intake.become_of(mail.id, before, after, reason, at(MONDAY));
        assert!(became.await.unwrap().is_some());
    }
    let page = tx.intake().standing(after, None, 1).await.unwrap();
    let last = &page[0].mail;
    assert_eq!(page[0].reason, reason);
    let rest = tx
        .intake()
        .standing(after, Some((last.stored_at, last.id)), 9)
        .await
        .unwrap();
    assert_eq!(rest.len(), 1);
    assert_ne!(rest[0].mail.id, last.id);
    assert_eq!(tx.intake().count(after).await.unwrap(), 2);
    tx.intake()
        .describe(first.id, Some("Pat"), Some("Away"))
        .await
        .unwrap();
    let words = "Advertising";
    for still_there in [true, false] {
        let mut intake = tx.intake();
        let settled = intake
            .set_aside(first.id, officer, words, at(MONDAY))
            .await
            .unwrap();
        assert_eq!(settled, still_there);
    }
    let settled = tx.intake().get(first.id).await.unwrap().unwrap();
    assert_eq!(settled.state, IncomingState::SetAside);
    assert_eq!(settled.settled_words.as_deref(), Some(words));
    assert_eq!(settled.sender.as_deref(), Some("Pat"));
    assert_eq!(settled.subject.as_deref(), Some("Away"));
    assert_eq!(tx.intake().count(after).await.unwrap(), 1);
}

pub(crate) async fn what_came_until_then_and_no_machine_wrote_is_counted(database: Database) {
    prepare(&database).await;
    let mut tx = database.begin().await.unwrap();
    for (number, when, reason) in [
        (1, MONDAY, QuarantineReason::CouldNotBeFiled),
        (2, MONDAY, QuarantineReason::OutOfOffice),
        (3, "2026-03-03T10:00:00Z", QuarantineReason::NoBytes),
    ] {
        let new = NewIncoming {
            received_at: at(when),
            ..mail(number)
        };
        assert!(tx.intake().insert(&new).await.unwrap());
        let (before, after) = (IncomingState::Received, IncomingState::Quarantined);
        let mut intake = tx.intake();
        let became = intake.become_of(new.id, before, after, Some(reason), at(when));
        assert!(became.await.unwrap().is_some());
    }
    for (until, count) in [
        ("2026-03-01T10:00:00Z", 0),
        (MONDAY, 1),
        ("2026-03-03T10:00:00Z", 2),
    ] {
        let counted = tx.intake().quarantined_until(at(until)).await.unwrap();
        assert_eq!(counted, count, "{until}");
    }
}

pub(crate) async fn of_an_erased_mail_only_the_mark_stays(database: Database) {
    prepare(&database).await;
    let new = mail(1);
    keep(&database, &new).await;
    let mut tx = database.begin().await.unwrap();
    tx.intake().remove_raw(new.id).await.unwrap();
    tx.intake().erase(new.id, at(MONDAY)).await.unwrap();
    let left = tx.intake().get(new.id).await.unwrap().unwrap();
    assert_eq!(left.state, IncomingState::Erased);
    assert_eq!(left.mail.envelope_to, None);
    assert_eq!(left.mail.message_id, None);
    assert_eq!(tx.intake().raw(new.id).await.unwrap(), None);
    let whole = tx.intake().get_whole(new.id).await.unwrap();
    assert_eq!(whole, Some((left, None)));
    let again = NewIncoming {
        id: fresh(IncomingId::generate),
        ..mail(1)
    };
    assert!(!tx.intake().insert(&again).await.unwrap());
}

pub(crate) async fn a_mailed_message_reads_back_with_what_came_with_it(database: Database) {
    prepare(&database).await;
    let enquiry = add_enquiry(&database, MONDAY).await;
    let new = mail(1);
    keep(&database, &new).await;
    let said = message(&enquiry, Direction::Inbound, MessageKind::FollowUp, MONDAY);
    let mailed = Mailed {
        message: said.id,
        incoming: new.id,
        subject: Some("Taxi 🚕".to_owned()),
        sender_name: None,
        sender_address: Some("pat@example.org".to_owned()),
        folds: vec![Fold {
            kind: FoldKind::Quoted,
            bytes: 7,
        }],
        problems: vec!["no-date".to_owned()],
    };
    let attachment = Attachment {
        message: said.id,
        ordinal: 0,
        name: Some("plan.pdf".to_owned()),
        media_type: "application/pdf".to_owned(),
        size: 9,
        sha256: [5; 32],
        inline: true,
    };
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&said).await.unwrap();
    tx.mailed().insert(&mailed).await.unwrap();
    tx.mailed().insert_attachment(&attachment).await.unwrap();
    let read = tx.mailed().of_enquiry(enquiry.id).await.unwrap();
    assert_eq!(read, std::slice::from_ref(&mailed));
    let read = tx.mailed().attachments_of_enquiry(enquiry.id).await;
    assert_eq!(read.unwrap(), std::slice::from_ref(&attachment));
    let found = tx.mailed().attachment(said.id, 0).await.unwrap();
    assert_eq!(found, Some((attachment, enquiry.id, new.id)));
    assert_eq!(tx.mailed().attachment(said.id, 1).await.unwrap(), None);
    assert_eq!(
        tx.mailed().became(new.id).await.unwrap(),
        Some((enquiry.id, said.id))
    );
    for (address, wrote) in [("pat@example.org", true), ("sam@example.org", false)] {
        let answer = tx.mailed().wrote_in(enquiry.id, address).await.unwrap();
        assert_eq!(answer, wrote, "{address}");
    }
    let other = message(&enquiry, Direction::Inbound, MessageKind::FollowUp, MONDAY);
    tx.messages().insert(&other).await.unwrap();
    let twice = Mailed {
        message: other.id,
        ..mailed
    };
    let refused = tx.mailed().insert(&twice).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
}

pub(crate) async fn messages_move_to_another_enquiry(database: Database) {
    prepare(&database).await;
    let one = add_enquiry(&database, MONDAY).await;
    let other = add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.messages().move_all(other.id, one.id).await.unwrap(), 1);
    assert_eq!(tx.messages().for_enquiry(one.id).await.unwrap().len(), 2);
    assert_eq!(tx.messages().for_enquiry(other.id).await.unwrap(), []);
}

pub(crate) async fn relatives_are_seen_from_either_side(database: Database) {
    prepare(&database).await;
    let one = add_enquiry(&database, MONDAY).await;
    let other = add_enquiry(&database, "2026-03-03T10:00:00Z").await;
    let mut tx = database.begin().await.unwrap();
    for _ in 0..2 {
        let reason = RelativeReason::Stranger;
        let mut relatives = tx.relatives();
        relatives
            .link(one.id, other.id, reason, at(MONDAY))
            .await
            .unwrap();
    }
    for (from, to) in [(&one, &other), (&other, &one)] {
        let found = tx.relatives().of(from.id).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reference, to.reference);
        assert_eq!(found[0].reason, RelativeReason::Stranger);
    }
    let pat = "PAT@example.org".parse().unwrap();
    let newest = tx.relatives().newest_correspondent(&pat).await.unwrap();
    assert_eq!(newest, Some(other.correspondent));
    let tagged = "Pat+1@example.org".parse().unwrap();
    for (address, newest) in [(&pat, newest), (&tagged, None)] {
        let mut relatives = tx.relatives();
        let (found, alone) = relatives.newest_correspondent_alone(address).await.unwrap();
        assert_eq!(found, newest);
        assert!(alone.is_with(&pat), "{address:?}");
        assert!(!alone.is_with(&"sam@example.org".parse().unwrap()));
    }
    let of_pat = tx.relatives().of_address(&pat, one.id, 9).await.unwrap();
    assert_eq!(of_pat.len(), 1);
    assert_eq!(of_pat[0].id, other.id);
    let nobody = "nobody@example.org".parse().unwrap();
    let mut relatives = tx.relatives();
    assert_eq!(relatives.newest_correspondent(&nobody).await.unwrap(), None);
}

pub(crate) async fn a_mail_of_ours_is_found_by_its_message_id(database: Database) {
    prepare(&database).await;
    let enquiry = add_enquiry(&database, MONDAY).await;
    let mail = super::letters::mail(&enquiry);
    let mut tx = database.begin().await.unwrap();
    tx.outbox().insert(&mail).await.unwrap();
    let mut relatives = tx.relatives();
    let found = relatives.enquiry_of_our_message_id(&mail.message_id).await;
    assert_eq!(found.unwrap(), Some(enquiry.id));
    let found = relatives.enquiry_of_our_message_id("<other@x>").await;
    assert_eq!(found.unwrap(), None);
    for (address, written) in [("pat@example.org", true), ("sam@example.org", false)] {
        let answer = relatives.was_written_to(enquiry.id, address).await;
        assert_eq!(answer.unwrap(), written, "{address}");
    }
}

pub(crate) async fn those_that_were_told_nothing_are_listed_with_why(database: Database) {
    prepare(&database).await;
    let told = add_enquiry(&database, MONDAY).await;
    let untold = add_enquiry(&database, "2026-03-03T10:00:00Z").await;
    let mut tx = database.begin().await.unwrap();
    let why = AcknowledgementState::NotAnswered(NoAnswerReason::MailingList);
    for (id, state) in [(told.id, AcknowledgementState::Sent), (untold.id, why)] {
        tx.enquiries().set_acknowledgement(id, state).await.unwrap();
    }
    let listed = tx.enquiries().not_acknowledged(None, 9).await.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].reference, untold.reference);
    assert_eq!((listed[0].why, listed[0].state), (why, StateKind::Promised));
    assert!(listed[0].name.starts_with("Pat Parent"));
    assert!(listed[0].email.is_some());
    let last = Some((listed[0].received_at, listed[0].id));
    assert_eq!(tx.enquiries().not_acknowledged(last, 9).await.unwrap(), []);
    assert_eq!(tx.enquiries().not_acknowledged_count().await.unwrap(), 1);
    for reason in NoAnswerReason::ALL {
        let state = AcknowledgementState::NotAnswered(*reason);
        tx.enquiries()
            .set_acknowledgement(told.id, state)
            .await
            .unwrap();
        let read = tx.enquiries().acknowledgement(told.id).await.unwrap();
        assert_eq!(read, Some(state));
    }
}

pub(crate) async fn the_queue_tells_what_a_mail_was_called_until_it_is_sorted(database: Database) {
    prepare(&database).await;
    let enquiry = add_enquiry(&database, MONDAY).await;
    let mails = [
        (mail(1), "Taxi 🚕", MONDAY),
        (mail(2), "Re: Taxi", "2026-03-02T12:00:00Z"),
    ];
    for (new, subject, said_at) in &mails {
        let said = message(&enquiry, Direction::Inbound, MessageKind::FollowUp, said_at);
        file(&database, new, &said, Some(subject), None).await;
    }
    for (unsorted_since, subject) in [
        (None, None),
        (Some(at(MONDAY)), Some("Taxi 🚕")),
        (None, None),
    ] {
        let mut tx = database.begin().await.unwrap();
        let mut enquiries = tx.enquiries();
        enquiries
            .set_unsorted(enquiry.id, unsorted_since)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let rows = super::desk::queue(&database, false).await;
        assert_eq!(rows[0].subject.as_deref(), subject);
    }
}

pub(crate) async fn a_thread_is_what_the_recipient_and_we_wrote(database: Database) {
    prepare(&database).await;
    let enquiry = add_enquiry(&database, MONDAY).await;
    let (theirs, others) = (mail(1), mail(2));
    for (new, from) in [(&theirs, "pat@example.org"), (&others, "sam@example.org")] {
        let said = message(&enquiry, Direction::Inbound, MessageKind::FollowUp, MONDAY);
        file(&database, new, &said, None, Some(from)).await;
    }
    let noon = at("2026-03-02T12:00:00Z");
    let told = super::letters::mail(&enquiry);
    let reply = NewMail {
        created_at: noon,
        ..super::letters::mail(&enquiry)
    };
    let to_another = NewMail {
        to_address: "sam@example.org".parse().unwrap(),
        ..super::letters::mail(&enquiry)
    };
    let capped = super::letters::mail(&enquiry);
    let mut tx = database.begin().await.unwrap();
    for one in [&told, &to_another, &reply] {
        tx.outbox().insert(one).await.unwrap();
    }
    tx.outbox().insert_capped(&capped).await.unwrap();
    let thread = tx.outbox().thread_before(&reply).await.unwrap();
    assert_eq!(thread.len(), 2, "{thread:?}");
    for id in ["<1@example.org>", told.message_id.as_str()] {
        assert!(thread.iter().any(|known| known == id), "{id}");
    }
    for (address, newest) in [
        ("pat@example.org", Some("1@example.org")),
        ("sam@example.org", Some("2@example.org")),
        ("nobody@example.org", None),
    ] {
        let found = tx.mailed().newest_message_id(enquiry.id, address).await;
        assert_eq!(found.unwrap().as_deref(), newest);
    }
}

pub(crate) async fn the_pages_of_those_that_were_told_nothing_join(database: Database) {
    prepare(&database).await;
    let mut untold = Vec::new();
    for when in [MONDAY, "2026-03-03T10:00:00Z", "2026-03-03T10:00:00Z"] {
        let enquiry = add_enquiry(&database, when).await;
        untold.push((at(when), enquiry.id));
    }
    untold.sort();
    let answered_at_once = add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    let states = untold
        .iter()
        .map(|(_, id)| (*id, AcknowledgementState::NoAddress));
    let at_once = AcknowledgementState::AnsweredAtOnce;
    for (id, state) in states.chain([(answered_at_once.id, at_once)]) {
        tx.enquiries().set_acknowledgement(id, state).await.unwrap();
    }
    let (mut after, mut read) = (None, Vec::new());
    while let [one] = &tx.enquiries().not_acknowledged(after, 1).await.unwrap()[..] {
        after = Some((one.received_at, one.id));
        read.extend(after);
    }
    assert_eq!(read, untold);
    assert_eq!(tx.enquiries().not_acknowledged_count().await.unwrap(), 3);
}
