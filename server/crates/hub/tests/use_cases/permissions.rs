//! Who may do what: every use case, as everybody, compared with the one table of [`hub::policy`].
//!
//! The use cases are found in the source, so that none is forgotten: one that takes an actor has to ask the policy
//! in its first line, and one that takes none has to be named in [`FOR_EVERYBODY`] or [`FOR_THE_HUB`]. A new use
//! case needs a row in the table and an arm in [`call`].

use std::{fs, path::Path};

use domain::{
    codes::{ErasureReason, IncomingState, QuarantineReason, Role},
    ids::{IncomingId, InvitationId, MailId, MessageId, SessionId},
    keys::TeamKey,
    reference::Reference,
};
use hub::{
    Actor, Error, Officer,
    accounts::{NewOfficer, Visitor},
    desk::{Narrowing, QueueView, Settled, Span, WhichMails, Whose},
    enquiries::HowMuch,
    local_offer::{Faulty, Feed, ImportError, PostcodeError, Writing},
    mailboxes::message_at,
    policy::{Act, TABLE},
    settings::{Importing, Item, Section},
};
use testing::{TestHub, fields};

use crate::mailed::{arrive, letter, message_of, receive};
use crate::reading::{audit, stored};

/// What asks nobody who they are: it is for everybody, or for whoever holds a token.
const FOR_EVERYBODY: [&str; 28] = [
    "accounts/accept accept_invitation",
    "accounts/accept invited",
    "accounts/second_step offer_before",
    "accounts/second_step set_up_before",
    "accounts/second_step take_code",
    "accounts/second_step take_recovery_code",
    "accounts/sign_in next_step",
    "accounts/session officer",
    "accounts/session sign_out",
    "accounts/sign_in sign_in",
    "enquiries/draft answer",
    "enquiries/draft begin_with",
    "enquiries/draft draft",
    "enquiries/draft start",
    "enquiries/draft start_about",
    "enquiries/follow follow",
    "enquiries/follow_up follow_up",
    "enquiries/submit submit",
    "enquiries/submit submitted",
    "guides services",
    "local_offer listing",
    "local_offer terms",
    "local_offer/shortlisted shortlisted",
    "local_offer/addresses addresses",
    "local_offer/postcodes where_is",
    "local_offer/search how_many",
    "local_offer/search search",
    "local_offer/search suggest",
];

/// What no request reaches: the program's own work, and what says how it is.
const FOR_THE_HUB: [&str; 24] = [
    "audit seal",
    "audit/daily daily",
    "audit/daily standing",
    "audit/prove of_database",
    "delivery reported",
    "health backlog",
    "health ready",
    "intake/receive receive",
    "intake/receive take_in",
    "jobs/sweep run",
    "jobs/worker run_due",
    "jobs/worker run_due_of",
    "jobs/worker work",
    "local_offer count",
    "local_offer/follow_changes follow",
    "local_offer/follow_changes index_is_current",
    "local_offer/follow_changes new",
    "local_offer/search_log keep_searches",
    "mailboxes/follow follow",
    "mailboxes/overview counts",
    "settings newest",
    "settings/follow follow",
    "settings/follow refresh",
    "settings/save begin",
];

/// The team of the enquiry that is worked on.
const ITS_TEAM: &str = "ehc-west";

/// A public function of the hub that may wait for something.
struct UseCase {
    /// Its file under `src`, and its name.
    name: String,
    /// Whether it takes an actor.
    takes_actor: bool,
    /// What it asks the policy in its first line.
    act: Option<Act>,
}

/// Every use case that stands in the hub's source.
fn use_cases() -> Vec<UseCase> {
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "",
        &mut found,
    );
    assert!(found.len() > 30, "the source was not read");
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<UseCase>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for piece in source.split("pub async fn ").skip(1) {
            let (function, _) = piece.split_once('(').unwrap();
            let (head, body) = piece.split_once(" {\n").unwrap();
            let (first, _) = body.split_once('\n').unwrap();
            found.push(UseCase {
                name: format!("{prefix}{name} {function}"),
                takes_actor: head.contains("actor: &Actor"),
                act: asked(first),
            });
        }
    }
}

fn asked(line: &str) -> Option<Act> {
    let (call, rest) = line.split_once("(actor, Act::")?;
    let (_, function) = call.rsplit_once(' ')?;
    let (name, _) = rest.split_once(')')?;
    let row = TABLE.iter().find(|row| format!("{:?}", row.act) == name);
    row.map(|row| row.act)
        .filter(|_| ["may", "person", "permit"].contains(&function))
}

#[test]
fn every_use_case_that_takes_an_actor_asks_the_table_first() {
    for use_case in use_cases().iter().filter(|use_case| use_case.takes_actor) {
        assert!(
            use_case.act.is_some(),
            "{} begins without may, person or permit(actor, Act::…)",
            use_case.name
        );
    }
}

#[test]
fn every_use_case_that_takes_no_actor_is_known_to_be_for_everybody() {
    let mut known: Vec<_> = FOR_EVERYBODY.into_iter().chain(FOR_THE_HUB).collect();
    known.sort_unstable();
    let mut found: Vec<_> = use_cases()
        .into_iter()
        .filter(|use_case| !use_case.takes_actor)
        .map(|use_case| use_case.name)
        .collect();
    found.sort_unstable();
    assert_eq!(found, known);
}

#[test]
fn every_row_of_the_table_is_asked_for() {
    let acts: Vec<_> = use_cases().iter().filter_map(|found| found.act).collect();
    for row in &TABLE {
        assert!(acts.contains(&row.act), "{:?}", row.act);
    }
}

/// What the use cases are tried on.
struct World {
    test: TestHub,
    reference: Reference,
    mail: MailId,
    /// To which something was attached.
    message: MessageId,
    somebody: Officer,
}

impl World {
    async fn new() -> Self {
        let test = TestHub::new().await;
        let message = with_attachment(&test).await;
        let reference = test.submit(|answers| answers).await.reference;
        let enquiry = stored(&test, &reference).await;
        assert_eq!(enquiry.team.as_str(), ITS_TEAM);
        let mut tx = test.hub.database().read().await.unwrap();
        let mail = tx.outbox().for_enquiry(enquiry.id).await.unwrap()[0]
            .mail
            .id;
        drop(tx);
        let Actor::Officer(somebody) = test.officer(Role::Officer).await else {
            unreachable!("an officer")
        };
        Self {
            test,
            reference,
            mail,
            message,
            somebody,
        }
    }

    /// A mail that stands in the quarantine.
    async fn quarantined(&self) -> IncomingId {
        let hub = &self.test.hub;
        let number = hub.new_message_id().to_string();
        let id = receive(hub, &letter(&number, "Away", "I am away."))
            .await
            .id();
        let (before, after) = (IncomingState::Received, IncomingState::Quarantined);
        let reason = Some(QuarantineReason::OutOfOffice);
        let mut tx = hub.database().begin().await.unwrap();
        let mut intake = tx.intake();
        let moved = intake.become_of(id, before, after, reason, hub.now()).await;
        assert!(moved.unwrap());
        tx.commit().await.unwrap();
        id
    }

    /// An invitation that nobody has accepted or taken back.
    async fn invitation(&self) -> InvitationId {
        let form = fields([
            ("name", "New Officer"),
            ("email", "new@council.example.org"),
            ("role", "officer"),
        ]);
        let accounts = self.test.hub.accounts();
        for open in accounts.invitations(&Actor::System).await.unwrap() {
            let back = accounts.take_invitation_back(&Actor::System, open.id);
            back.await.unwrap();
        }
        accounts.invite(&Actor::System, &form).await.unwrap()
    }

    /// Everybody who could ask: the public, the hub itself, and each role in the enquiry's team, in another one and
    /// in none.
    fn everybody(&self) -> Vec<Actor> {
        let mut everybody = vec![Actor::Public, Actor::System];
        for role in Role::ALL.iter().copied() {
            for team in [None, Some(ITS_TEAM), Some("ehc-east")] {
                everybody.push(Actor::Officer(Officer {
                    role,
                    team: team.map(|team| team.parse().unwrap()),
                    ..self.somebody.clone()
                }));
            }
        }
        everybody
    }
}

/// A message to which something was attached.
async fn with_attachment(test: &TestHub) -> MessageId {
    let body = "--cut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n\
                Words\r\n--cut--\r\n";
    let letter = letter("plan", "Plan", body).header("Content-Type: multipart/mixed; boundary=cut");
    let id = arrive(test, &letter).await;
    message_of(test, id).await.0.id
}

/// A session that nobody is in.
fn session() -> SessionId {
    SessionId::from_uuid(uuid::Uuid::nil())
}

fn visitor() -> Visitor {
    Visitor::at([192, 0, 2, 1].into())
}

/// Does what a use case does, rightly or not: all that counts is whether it was let pass.
async fn call(world: &World, use_case: &str, actor: &Actor) -> Result<(), Error> {
    let hub = &world.test.hub;
    let (desk, accounts, visitor) = (hub.desk(), hub.accounts(), visitor());
    let (reference, none) = (&world.reference, &fields([]));
    match use_case {
        "accounts/change_second_step offer_during" => {
            accounts.offer_during(actor, session()).await.map(drop)
        }
        "accounts/change_second_step set_up_during" => {
            let password = "not theirs".into();
            let set_up = accounts.set_up_during(actor, session(), password, "123456", &visitor);
            set_up.await.map(drop)
        }
        "accounts/change_second_step make_recovery_codes" => {
            let made = accounts.make_recovery_codes(actor, "not theirs".into(), &visitor);
            made.await.map(drop)
        }
        "accounts/change_second_step remove_second_step" => {
            let password = "not theirs".into();
            accounts.remove_second_step(actor, password, &visitor).await
        }
        "accounts/change_second_step reset_second_step" => {
            accounts.reset_second_step(actor, world.somebody.id).await
        }
        "accounts/invite invite" => accounts.invite(actor, none).await.map(drop),
        "accounts/invite invitations" => accounts.invitations(actor).await.map(drop),
        "accounts/invite invite_again" => {
            accounts.invite_again(actor, world.invitation().await).await
        }
        "accounts/invite take_invitation_back" => {
            let invitation = world.invitation().await;
            accounts.take_invitation_back(actor, invitation).await
        }
        "accounts/own own" => accounts.own(actor).await.map(drop),
        "accounts/own change_password" => {
            let (old, new) = ("not theirs".into(), "short".into());
            let changed = accounts.change_password(actor, session(), old, new, &visitor);
            changed.await
        }
        "accounts/password_link send_password_link" => {
            let id = world.somebody.id;
            accounts.enable_account(&Actor::System, id).await?;
            accounts.send_password_link(actor, id).await
        }
        "accounts/people person" => accounts.person(actor, world.somebody.id).await.map(drop),
        "accounts/people change_person" => {
            accounts.change_person(actor, world.somebody.id, none).await
        }
        "accounts/people go_away" => accounts.go_away(actor, none).await,
        "accounts/people send_away" => accounts.send_away(actor, world.somebody.id, none).await,
        "accounts/session end_session" => accounts.end_session(actor, session()).await,
        "accounts/session end_other_sessions" => {
            accounts.end_other_sessions(actor, session()).await
        }
        "accounts/session end_sessions_of" => {
            accounts.end_sessions_of(actor, world.somebody.id).await
        }
        "accounts/manage disable_account" => {
            accounts.disable_account(actor, world.somebody.id).await
        }
        "accounts/manage enable_account" => accounts.enable_account(actor, world.somebody.id).await,
        "accounts/manage add" => {
            let new = NewOfficer {
                email: "new@council.example.org".parse().unwrap(),
                name: "New Officer".to_owned(),
                role: Role::Officer,
                team: None,
                password: "short".into(),
            };
            accounts.add(actor, new).await.map(drop)
        }
        "accounts/unreached unreached" => accounts.unreached(actor).await.map(drop),
        "accounts/manage list" => accounts.list(actor).await.map(drop),
        "accounts/manage disable" => accounts.disable(actor, &world.somebody.email).await,
        "enquiries/erase erase" => {
            let (how_much, reason) = (HowMuch::ThisOne, ErasureReason::Asked);
            let enquiries = hub.enquiries();
            let erased = enquiries.erase(actor, reference, how_much, reason).await;
            erased.map(drop)
        }
        "audit verify" => hub.audit().verify(actor, None).await.map(drop),
        "audit/daily days" => hub.audit().days(actor).await.map(drop),
        "audit/prove prove" => hub.audit().prove(actor).await.map(drop),
        "desk/assign assign_to_me" => desk.assign_to_me(actor, reference, none).await,
        "desk/call call_form" => desk.call_form(actor, Some(reference)).await.map(drop),
        "desk/call log_call" => {
            let call = fields([
                ("reference", &reference.to_string()),
                ("said", "Is there news?"),
                ("outcome", "needs-answer"),
            ]);
            desk.log_call(actor, &call).await.map(drop)
        }
        "desk/call logged" => desk.logged(actor, reference).await.map(drop),
        "desk/close close" => {
            let words = fields([("reason", "thanks")]);
            desk.close(actor, reference, &words).await
        }
        "desk/conversation record_conversation" => {
            let words = fields([("conversation", "Called Jo.")]);
            desk.record_conversation(actor, reference, &words).await
        }
        "desk/find find_enquiries" => desk.find_enquiries(actor, "Jo").await.map(drop),
        "desk/pass_on pass_on" => {
            let words = fields([("topic", "travel")]);
            desk.pass_on(actor, reference, &words).await
        }
        "desk/rang rang_in_vain" => desk.rang_in_vain(actor, reference, none).await,
        "desk/settled settled" => desk.settled(actor, Settled::Closed, None).await.map(drop),
        "desk/holding_reply holding_reply" => {
            let words = fields([("holding_reply", "We wait for a report.")]);
            desk.holding_reply(actor, reference, &words).await
        }
        "desk/by_mail whole_mail" => {
            let mail = world.quarantined().await;
            desk.whole_mail(actor, mail).await.map(drop)
        }
        "desk/by_mail attachment" => desk.attachment(actor, world.message, 0).await.map(drop),
        "desk/quarantine quarantine" => desk.quarantine(actor).await.map(drop),
        "desk/quarantine make_enquiry" => {
            let mail = world.quarantined().await;
            desk.make_enquiry(actor, mail).await.map(drop)
        }
        "desk/quarantine set_mail_aside" => {
            let mail = world.quarantined().await;
            let words = fields([("reason", "Advertising")]);
            desk.set_mail_aside(actor, mail, &words).await
        }
        "desk/mail_fates mail_fates" => {
            let fates = desk.mail_fates(actor, Span::Month, WhichMails::All).await;
            fates.map(drop)
        }
        "desk/not_acknowledged not_acknowledged" => desk.not_acknowledged(actor).await.map(drop),
        "desk/relatives join" => desk.join(actor, reference, none).await.map(drop),
        "desk/note note" => {
            let words = fields([("note", "Nobody picked up.")]);
            desk.note(actor, reference, &words).await
        }
        "desk/open enquiry" => desk.enquiry(actor, reference).await.map(drop),
        "desk/pause pause" => {
            let words = fields([("pause", "Please send the report.")]);
            desk.pause(actor, reference, &words).await
        }
        "desk/pause end_pause" => desk.end_pause(actor, reference, none).await,
        "desk/queue queue" => {
            let whose = Whose::Team(ITS_TEAM.parse().unwrap());
            let view = QueueView {
                whose,
                only: Narrowing::default(),
                after: None,
            };
            desk.queue(actor, &view).await.map(drop)
        }
        "desk/reply reply" => {
            let words = fields([("reply", "It begins on Monday.")]);
            desk.reply(actor, reference, &words).await
        }
        "desk/save_reply save_reply" => {
            let words = fields([("reply", "It begins on")]);
            desk.save_reply(actor, reference, &words).await
        }
        "desk/searches searches" => desk.searches(actor, Span::Month).await.map(drop),
        "desk/clear_mail clear_mail" => {
            let words = fields([("reason", "telephone")]);
            desk.clear_mail(actor, world.mail, &words).await
        }
        "desk/send_elsewhere send_elsewhere" => {
            let words = fields([("to_address", "not an address")]);
            desk.send_elsewhere(actor, world.mail, &words).await
        }
        "desk/undelivered undelivered_mail" => {
            desk.undelivered_mail(actor, world.mail).await.map(drop)
        }
        "desk/take_back take_back" => desk.take_back(actor, world.mail).await.map(drop),
        "desk/try_again try_again" => desk.try_again(actor, world.mail).await,
        "desk/escalated escalated" => desk.escalated(actor).await.map(drop),
        "desk/undelivered undelivered" => desk.undelivered(actor).await.map(drop),
        "local_offer/export export" => hub.local_offer().export(actor).await.map(drop),
        "local_offer/import import_feed" => {
            let (feed, faulty) = (Feed::Documents(vec![]), Faulty::RefuseAll);
            let offer = hub.local_offer();
            match offer
                .import_feed(actor, feed, Writing::DryRun, faulty)
                .await
            {
                Err(ImportError::Hub(error)) => Err(error),
                _ => Ok(()),
            }
        }
        "local_offer/import import" => {
            let offer = hub.local_offer();
            match offer.import(actor, "[]", Writing::DryRun).await {
                Err(ImportError::Hub(error)) => Err(error),
                _ => Ok(()),
            }
        }
        "local_offer/postcodes import_postcodes" => {
            let offer = hub.local_offer();
            match offer.import_postcodes(actor, std::io::empty()).await {
                Err(PostcodeError::Hub(error)) => Err(error),
                _ => Ok(()),
            }
        }
        "mailboxes/overview overview" => hub.mailboxes().overview(actor).await.map(drop),
        "mailboxes/see_to see_to" => {
            let place = message_at("enquiries", "1-1").unwrap();
            hub.mailboxes().see_to(actor, &place).await
        }
        "mailboxes/see_to take_again" => {
            let place = message_at("enquiries", "1-1").unwrap();
            hub.mailboxes().take_again(actor, &place).await
        }
        "settings/file import" => {
            let council = (*hub.council()).clone();
            let settings = hub.settings();
            let imported = settings.import(actor, council, Importing::DryRun).await;
            imported.map(drop)
        }
        "settings/forms change" => {
            let (section, item) = (Section::Contact, Item::Whole);
            hub.settings().change(actor, section, item, none).await
        }
        "settings/history changed" => hub.settings().changed(actor, 1).await.map(drop),
        "settings/history history" => hub.settings().history(actor, None).await.map(drop),
        "settings/history put_back" => hub.settings().put_back(actor, 1, 0).await,
        other => unreachable!("say here how to call {other}"),
    }
}

#[tokio::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let world = World::new().await;
    let theirs: TeamKey = ITS_TEAM.parse().unwrap();
    for use_case in use_cases() {
        let Some(act) = use_case.act else { continue };
        for actor in world.everybody() {
            let own = match &actor {
                Actor::Officer(officer) => officer.team.as_ref(),
                Actor::Public | Actor::System => None,
            };
            let expected = act.reach_of(&actor).covers(own, &theirs);
            let before = audit(&world.test, &world.reference).await.len();
            let answer = call(&world, &use_case.name, &actor).await;
            let let_pass = !matches!(answer, Err(Error::NotFound));
            assert_eq!(
                let_pass, expected,
                "{} as {actor:?}: {answer:?}",
                use_case.name
            );
            if !expected {
                let after = audit(&world.test, &world.reference).await.len();
                assert_eq!(after, before, "{} as {actor:?}", use_case.name);
            }
        }
    }
}

#[test]
fn the_documentation_says_the_same() {
    let mut table = String::from(
        "| | Officer | Team lead | Editor | Administrator | The hub itself |\n\
         | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in &TABLE {
        table += &format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            row.words, row.officer, row.team_lead, row.editor, row.administrator, row.hub
        );
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/permissions.md");
    let words = fs::read_to_string(file).unwrap();
    assert!(
        words.contains(&table),
        "put this into permissions.md:\n{table}"
    );
}
