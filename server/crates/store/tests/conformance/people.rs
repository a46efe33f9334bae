//! The council's keys, staff and their sessions, drafts and correspondents.

use domain::codes::{ContactPreference, CorrespondentKind, Role, Support};
use domain::ids::{AccountId, CorrespondentId, DraftId};
use jiff::Timestamp;
use store::{Account, Database, DraftRow, NewSession, ReplyDraft, Session, StoreError, TokenHash};

use super::world::{self, MONDAY, at, fresh};

pub(crate) async fn settings_are_added_renamed_and_never_deleted(database: Database) {
    world::prepare(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut council = world::council();
    council.teams[0].name = "Casework and reviews".to_owned();
    council.topics.clear();
    council.districts.clear();
    let mut tx = database.begin().await.unwrap();
    tx.council().sync(&council).await.unwrap();
    tx.commit().await.unwrap();
    let kept = database
        .read()
        .await
        .unwrap()
        .enquiries()
        .get(enquiry.id)
        .await
        .unwrap();
    assert_eq!(kept, Some(enquiry));
}

pub(crate) async fn an_account_is_found_by_its_address_in_any_letter_case(database: Database) {
    world::prepare(&database).await;
    let mut new = world::account();
    new.email = "Olu.Officer@Anyshire.Example".parse().unwrap();
    new.role = Role::TeamLead;
    new.team = Some("casework".parse().unwrap());
    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&new).await.unwrap();

    let found = tx
        .accounts()
        .by_email(" OLU.officer@anyshire.EXAMPLE ")
        .await
        .unwrap()
        .unwrap();
    let expected = Account {
        id: new.id,
        email: "olu.officer@anyshire.example".parse().unwrap(),
        name: new.name,
        password_hash: new.password_hash,
        role: Role::TeamLead,
        team: new.team,
        created_at: at(MONDAY),
        disabled_at: None,
        last_seen_at: None,
        away_until: None,
        next_away: None,
    };
    assert_eq!(found, expected);
    assert!(!format!("{found:?}").contains("argon2"));
    assert_eq!(tx.accounts().by_id(new.id).await.unwrap(), Some(found));
    assert_eq!(
        tx.accounts()
            .by_id(fresh(AccountId::generate))
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        tx.accounts()
            .by_email("nobody@anyshire.example")
            .await
            .unwrap(),
        None
    );
}

pub(crate) async fn two_accounts_cannot_have_one_address(database: Database) {
    world::prepare(&database).await;
    let first = world::account();
    let mut second = world::account();
    second.email = first.email.as_str().to_uppercase().parse().unwrap();
    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&first).await.unwrap();
    let refused = tx.accounts().insert(&second).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn a_session_lasts_until_it_ends_or_its_account_is_shut(database: Database) {
    world::prepare(&database).await;
    let account = world::add_account(&database).await;
    let (one, two) = (TokenHash::new([1; 32]), TokenHash::new([2; 32]));
    let (ten, eleven, twelve) = (
        at(MONDAY),
        at("2026-03-02T11:00:00Z"),
        at("2026-03-02T12:00:00Z"),
    );
    let mut tx = database.begin().await.unwrap();
    tx.sessions()
        .insert(&session(one, account, twelve))
        .await
        .unwrap();
    tx.sessions()
        .insert(&session(two, account, eleven))
        .await
        .unwrap();

    tx.sessions().touch(&one, eleven).await.unwrap();
    let found = tx.sessions().find(&one, eleven).await.unwrap().unwrap();
    let expected = Session {
        id: one.session_id(),
        account,
        device: Some("Firefox on Windows".to_owned()),
        created_at: ten,
        last_seen_at: eleven,
        expires_at: twelve,
    };
    assert_eq!((&found.session, found.account.id), (&expected, account));
    assert!(!found.second_step);
    assert_eq!(tx.sessions().find(&two, eleven).await.unwrap(), None);

    assert_eq!(tx.sessions().delete_expired(eleven).await.unwrap(), 1);
    assert!(tx.accounts().set_disabled(account, eleven).await.unwrap());
    assert_eq!(tx.sessions().find(&one, eleven).await.unwrap(), None);
    assert_eq!(
        tx.accounts()
            .by_id(account)
            .await
            .unwrap()
            .unwrap()
            .disabled_at,
        Some(eleven)
    );
    assert!(
        !tx.accounts()
            .set_disabled(fresh(AccountId::generate), eleven)
            .await
            .unwrap()
    );

    tx.sessions().delete(&one).await.unwrap();
    assert_eq!(tx.sessions().delete_expired(twelve).await.unwrap(), 0);
}

fn session(token: TokenHash, account: AccountId, expires_at: Timestamp) -> NewSession {
    NewSession {
        token,
        account,
        device: "Firefox on Windows".to_owned(),
        created_at: at(MONDAY),
        expires_at,
    }
}

pub(crate) async fn a_draft_is_replaced_found_and_forgotten(database: Database) {
    world::prepare(&database).await;
    let token = TokenHash::new([7; 32]);
    let (ten, eleven, twelve) = (
        at(MONDAY),
        at("2026-03-02T11:00:00Z"),
        at("2026-03-02T12:00:00Z"),
    );
    let first = DraftRow {
        id: fresh(DraftId::generate),
        document: r#"{"name":"Zoë 🌟"}"#.to_owned(),
        created_at: ten,
        updated_at: ten,
        expires_at: eleven,
    };
    let second = DraftRow {
        document: "{}".to_owned(),
        updated_at: eleven,
        expires_at: twelve,
        ..first.clone()
    };
    let mut tx = database.begin().await.unwrap();
    tx.drafts().save(&token, &first).await.unwrap();
    assert_eq!(
        tx.drafts().find(&token, ten).await.unwrap().as_ref(),
        Some(&first)
    );
    assert!(!format!("{first:?}").contains("Zoë"));
    tx.drafts().save(&token, &second).await.unwrap();
    assert_eq!(
        tx.drafts().find(&token, eleven).await.unwrap(),
        Some(second.clone())
    );
    assert_eq!(tx.drafts().find(&token, twelve).await.unwrap(), None);
    assert_eq!(tx.drafts().delete_expired(twelve).await.unwrap(), 1);

    tx.drafts().save(&token, &second).await.unwrap();
    tx.drafts().delete(&token).await.unwrap();
    assert_eq!(tx.drafts().find(&token, ten).await.unwrap(), None);
}

pub(crate) async fn a_correspondent_reads_back_as_written(database: Database) {
    world::prepare(&database).await;
    let mut school = world::correspondent();
    school.kind = CorrespondentKind::School;
    school.email = None;
    school.telephone = Some("01622 000 000".parse().unwrap());
    school.organisation = Some("Hill School".to_owned());
    school.preference = ContactPreference::Telephone;
    school.support = vec![Support::TextOnly, Support::Interpreter];
    school.interpreter_language = Some("Türkçe".to_owned());
    school.postal_address = Some("1 High Street\nExampleton".to_owned());
    school.safe_contact = Some("Not before 6pm".to_owned());
    let parent = world::correspondent();
    let mut tx = database.begin().await.unwrap();
    tx.correspondents()
        .insert(&school, at(MONDAY))
        .await
        .unwrap();
    tx.correspondents()
        .insert(&parent, at(MONDAY))
        .await
        .unwrap();
    assert_eq!(
        tx.correspondents().get(school.id).await.unwrap(),
        Some(school)
    );
    assert_eq!(
        tx.correspondents().get(parent.id).await.unwrap(),
        Some(parent)
    );
    assert_eq!(
        tx.correspondents()
            .get(fresh(CorrespondentId::generate))
            .await
            .unwrap(),
        None
    );
}

pub(crate) async fn a_reply_that_is_not_finished_is_kept_for_its_officer(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await.id;
    let (ten, eleven, twelve) = (
        at(MONDAY),
        at("2026-03-02T11:00:00Z"),
        at("2026-03-02T12:00:00Z"),
    );
    let draft = |body: &str, saved_at| ReplyDraft {
        body: body.to_owned(),
        saved_at,
    };
    let (first, second) = (draft("Dear Zoë 🌟", ten), draft("Dear Zoë, it", eleven));
    let mut tx = database.begin().await.unwrap();
    let mut drafts = tx.reply_drafts();
    assert_eq!(drafts.of(enquiry, officer, ten).await.unwrap(), None);
    drafts.save(enquiry, officer, &first, eleven).await.unwrap();
    drafts
        .save(enquiry, officer, &second, twelve)
        .await
        .unwrap();
    let found = drafts.of(enquiry, officer, eleven).await.unwrap();
    assert_eq!(found.as_ref(), Some(&second));
    assert!(!format!("{second:?}").contains("Zoë"));
    assert_eq!(drafts.of(enquiry, officer, twelve).await.unwrap(), None);
    assert_eq!(drafts.delete_expired(eleven).await.unwrap(), 0);
    assert_eq!(drafts.delete_expired(twelve).await.unwrap(), 1);

    drafts.save(enquiry, officer, &first, twelve).await.unwrap();
    drafts.delete(enquiry, officer).await.unwrap();
    assert_eq!(drafts.of(enquiry, officer, ten).await.unwrap(), None);
}
