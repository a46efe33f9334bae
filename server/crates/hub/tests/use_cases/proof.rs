//! Proving the invariants: a healthy little world, and what the proof says when one row of it is tampered with.
//!
//! Each row of [`TAMPERING`] changes the database as somebody would who has it in their hands, inside a transaction
//! that is proved and then undone.

use std::time::Duration;

use domain::{
    clock::london_date,
    codes::{DeliveryState, MessageKind, ReportAction, Role},
    reference::Reference,
};
use hub::{
    Actor, Error,
    audit::{GRACE, Proof, of_database},
    delivery::{Reported, ReportedRecipient},
};
use jiff::SignedDuration;
use store::{Breach, Found, Judged, Tx};
use testing::{Setup, TestHub, fields};

use crate::mailed::{arrive, letter, receive, reference_of};
use crate::reading::{file, stored};

/// Proves the database as `send-hub audit` does.
pub(crate) async fn prove(test: &TestHub) -> Proof {
    let now = test.hub.now();
    let proved = of_database(test.hub.database(), now, GRACE, None).await;
    proved.unwrap().0
}

/// Nothing is broken.
pub(crate) async fn assert_whole(test: &TestHub, when: &str) {
    let broken = prove(test).await.broken;
    assert!(broken.is_empty(), "{when}: {broken:#?}");
}

/// An enquiry of each kind, by the name that the tampering knows it by.
struct World {
    test: TestHub,
    named: Vec<(&'static str, Reference)>,
}

impl World {
    fn of(&self, name: &str) -> Reference {
        let named = self.named.iter().find(|(known, _)| *known == name);
        named
            .unwrap_or_else(|| unreachable!("no enquiry is called {name}"))
            .1
    }
}

async fn asked(test: &TestHub, email: &str) -> Reference {
    let submitted = test.submit(|answers| answers.email(email)).await;
    test.run_jobs().await;
    submitted.reference
}

async fn reply(test: &TestHub, officer: &Actor, reference: &Reference) {
    let words = fields([("reply", "It begins on Monday.")]);
    let replied = test.hub.desk().reply(officer, reference, &words).await;
    replied.unwrap();
}

/// What was sent of this kind in an enquiry comes back.
async fn bounce(test: &TestHub, reference: &Reference, kind: MessageKind) {
    let enquiry = stored(test, reference).await.id;
    let mut tx = test.hub.database().read().await.unwrap();
    let mails = tx.outbox().for_enquiry(enquiry).await.unwrap();
    drop(tx);
    let mail = mails
        .into_iter()
        .rfind(|mail| mail.mail.kind == kind)
        .unwrap();
    let report = Reported {
        arrived: None,
        received_at: test.hub.now(),
        return_paths: Vec::new(),
        message_id: Some(mail.mail.message_id.trim_matches(['<', '>']).to_owned()),
        recipients: vec![ReportedRecipient {
            addresses: vec![mail.mail.to_address.to_string()],
            action: ReportAction::Failed,
            status: Some("5.1.1".to_owned()),
            diagnostic: None,
        }],
    };
    test.hub.delivery().reported(&report).await.unwrap();
}

/// A world in which something of everything has happened, and all is well.
async fn world() -> World {
    let test = TestHub::with(Setup {
        reply_undo: Duration::from_secs(10),
        ..Setup::default()
    })
    .await;
    let officer = test.officer(Role::Officer).await;
    test.member(Role::TeamLead, Some("ehc-east")).await;
    test.officer(Role::Administrator).await;
    let desk = test.hub.desk();
    let wait = async || {
        test.clock.advance(SignedDuration::from_mins(1));
        test.run_jobs().await;
    };
    let mut named = Vec::new();

    // Broken long ago, and told.
    named.push(("overdue", asked(&test, "late@example.org").await));
    test.clock.set_to("2026-03-10T09:00:00Z");
    test.sweep().await;
    test.sweep().await;

    let mut new = async |name, email| {
        let reference = asked(&test, email).await;
        named.push((name, reference));
        reference
    };
    new("open", "open@example.org").await;
    let other = new("another", "another@example.org").await;
    let answered = new("answered", "answered@example.org").await;
    let held = new("held", "held@example.org").await;
    let paused = new("paused", "paused@example.org").await;
    let thanked = new("thanked", "thanked@example.org").await;
    new("chased", "chased@example.org").await;
    let back = new("taken-back", "back@example.org").await;
    let bounced = new("bounced", "bounced@example.org").await;
    let mine = new("mine", "mine@example.org").await;
    desk.assign_to_me(&officer, &mine, &fields([]))
        .await
        .unwrap();
    wait().await;

    for reference in [&answered, &other] {
        reply(&test, &officer, reference).await;
    }
    wait().await;
    let day = file(&test, &held).await.days_to_hold_until[0].to_string();
    let words = fields([
        ("holding_reply", "We wait for the school."),
        ("promises_on", &day),
    ]);
    desk.holding_reply(&officer, &held, &words).await.unwrap();
    let until = file(&test, &paused).await.days_to_wait_until[1].to_string();
    let words = fields([
        ("pause", "Please send the report."),
        ("waits_for", "document"),
        ("paused_until", &until),
    ]);
    desk.pause(&officer, &paused, &words).await.unwrap();
    wait().await;
    let thanks = fields([("reason", "thanks")]);
    desk.close(&officer, &thanked, &thanks).await.unwrap();
    let link = test.mails.taken();
    let link = link
        .iter()
        .find(|caught| caught.mail.to.to_string() == "chased@example.org");
    let link = link.unwrap().link_token();
    for words in ["Any news?", "Please answer."] {
        let words = fields([("message", words)]);
        test.hub.enquiries().follow_up(&link, &words).await.unwrap();
    }
    reply(&test, &officer, &back).await;
    let mail = file(&test, &back).await.mails.last().unwrap().id;
    desk.take_back(&officer, mail).await.unwrap();
    bounce(&test, &bounced, MessageKind::Acknowledgement).await;
    let mail = file(&test, &bounced).await.mails[0].id;
    let reason = fields([("reason", "telephone")]);
    desk.clear_mail(&officer, mail, &reason).await.unwrap();

    let mailed = arrive(&test, &letter("one", "Taxi", "When does it come?")).await;
    named.push(("mailed", reference_of(&test, mailed).await));
    let away = letter("away", "Away", "I am away.").header("Auto-Submitted: auto-replied");
    arrive(&test, &away).await;
    let aside = letter("aside", "Away", "I am away too.").header("Auto-Submitted: auto-replied");
    let aside = arrive(&test, &aside).await;
    let why = fields([("reason", "It answers a newsletter.")]);
    desk.set_mail_aside(&officer, aside, &why).await.unwrap();
    let call = fields([
        ("name", "Cal Caller"),
        ("telephone", "01632 960 777"),
        ("topic", "ehc-plan"),
        ("said", "When does it begin?"),
        ("outcome", "answered"),
    ]);
    named.push(("called", desk.log_call(&officer, &call).await.unwrap()));
    test.clock.advance(SignedDuration::from_mins(15));
    test.sweep().await;

    // What is only about to be done: a mail to be filed, an acknowledgement and a reply to be sent.
    receive(&test.hub, &letter("two", "Bus", "And the bus?")).await;
    let queued = test
        .submit(|answers| answers.email("queued@example.org"))
        .await;
    named.push(("queued", queued.reference));
    reply(&test, &officer, &mine).await;
    World { test, named }
}

/// The breaches of what is in this transaction.
async fn breaches(test: &TestHub, tx: &mut Tx) -> Vec<Found> {
    let late_before = test.hub.now() - GRACE;
    let judged = Judged {
        today: test.hub.today(),
        late_before,
        late_on: london_date(late_before),
        named: 20,
    };
    tx.proof().breaches(&judged).await.unwrap()
}

pub(crate) async fn tamper(tx: &mut Tx, sql: &str) -> u64 {
    let sql = sqlx::AssertSqlSafe(sql.to_owned());
    match tx {
        Tx::Sqlite(tx) => {
            let let_it = sqlx::raw_sql("PRAGMA defer_foreign_keys = ON");
            let_it.execute(&mut **tx).await.unwrap();
            let done = sqlx::query(sql).execute(&mut **tx).await;
            done.unwrap().rows_affected()
        }
        Tx::Postgres(tx) => {
            let let_it = sqlx::raw_sql("SET LOCAL session_replication_role = replica");
            let_it.execute(&mut **tx).await.unwrap();
            let done = sqlx::query(sql).execute(&mut **tx).await;
            done.unwrap().rows_affected()
        }
    }
}

/// The enquiry that is tampered with, the statement (`{it}` stands for its id), and what the proof must say, and nothing
/// else.
type Tampering = (&'static str, &'static str, &'static [Breach]);

const TAMPERING: &[Tampering] = &[
    // 1: what arrived is kept, raw.
    (
        "mailed",
        "DELETE FROM incoming_raw WHERE incoming = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawMissing],
    ),
    (
        "mailed",
        "UPDATE incoming_raw SET bytes = (SELECT r.bytes FROM incoming_raw r WHERE r.incoming <> incoming_raw.incoming \
         ORDER BY r.incoming LIMIT 1) WHERE incoming = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawChanged],
    ),
    (
        "mailed",
        "UPDATE incoming SET size = size + 1 WHERE id = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::RawChanged],
    ),
    (
        "",
        "INSERT INTO mailbox_messages (mailbox, uid_validity, uid, state, attempts, noted_at) \
         VALUES ('enquiries', 1, 7, 'stored', 0, 0)",
        &[Breach::StoredNowhere],
    ),
    // 2: every message belongs to an enquiry or stands before a person.
    (
        "",
        "DELETE FROM message_mails WHERE message IN (SELECT m.id FROM messages m JOIN enquiries e ON e.id = m.enquiry \
         WHERE e.channel = 'email')",
        &[Breach::FiledNowhere],
    ),
    (
        "mailed",
        "UPDATE incoming SET state = 'report' WHERE id = (SELECT w.incoming FROM message_mails w \
         JOIN messages m ON m.id = w.message WHERE m.enquiry = {it})",
        &[Breach::FiledOtherwise],
    ),
    (
        "",
        "DELETE FROM jobs WHERE kind = 'file-message' AND state = 'waiting'",
        &[Breach::NobodyFiles],
    ),
    (
        "",
        "UPDATE jobs SET run_at = run_at - 3600000 WHERE kind = 'file-message' AND state = 'waiting'",
        &[Breach::NobodyFiles],
    ),
    (
        "",
        "UPDATE incoming SET reason = NULL WHERE state = 'quarantined'",
        &[Breach::NoReason],
    ),
    (
        "",
        "UPDATE incoming SET settled_by = NULL WHERE state = 'set-aside'",
        &[Breach::SetAsideByNobody],
    ),
    (
        "",
        "UPDATE incoming SET state = 'noted' WHERE state = 'quarantined'",
        &[Breach::NotedNowhere],
    ),
    (
        "chased",
        "DELETE FROM messages WHERE id = (SELECT m.id FROM messages m WHERE m.enquiry = {it} AND m.kind = 'follow-up' \
         ORDER BY m.id LIMIT 1)",
        &[Breach::MessageGone],
    ),
    // 3: an owner, and one state with a date.
    (
        "open",
        "DELETE FROM promises WHERE enquiry = {it}",
        &[Breach::NoPromise],
    ),
    (
        "open",
        "UPDATE enquiries SET due_at = due_at + 86400000 WHERE id = {it}",
        &[Breach::OtherTime],
    ),
    (
        "open",
        "UPDATE enquiries SET due_at = NULL WHERE id = {it}",
        &[Breach::OtherTime],
    ),
    (
        "open",
        "UPDATE promises SET due_at = due_at + 86400000 WHERE enquiry = {it}",
        &[Breach::OtherTime, Breach::DayAndInstant],
    ),
    (
        "open",
        "UPDATE promises SET due_on = '2027-01-01' WHERE enquiry = {it}",
        &[Breach::DayAndInstant, Breach::RecordSaysOtherwise],
    ),
    (
        "open",
        "UPDATE enquiries SET state = 'answered', answered_at = received_at, closes_on = '2026-04-01', due_at = NULL \
         WHERE id = {it}",
        &[Breach::PromiseRunsOn, Breach::AnsweredByNobody],
    ),
    (
        "open",
        "UPDATE enquiries SET state = 'closed', closed_at = received_at, close_reason = 'ended', end_reason = 'spam', \
         due_at = NULL WHERE id = {it}",
        &[Breach::PromiseRunsOn],
    ),
    (
        "answered",
        "UPDATE enquiries SET closes_on = NULL WHERE id = {it}",
        &[Breach::StateUnclear],
    ),
    (
        "open",
        "UPDATE enquiries SET paused_until_on = '2026-04-01' WHERE id = {it}",
        &[Breach::StateUnclear],
    ),
    (
        "answered",
        "UPDATE enquiries SET closes_on = '2026-03-09' WHERE id = {it}",
        &[Breach::ClosingOver],
    ),
    (
        "paused",
        "UPDATE enquiries SET due_at = due_at + 86400000 WHERE id = {it}",
        &[Breach::PauseTime],
    ),
    (
        "paused",
        "UPDATE enquiries SET paused_until_on = '2026-03-09', due_at = 1773100799999 WHERE id = {it}",
        &[Breach::PauseOver],
    ),
    (
        "mine",
        "UPDATE accounts SET away_until_on = '2026-05-01' WHERE id = (SELECT officer FROM enquiries WHERE id = {it})",
        &[Breach::OwnerAway],
    ),
    (
        "mine",
        "UPDATE accounts SET disabled_at = 0 WHERE id = (SELECT officer FROM enquiries WHERE id = {it})",
        &[Breach::OwnerAway],
    ),
    // 4: kept, ended and moved only by what may do so.
    (
        "answered",
        "UPDATE promises SET kept_by = NULL WHERE enquiry = {it}",
        &[Breach::KeptByNoAnswer],
    ),
    (
        "answered",
        "UPDATE promises SET kept_by = (SELECT m.id FROM messages m WHERE m.enquiry = {it} AND m.kind = 'enquiry') \
         WHERE enquiry = {it}",
        &[Breach::KeptByNoAnswer],
    ),
    (
        "answered",
        "UPDATE promises SET kept_by = (SELECT m.id FROM messages m JOIN enquiries e ON e.id = m.enquiry \
         JOIN mails x ON x.message = m.id WHERE m.enquiry <> {it} AND m.kind = 'reply' AND x.state = 'sent' \
         ORDER BY m.id LIMIT 1) WHERE enquiry = {it}",
        &[Breach::KeptElsewhere],
    ),
    (
        "answered",
        "UPDATE messages SET kind = 'internal-note' WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::KeptByNoAnswer, Breach::AnsweredByNobody],
    ),
    (
        "open",
        "UPDATE promises SET outcome = 'kept', outcome_at = received_at, kept_by = (SELECT m.id FROM messages m \
         WHERE m.enquiry = {it}), next_step = NULL, next_step_at = NULL WHERE enquiry = {it}",
        &[
            Breach::NoPromise,
            Breach::KeptByNoAnswer,
            Breach::RecordSaysOtherwise,
        ],
    ),
    (
        "open",
        "UPDATE promises SET outcome = 'ended', outcome_at = received_at, end_reason = 'thanks' WHERE enquiry = {it}",
        &[Breach::NoPromise, Breach::RecordSaysOtherwise],
    ),
    (
        "thanked",
        "UPDATE promises SET end_reason = NULL WHERE enquiry = {it}",
        &[Breach::RecordSaysOtherwise],
    ),
    (
        "answered",
        "UPDATE messages SET said_at = said_at + 86400000 WHERE enquiry = {it} AND kind = 'enquiry'",
        &[Breach::MessageWithoutPromise],
    ),
    (
        "open",
        "UPDATE promises SET moves = 1 WHERE enquiry = {it}",
        &[Breach::MovedByNoReply, Breach::RecordSaysOtherwise],
    ),
    (
        "held",
        "UPDATE promises SET moves = 0 WHERE enquiry = {it}",
        &[Breach::RecordSaysOtherwise],
    ),
    (
        "chased",
        "UPDATE enquiries SET chasers = 0, due_at = due_at + 2 WHERE id = {it}",
        &[Breach::ChasersMiscounted],
    ),
    // 5: acknowledged, or about to be, or it says why not.
    (
        "open",
        "UPDATE enquiries SET acknowledgement = NULL WHERE id = {it}",
        &[Breach::AcknowledgementUnknown],
    ),
    (
        "queued",
        "DELETE FROM jobs WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it})",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "queued",
        "UPDATE jobs SET created_at = created_at - 660000 WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it})",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'queued' WHERE id = {it}",
        &[Breach::AcknowledgementWaits],
    ),
    (
        "bounced",
        "UPDATE enquiries SET acknowledgement = 'sent' WHERE id = {it}",
        &[Breach::AcknowledgementNotSent],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'failed' WHERE id = {it}",
        &[Breach::AcknowledgementNotFailed],
    ),
    (
        "open",
        "UPDATE enquiries SET acknowledgement = 'answered-at-once' WHERE id = {it}",
        &[Breach::NotAnsweredAtOnce],
    ),
    (
        "paused",
        "UPDATE mails SET kind = 'acknowledgement', frozen = NULL WHERE enquiry = {it} AND message IS NOT NULL",
        &[Breach::AcknowledgedTwice],
    ),
    // 6: in the outbox until a server took it, and then where its fate is seen to.
    (
        "mine",
        "DELETE FROM jobs WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it} AND x.state = 'waiting')",
        &[Breach::NobodySends],
    ),
    (
        "mine",
        "UPDATE jobs SET state = 'done' WHERE subject = (SELECT x.id FROM mails x WHERE x.enquiry = {it} AND x.state = 'waiting')",
        &[Breach::NobodySends],
    ),
    (
        "mine",
        "UPDATE mails SET to_address = 'somebody.else@example.net', to_compared = 'somebody.else@example.net' \
         WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET body_text = 'No.' WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET subject = 'About Sam' WHERE enquiry = {it} AND kind = 'acknowledgement'",
        &[Breach::MailChanged],
    ),
    (
        "answered",
        "UPDATE mails SET sent_at = NULL WHERE enquiry = {it} AND kind = 'reply'",
        &[Breach::NoServerTook],
    ),
    (
        "mine",
        "UPDATE mails SET state = 'sent', sent_at = created_at WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::NoServerTook, Breach::DeliveryDisagrees],
    ),
    (
        "mine",
        "DELETE FROM mails WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::DeliveryDisagrees, Breach::MailGone],
    ),
    (
        "bounced",
        "UPDATE mails SET cleared_by = NULL WHERE enquiry = {it}",
        &[Breach::ClearedByNobody],
    ),
    (
        "taken-back",
        "UPDATE messages SET delivery = 'sent' WHERE enquiry = {it} AND delivery = 'taken-back'",
        &[Breach::DeliveryDisagrees],
    ),
    (
        "mine",
        "UPDATE mails SET state = 'taken-back' WHERE enquiry = {it} AND state = 'waiting'",
        &[Breach::DeliveryDisagrees, Breach::TakenBackByNobody],
    ),
    // 7: told in time, or late and shown.
    (
        "open",
        "UPDATE promises SET next_step = NULL, next_step_at = NULL WHERE enquiry = {it}",
        &[Breach::NoNextStep],
    ),
    (
        "overdue",
        "UPDATE promises SET next_step = 'breach', next_step_at = due_at + 1 WHERE enquiry = {it}",
        &[Breach::StepOverdue],
    ),
    (
        "open",
        "UPDATE promises SET next_step_at = next_step_at + 3000000000 WHERE enquiry = {it}",
        &[Breach::StepTooLate],
    ),
    (
        "overdue",
        "DELETE FROM tellings WHERE enquiry = {it}",
        &[Breach::NobodyTold],
    ),
    (
        "overdue",
        "UPDATE tellings SET notice = NULL WHERE escalation = (SELECT t.escalation FROM tellings t \
         WHERE t.enquiry = {it} AND t.over_at IS NULL ORDER BY t.escalation LIMIT 1)",
        &[Breach::NotWrittenTo],
    ),
    (
        "open",
        "INSERT INTO hand_overs (id, address, enquiry, way, handed_at) \
         SELECT id, 'olu@council.example.org', id, 'to-officer', received_at FROM enquiries WHERE id = {it}",
        &[Breach::NotWrittenTo],
    ),
    (
        "",
        "UPDATE notices SET state = 'waiting'",
        &[Breach::NobodySendsNotice],
    ),
    (
        "",
        "UPDATE notices SET server_answer = NULL WHERE state = 'sent'",
        &[Breach::NoServerTookNotice],
    ),
    (
        "",
        "UPDATE notices SET sent_at = NULL WHERE state = 'sent'",
        &[Breach::NoServerTookNotice],
    ),
    (
        "overdue",
        "UPDATE escalations SET done_at = due_at WHERE enquiry = {it} AND step = 'breach'",
        &[Breach::EscalationChanged],
    ),
    (
        "overdue",
        "DELETE FROM escalations WHERE enquiry = {it} AND step = 'half'",
        &[Breach::EscalationChanged],
    ),
    (
        "chased",
        "UPDATE escalations SET step = 'half' WHERE enquiry = {it} AND step = 'chased-twice'",
        &[Breach::ChasedTwiceUntold],
    ),
];

/// An enquiry's id as a literal of this database.
pub(crate) fn literal(tx: &Tx, id: uuid::Uuid) -> String {
    match tx {
        Tx::Sqlite(_) => format!("x'{}'", id.simple()),
        Tx::Postgres(_) => format!("'{id}'"),
    }
}

#[tokio::test]
async fn a_healthy_world_is_whole() {
    let world = world().await;
    assert_whole(&world.test, "at the end").await;
    let counts = prove(&world.test).await.counts;
    assert!(counts.messages > 15 && counts.running > 5, "{counts:?}");
    assert_eq!((counts.mails_in, counts.not_frozen), (4, 0));
}

#[tokio::test]
async fn whoever_tampers_with_a_row_is_told_by_invariant_and_reference() {
    let world = world().await;
    let test = &world.test;
    let mut wrong = Vec::new();
    for (name, sql, expected) in TAMPERING {
        let mut tx = test.hub.database().begin().await.unwrap();
        let reference = (!name.is_empty()).then(|| world.of(name));
        let mut statement = (*sql).to_owned();
        if let Some(reference) = reference {
            let enquiry = tx.enquiries().by_reference(&reference).await.unwrap();
            let id = literal(&tx, enquiry.unwrap().id.as_uuid());
            statement = statement.replace("{it}", &id);
        }
        let changed = tamper(&mut tx, &statement).await;
        let found = breaches(test, &mut tx).await;
        tx.rollback().await.unwrap();
        let kinds: Vec<Breach> = found.iter().map(|found| found.breach).collect();
        let same = kinds.len() == expected.len() && expected.iter().all(|one| kinds.contains(one));
        let reference = reference.map(|reference| reference.to_string());
        let named = found.iter().all(|found| {
            found.first.iter().any(|trace| {
                trace.reference.is_none() || reference.is_none() || trace.reference == reference
            })
        });
        if changed == 0 || !same || !named {
            wrong.push(format!(
                "{name}: {sql}\n    changed {changed}; found {found:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_whole(test, "once everything was undone").await;
}

#[test]
fn every_way_to_break_an_invariant_is_tried() {
    let tried: Vec<Breach> = TAMPERING.iter().flat_map(|row| row.2).copied().collect();
    let untried: Vec<&Breach> = Breach::ALL
        .iter()
        .filter(|breach| !tried.contains(breach) && **breach != Breach::WithoutEnquiry)
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
}

#[tokio::test]
async fn a_promise_that_is_moved_everywhere_at_once_is_not_in_the_record() {
    let test = TestHub::new().await;
    let reference = asked(&test, "open@example.org").await;
    let mut tx = test.hub.database().begin().await.unwrap();
    for sql in [
        "UPDATE promises SET due_on = '2026-03-20', due_at = 1774051199999",
        "UPDATE enquiries SET due_at = 1774051199999",
    ] {
        tamper(&mut tx, sql).await;
    }
    tx.commit().await.unwrap();
    let broken = prove(&test).await.broken;
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!((broken[0].invariant, broken[0].count), (4, 1));
    let place = &broken[0].first[0];
    assert_eq!(place.reference, Some(reference.to_string()));
    assert_eq!(place.more.as_deref(), Some("it never had this day"));
}

#[tokio::test]
async fn many_of_one_kind_are_counted_whole_and_named_in_part() {
    let test = TestHub::new().await;
    for number in 0..25 {
        test.submit(|answers| answers.email(&format!("p{number}@example.org")))
            .await;
    }
    let mut tx = test.hub.database().begin().await.unwrap();
    tamper(&mut tx, "DELETE FROM jobs").await;
    tx.commit().await.unwrap();
    let broken = prove(&test).await.broken;
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!((broken[0].count, broken[0].first.len()), (25, 20));
}

#[tokio::test]
async fn what_nobody_does_in_time_is_told_after_ten_minutes_and_not_before() {
    let test = TestHub::new().await;
    test.submit(|answers| answers).await;
    receive(&test.hub, &letter("one", "Taxi", "When?")).await;
    test.clock.advance(SignedDuration::from_mins(10));
    assert_whole(&test, "after ten minutes").await;
    test.clock.advance(SignedDuration::from_secs(1));
    let broken = prove(&test).await.broken;
    let invariants: Vec<u8> = broken.iter().map(|broken| broken.invariant).collect();
    assert_eq!(invariants, [2, 5], "{broken:?}");
}

#[tokio::test]
async fn an_acknowledgement_that_is_held_up_stands_in_its_list_and_breaks_nothing() {
    let test = TestHub::new().await;
    test.mails.go_down();
    let reference = test.submit(|answers| answers).await.reference;
    for minutes in [0, 1, 3, 5, 10, 20] {
        test.clock.advance(SignedDuration::from_mins(minutes));
        test.run_jobs().await;
        assert_whole(&test, "while it is held up").await;
    }
    assert_eq!(
        file(&test, &reference).await.mails[0].state,
        DeliveryState::Waiting
    );
}

#[tokio::test]
async fn what_was_erased_by_right_is_not_lost() {
    let world = world().await;
    let test = &world.test;
    let mailed = stored(test, &world.of("mailed")).await.id.as_uuid();
    let mut tx = test.hub.database().begin().await.unwrap();
    let it = literal(&tx, mailed);
    let theirs = format!("(SELECT id FROM messages WHERE enquiry = {it})");
    let mails = format!("(SELECT id FROM mails WHERE enquiry = {it})");
    let incoming = format!("(SELECT incoming FROM message_mails WHERE message IN {theirs})");
    // As server/docs/data-map.md says.
    for sql in [
        format!("DELETE FROM promises WHERE enquiry = {it}"),
        format!("DELETE FROM links WHERE enquiry = {it}"),
        format!("DELETE FROM delivery_attempts WHERE mail IN {mails}"),
        format!("DELETE FROM mails WHERE enquiry = {it}"),
        format!("DELETE FROM incoming_raw WHERE incoming IN {incoming}"),
        format!("UPDATE incoming SET state = 'erased' WHERE id IN {incoming}"),
        format!("DELETE FROM message_mails WHERE message IN {theirs}"),
        format!("DELETE FROM messages WHERE enquiry = {it}"),
        format!("DELETE FROM enquiries WHERE id = {it}"),
    ] {
        assert_ne!(tamper(&mut tx, &sql).await, 0, "{sql}");
    }
    let lost = breaches(test, &mut tx).await;
    assert_eq!(lost.len(), 1, "{lost:?}");
    assert_eq!(lost[0].breach, Breach::MessageGone);
    let recorded = format!(
        "INSERT INTO audit (id, done_at, actor_kind, action, enquiry) VALUES ({it}, 0, 'system', 'enquiry-erased', {it})"
    );
    tamper(&mut tx, &recorded).await;
    assert_eq!(breaches(test, &mut tx).await, []);
}

#[tokio::test]
async fn leads_and_administrators_may_ask() {
    let test = TestHub::new().await;
    for (role, may) in [
        (Role::Officer, false),
        (Role::TeamLead, true),
        (Role::Editor, false),
        (Role::Administrator, true),
    ] {
        let actor = test.officer(role).await;
        let proof = test.hub.audit().prove(&actor).await;
        assert_eq!(proof.is_ok(), may, "{role}");
        if let Err(error) = proof {
            assert!(matches!(error, Error::NotFound));
        }
    }
}
