//! What the tests are made of: a council, people, enquiries and listings with sensible defaults.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::codes::{
    AnswerAddress, Channel, ContactPreference, CorrespondentKind, Direction, MessageKind, Role,
};
use domain::correspondent::Correspondent;
use domain::council::{
    AutomaticMail, Contact, Council, District, DoubtedMail, Escalation, LocalOfferSettings, Look,
    MailSettings, PromisePolicy, Retired, SignInSettings, Team, Topic,
};
use domain::enquiry::{Enquiry, Event, NewEnquiry, Rules};
use domain::ids::{AccountId, CorrespondentId, EnquiryId, MessageId, PromiseId};
use domain::reference::Reference;
use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use store::{Database, NewAccount, NewMessage, Opening, PasswordHash};
use uuid::Uuid;

/// Monday 2 March 2026, mid-morning. With five working days: due Monday 9 March.
pub(crate) const MONDAY: &str = "2026-03-02T10:00:00Z";

static SEED: AtomicU64 = AtomicU64::new(1);

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn enquiry_id(number: u128) -> EnquiryId {
    EnquiryId::from_uuid(Uuid::from_u128(number))
}

/// An id that no other call gives: `fresh(AccountId::generate)`.
pub(crate) fn fresh<T>(generate: impl FnOnce(Timestamp, &mut dyn RngCore) -> T) -> T {
    let seed = SEED.fetch_add(1, Ordering::Relaxed);
    generate(at(MONDAY), &mut StdRng::seed_from_u64(seed))
}

pub(crate) fn council() -> Council {
    let team = |key: &str| Team {
        key: key.parse().unwrap(),
        name: format!("Team {key}"),
    };
    let text = "text".to_owned();
    Council {
        name: "Anyshire County Council".to_owned(),
        short_name: "Anyshire".to_owned(),
        default_team: "casework".parse().unwrap(),
        look: Look::default(),
        contact: Contact {
            email: "send@anyshire.example".parse().unwrap(),
            telephone: text.clone(),
            telephone_hours: text.clone(),
            out_of_hours_telephone: text.clone(),
            out_of_hours_text: text.clone(),
            messages_read: text.clone(),
            postal_address: vec![],
        },
        promise: PromisePolicy {
            working_days: 5,
            closes_after_working_days: 10,
        },
        promises: vec![],
        escalation: Escalation::default(),
        mail: MailSettings {
            from_name: text,
            from_address: "send@anyshire.example".parse().unwrap(),
            unsorted_topic: None,
            answers: AnswerAddress::default(),
        },
        automatic_mail: AutomaticMail::default(),
        doubted_mail: DoubtedMail::default(),
        local_offer: LocalOfferSettings {
            need_taxonomy: "Needs".to_owned(),
            category_taxonomy: "Kinds".to_owned(),
        },
        districts: vec![District {
            key: "north".parse().unwrap(),
            name: "North".to_owned(),
            postcode_hint: None,
        }],
        topics: vec![Topic {
            key: "transport".parse().unwrap(),
            name: "Transport".to_owned(),
            hint: None,
            working_days: None,
        }],
        teams: vec![team("casework"), team("transport")],
        routing: vec![],
        closures: vec![],
        bank_holidays: vec![],
        advice: vec![],
        search_words: vec![],
        letters: BTreeMap::new(),
        retired: Retired::default(),
        sign_in: SignInSettings::default(),
    }
}

pub(crate) fn rules() -> Rules {
    council().rules_for(&"transport".parse().unwrap(), CorrespondentKind::Parent)
}

/// Tables, and a council's keys in them.
pub(crate) async fn prepare(database: &Database) {
    database.migrate().await.unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.council().sync(&council()).await.unwrap();
    tx.commit().await.unwrap();
}

pub(crate) fn account() -> NewAccount {
    let id = fresh(AccountId::generate);
    NewAccount {
        id,
        email: format!("Officer.{}@Anyshire.Example", id.as_uuid().simple())
            .parse()
            .unwrap(),
        name: "Olu Officer".to_owned(),
        password_hash: PasswordHash::new("$argon2id$secret".to_owned()),
        role: Role::Officer,
        team: None,
        created_at: at(MONDAY),
    }
}

pub(crate) async fn add_account(database: &Database) -> AccountId {
    let account = account();
    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&account).await.unwrap();
    tx.commit().await.unwrap();
    account.id
}

/// How many accounts there are.
pub(crate) async fn accounts(database: &Database) -> usize {
    let mut tx = database.read().await.unwrap();
    tx.accounts().list().await.unwrap().len()
}

pub(crate) fn correspondent() -> Correspondent {
    Correspondent {
        id: fresh(CorrespondentId::generate),
        kind: CorrespondentKind::Parent,
        name: "Pat Parent 👩‍👧 مرحبا".to_owned(),
        email: Some("pat@example.org".parse().unwrap()),
        telephone: None,
        organisation: None,
        preference: ContactPreference::Email,
        support: vec![],
        interpreter_language: None,
        postal_address: None,
        safe_contact: None,
    }
}

/// A new enquiry about transport that came then, for the casework team.
pub(crate) fn enquiry(correspondent: CorrespondentId, received: &str) -> Enquiry {
    let new = NewEnquiry {
        id: fresh(EnquiryId::generate),
        reference: fresh(|_, rng| Reference::generate(rng)),
        topic: "transport".parse().unwrap(),
        district: Some("north".parse().unwrap()),
        team: "casework".parse().unwrap(),
        correspondent,
        asked_by: CorrespondentKind::Parent,
        channel: Channel::WebForm,
        received_at: at(received),
        promise_id: fresh(PromiseId::generate),
    };
    Enquiry::opened(new, &rules()).enquiry
}

/// The same, with its correspondent, its promise and its first message, kept in the database.
pub(crate) async fn add_enquiry(database: &Database, received: &str) -> Enquiry {
    add_enquiry_for(database, received, |_| {}).await
}

/// The same, changed before it is kept.
pub(crate) async fn add_enquiry_for(
    database: &Database,
    received: &str,
    change: impl FnOnce(&mut Enquiry) + Send,
) -> Enquiry {
    let correspondent = correspondent();
    let mut enquiry = enquiry(correspondent.id, received);
    change(&mut enquiry);
    let mut tx = database.begin().await.unwrap();
    tx.correspondents()
        .insert(&correspondent, at(received))
        .await
        .unwrap();
    tx.enquiries()
        .insert(&enquiry, &Opening::default())
        .await
        .unwrap();
    tx.promises()
        .insert(enquiry.promise.as_ref().unwrap())
        .await
        .unwrap();
    tx.messages()
        .insert(&message(
            &enquiry,
            Direction::Inbound,
            MessageKind::Enquiry,
            received,
        ))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    enquiry
}

pub(crate) fn message(
    enquiry: &Enquiry,
    direction: Direction,
    kind: MessageKind,
    when: &str,
) -> NewMessage {
    NewMessage {
        id: fresh(MessageId::generate),
        enquiry: enquiry.id,
        direction,
        kind,
        author: None,
        body: "When will the taxi come?\n\t🚕 متى".to_owned(),
        at: at(when),
        delivery: None,
        promises_on: None,
    }
}

/// Applies an event and writes what follows, as the use cases do. The message of the event must be there.
pub(crate) async fn happen(database: &Database, enquiry: &Enquiry, event: &Event) -> Enquiry {
    let mut next = enquiry.apply(event, &rules()).unwrap().enquiry;
    let mut tx = database.begin().await.unwrap();
    let promise = next.promise.as_ref().unwrap();
    if enquiry.promise.as_ref().map(|promise| promise.id) == Some(promise.id) {
        tx.promises().update(promise).await.unwrap();
    } else {
        tx.promises().insert(promise).await.unwrap();
    }
    next.revision = tx
        .enquiries()
        .update(&next, enquiry.revision)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    next
}

/// Adds a reply and applies it.
pub(crate) async fn reply(database: &Database, enquiry: &Enquiry, when: &str) -> Enquiry {
    let reply = message(enquiry, Direction::Outbound, MessageKind::Reply, when);
    let mut tx = database.begin().await.unwrap();
    tx.messages().insert(&reply).await.unwrap();
    tx.commit().await.unwrap();
    happen(
        database,
        enquiry,
        &Event::ReplySent {
            at: at(when),
            message: reply.id,
        },
    )
    .await
}
