//! Changing accounts, second steps, sessions in a list, and invitations.

use domain::codes::{EndReason, Role};
use domain::enquiry::Event;
use domain::ids::{AccountId, InvitationId, SessionId};
use jiff::civil::date;
use store::{
    Absence, Database, Invitation, NewSession, PasswordHash, SecondStep, StoreError, TokenHash,
};

use super::world::{self, MONDAY, at, fresh};

const ELEVEN: &str = "2026-03-02T11:00:00Z";
const TWELVE: &str = "2026-03-02T12:00:00Z";

pub(crate) async fn an_account_is_changed_and_opened_again(database: Database) {
    world::prepare(&database).await;
    let id = world::add_account(&database).await;
    let mut tx = database.begin().await.unwrap();
    let hash = PasswordHash::new("another".to_owned());
    tx.accounts().set_password(id, &hash).await.unwrap();
    let team = "casework".parse().unwrap();
    tx.accounts()
        .change(id, "Zoë Ng", Role::TeamLead, Some(&team))
        .await
        .unwrap();
    let until = date(2026, 3, 9);
    tx.accounts().set_away(id, Some(until)).await.unwrap();
    tx.accounts().seen(id, at(ELEVEN)).await.unwrap();
    tx.accounts().set_disabled(id, at(ELEVEN)).await.unwrap();
    assert!(tx.accounts().set_enabled(id).await.unwrap());
    let account = tx.accounts().by_id(id).await.unwrap().unwrap();
    assert_eq!(
        (account.name.as_str(), account.role, account.team),
        ("Zoë Ng", Role::TeamLead, Some(team))
    );
    assert_eq!(account.password_hash, hash);
    assert_eq!(account.away_until, Some(until));
    assert_eq!(account.last_seen_at, Some(at(ELEVEN)));
    assert_eq!(account.disabled_at, None);
    tx.accounts().set_away(id, None).await.unwrap();
    let account = tx.accounts().held(id).await.unwrap().unwrap();
    assert_eq!(account.away_until, None);
    let next = Absence {
        from: date(2026, 3, 16),
        until: date(2026, 3, 20),
    };
    tx.accounts().set_next_away(id, Some(next)).await.unwrap();
    let account = tx.accounts().by_id(id).await.unwrap().unwrap();
    assert_eq!(account.next_away, Some(next));
    let eve = next.from.yesterday().unwrap();
    assert_eq!(tx.accounts().to_go_away(eve, 10).await.unwrap(), []);
    assert_eq!(tx.accounts().to_go_away(next.from, 10).await.unwrap(), [id]);
    tx.accounts().set_next_away(id, None).await.unwrap();
    assert_eq!(tx.accounts().to_go_away(next.from, 10).await.unwrap(), []);
    let nobody = fresh(AccountId::generate);
    assert!(!tx.accounts().set_enabled(nobody).await.unwrap());
}

pub(crate) async fn the_administrators_who_can_sign_in_are_held(database: Database) {
    world::prepare(&database).await;
    world::add_account(&database).await;
    let (mut here, mut gone) = (world::account(), world::account());
    here.role = Role::Administrator;
    gone.role = Role::Administrator;
    let mut tx = database.begin().await.unwrap();
    tx.accounts().insert(&here).await.unwrap();
    tx.accounts().insert(&gone).await.unwrap();
    tx.accounts()
        .set_disabled(gone.id, at(MONDAY))
        .await
        .unwrap();
    let held = tx.accounts().hold_administrators().await.unwrap();
    assert_eq!(held, [here.id]);
}

pub(crate) async fn sessions_are_listed_and_ended_one_by_one_or_all(database: Database) {
    world::prepare(&database).await;
    let (mine, other) = (
        world::add_account(&database).await,
        world::add_account(&database).await,
    );
    let hashes: Vec<TokenHash> = (1..=4).map(|byte| TokenHash::new([byte; 32])).collect();
    let mut tx = database.begin().await.unwrap();
    for (number, token) in hashes.iter().enumerate() {
        tx.sessions()
            .insert(&NewSession {
                token: *token,
                account: if number == 3 { other } else { mine },
                device: format!("Browser {number}"),
                created_at: at(MONDAY),
                expires_at: at(TWELVE),
            })
            .await
            .unwrap();
    }
    tx.sessions().touch(&hashes[1], at(ELEVEN)).await.unwrap();
    let devices: Vec<String> = tx
        .sessions()
        .of_account(mine, at(ELEVEN))
        .await
        .unwrap()
        .into_iter()
        .filter_map(|session| session.device)
        .collect();
    assert_eq!(devices, ["Browser 1", "Browser 0", "Browser 2"]);
    assert!(
        tx.sessions()
            .of_account(mine, at(TWELVE))
            .await
            .unwrap()
            .is_empty()
    );

    let first = hashes[0].session_id();
    assert!(!tx.sessions().delete_one(other, first).await.unwrap());
    assert!(tx.sessions().delete_one(mine, first).await.unwrap());
    assert!(!tx.sessions().delete_one(mine, first).await.unwrap());
    let kept = hashes[1].session_id();
    assert_eq!(tx.sessions().delete_others(mine, kept).await.unwrap(), 1);
    let left: Vec<SessionId> = tx
        .sessions()
        .of_account(mine, at(ELEVEN))
        .await
        .unwrap()
        .into_iter()
        .map(|session| session.id)
        .collect();
    assert_eq!(left, [kept]);
    assert_eq!(tx.sessions().delete_all(mine).await.unwrap(), 1);
    assert_eq!(tx.sessions().delete_all(other).await.unwrap(), 1);
}

pub(crate) async fn half_a_sign_in_ends_after_its_time_or_too_many_tries(database: Database) {
    world::prepare(&database).await;
    let account = world::add_account(&database).await;
    let token = TokenHash::new([1; 32]);
    let mut tx = database.begin().await.unwrap();
    tx.half_sign_ins()
        .insert(&token, account, at(TWELVE))
        .await
        .unwrap();
    let found = tx.half_sign_ins().find(&token, at(ELEVEN), 2).await;
    assert_eq!(found.unwrap().map(|found| found.id), Some(account));
    assert_eq!(
        tx.half_sign_ins()
            .find(&token, at(TWELVE), 2)
            .await
            .unwrap(),
        None
    );
    tx.half_sign_ins().count_try(&token).await.unwrap();
    let found = tx.half_sign_ins().find(&token, at(ELEVEN), 2).await;
    assert!(found.unwrap().is_some());
    tx.half_sign_ins().count_try(&token).await.unwrap();
    assert_eq!(
        tx.half_sign_ins()
            .find(&token, at(ELEVEN), 2)
            .await
            .unwrap(),
        None
    );
    // It opens nothing of what a session opens.
    assert_eq!(tx.sessions().find(&token, at(ELEVEN)).await.unwrap(), None);

    assert!(tx.half_sign_ins().delete(&token).await.unwrap());
    assert!(!tx.half_sign_ins().delete(&token).await.unwrap());
    for byte in [2, 3] {
        tx.half_sign_ins()
            .insert(&TokenHash::new([byte; 32]), account, at(TWELVE))
            .await
            .unwrap();
    }
    assert_eq!(
        tx.half_sign_ins().delete_expired(at(ELEVEN)).await.unwrap(),
        0
    );
    tx.half_sign_ins().delete_all(account).await.unwrap();
    assert_eq!(
        tx.half_sign_ins().delete_expired(at(TWELVE)).await.unwrap(),
        0
    );
}

pub(crate) async fn a_code_of_the_second_step_works_once(database: Database) {
    world::prepare(&database).await;
    let account = world::add_account(&database).await;
    let second_step = SecondStep {
        sealed_key: vec![0, 159, 146, 150],
        set_at: at(MONDAY),
    };
    let mut tx = database.begin().await.unwrap();
    assert_eq!(tx.second_steps().of(account).await.unwrap(), None);
    assert!(!tx.second_steps().use_step(account, 7).await.unwrap());
    tx.second_steps()
        .set(account, &second_step, 7)
        .await
        .unwrap();
    assert_eq!(
        tx.second_steps().of(account).await.unwrap().as_ref(),
        Some(&second_step)
    );
    assert_eq!(tx.second_steps().accounts().await.unwrap(), [account]);
    assert!(!tx.second_steps().use_step(account, 7).await.unwrap());
    assert!(tx.second_steps().use_step(account, 8).await.unwrap());
    assert!(!tx.second_steps().use_step(account, 8).await.unwrap());
    let token = TokenHash::new([1; 32]);
    tx.sessions()
        .insert(&NewSession {
            token,
            account,
            device: "Safari on iPhone".to_owned(),
            created_at: at(MONDAY),
            expires_at: at(TWELVE),
        })
        .await
        .unwrap();
    let found = tx.sessions().find(&token, at(ELEVEN)).await.unwrap();
    assert!(found.unwrap().second_step);

    let another = SecondStep {
        sealed_key: vec![1],
        set_at: at(ELEVEN),
    };
    tx.second_steps().set(account, &another, 3).await.unwrap();
    assert_eq!(tx.second_steps().of(account).await.unwrap(), Some(another));
    assert!(tx.second_steps().use_step(account, 4).await.unwrap());
    assert!(tx.second_steps().delete(account).await.unwrap());
    assert!(!tx.second_steps().delete(account).await.unwrap());
    tx.second_steps()
        .set(account, &second_step, 7)
        .await
        .unwrap();
    assert_eq!(tx.second_steps().delete_every_one().await.unwrap(), 1);
}

pub(crate) async fn a_recovery_code_works_once(database: Database) {
    world::prepare(&database).await;
    let (account, other) = (
        world::add_account(&database).await,
        world::add_account(&database).await,
    );
    let (one, two) = (TokenHash::new([1; 32]), TokenHash::new([2; 32]));
    let mut tx = database.begin().await.unwrap();
    for code in [&one, &two] {
        tx.second_steps()
            .add_recovery_code(account, code)
            .await
            .unwrap();
    }
    let mut steps = tx.second_steps();
    let at_eleven = at(ELEVEN);
    let use_code = steps.use_recovery_code(other, &one, at_eleven);
    assert!(!use_code.await.unwrap());
    let use_code = steps.use_recovery_code(account, &one, at_eleven);
    assert!(use_code.await.unwrap());
    let use_code = steps.use_recovery_code(account, &one, at_eleven);
    assert!(!use_code.await.unwrap());
    assert_eq!(steps.recovery_codes_left(account).await.unwrap(), 1);
    steps.delete_recovery_codes(account).await.unwrap();
    assert_eq!(steps.recovery_codes_left(account).await.unwrap(), 0);
}

pub(crate) async fn an_invitation_is_used_once_or_taken_back(database: Database) {
    world::prepare(&database).await;
    let invitation = |email: &str| Invitation {
        id: fresh(InvitationId::generate),
        email: email.parse().unwrap(),
        name: "Zoë Ng".to_owned(),
        role: Role::Officer,
        team: Some("casework".parse().unwrap()),
        created_at: at(MONDAY),
        expires_at: at(TWELVE),
        sent_at: None,
        last_error: None,
        accepted_at: None,
        revoked_at: None,
    };
    let (used, back) = (
        invitation("zoe@anyshire.example"),
        invitation("kim@anyshire.example"),
    );
    let mut tx = database.begin().await.unwrap();
    tx.invitations().insert(&used).await.unwrap();
    tx.invitations().insert(&back).await.unwrap();
    assert_eq!(
        tx.invitations().get(used.id).await.unwrap().as_ref(),
        Some(&used)
    );
    assert_eq!(tx.invitations().open().await.unwrap().len(), 2);

    tx.invitations()
        .mark_failed(used.id, "550 no such mailbox")
        .await
        .unwrap();
    let failed = tx.invitations().get(used.id).await.unwrap().unwrap();
    assert_eq!(failed.last_error.as_deref(), Some("550 no such mailbox"));
    tx.invitations()
        .mark_sent(used.id, at(ELEVEN))
        .await
        .unwrap();
    let sent = tx.invitations().get(used.id).await.unwrap().unwrap();
    assert_eq!((sent.sent_at, sent.last_error), (Some(at(ELEVEN)), None));

    assert!(!tx.invitations().accept(used.id, at(TWELVE)).await.unwrap());
    let later = at("2026-03-09T12:00:00Z");
    assert!(tx.invitations().renew(used.id, later).await.unwrap());
    let renewed = tx.invitations().get(used.id).await.unwrap().unwrap();
    assert_eq!((renewed.expires_at, renewed.sent_at), (later, None));
    assert!(tx.invitations().accept(used.id, at(TWELVE)).await.unwrap());
    assert!(!tx.invitations().accept(used.id, at(TWELVE)).await.unwrap());
    assert!(!tx.invitations().revoke(used.id, at(TWELVE)).await.unwrap());
    assert!(!tx.invitations().renew(used.id, later).await.unwrap());

    assert!(tx.invitations().revoke(back.id, at(ELEVEN)).await.unwrap());
    assert!(!tx.invitations().accept(back.id, at(ELEVEN)).await.unwrap());
    assert_eq!(tx.invitations().open().await.unwrap(), []);
    // Its address is free again; one that is open keeps its address.
    let mut again = invitation("kim@anyshire.example");
    tx.invitations().insert(&again).await.unwrap();
    again.id = fresh(InvitationId::generate);
    let refused = tx.invitations().insert(&again).await;
    assert!(
        matches!(refused, Err(StoreError::Conflict { .. })),
        "{refused:?}"
    );
}

pub(crate) async fn what_an_officer_has_is_listed_until_it_is_closed(database: Database) {
    world::prepare(&database).await;
    let officer = world::add_account(&database).await;
    let enquiry = world::add_enquiry(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    let listed = tx.enquiries().not_closed_of(officer, 10).await.unwrap();
    assert_eq!(listed, []);
    let rules = world::rules();
    let taken = Event::Assigned {
        at: at(MONDAY),
        officer: Some(officer),
    };
    let taken = enquiry.apply(&taken, &rules).unwrap().enquiry;
    let revision = tx
        .enquiries()
        .update(&taken, enquiry.revision)
        .await
        .unwrap();
    let listed = tx.enquiries().not_closed_of(officer, 10).await.unwrap();
    assert_eq!(listed, [enquiry.id]);
    let ended = Event::EndedWithoutAnswer {
        at: at(ELEVEN),
        reason: EndReason::Thanks,
    };
    let closed = taken.apply(&ended, &rules).unwrap().enquiry;
    tx.enquiries().update(&closed, revision).await.unwrap();
    let listed = tx.enquiries().not_closed_of(officer, 10).await.unwrap();
    assert_eq!(listed, []);
}
