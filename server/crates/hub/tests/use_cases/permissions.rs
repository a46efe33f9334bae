//! Who may do what: every use case, as everybody, compared with the one table of [`hub::policy`].
//!
//! The use cases are found in the source, so that none is forgotten: one that takes an actor has to ask the policy
//! in its first line, and one that takes none has to be named in [`FOR_EVERYBODY`] or [`FOR_THE_HUB`]. A new use
//! case needs a row in the table and an arm in [`calls`].

mod calls;
mod in_source;
mod world;

use std::{fs, path::Path};

use domain::keys::TeamKey;
use hub::{Actor, Error, policy::TABLE};

use self::{calls::call, in_source::use_cases, world::World};
use crate::reading::audit;

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
