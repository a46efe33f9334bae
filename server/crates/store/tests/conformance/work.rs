//! Jobs: leased, done, retried, given up.

use std::collections::HashSet;

use domain::ids::JobId;
use store::{Database, Depth, Lane, NewJob, Tx};
use uuid::Uuid;

use super::world::{self, MONDAY, at, fresh};

const LATER: &str = "2026-03-02T10:05:00Z";
const TOO_LATE: &str = "2026-03-02T10:10:00Z";

async fn add_job(database: &Database, run_at: &str) -> JobId {
    add_job_to(database, Lane::Ours, run_at).await
}

async fn add_job_to(database: &Database, lane: Lane, run_at: &str) -> JobId {
    let id = fresh(JobId::generate);
    let mut tx = database.begin().await.unwrap();
    let job = NewJob {
        id,
        lane,
        kind: "mail.send",
        subject: Uuid::from_u128(9),
        run_at: at(run_at),
        created_at: at(MONDAY),
    };
    tx.jobs().enqueue(&job).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn lease(database: &Database, now: &str, until: &str, limit: u32) -> Vec<JobId> {
    let mut tx = database.begin().await.unwrap();
    let jobs = tx
        .jobs()
        .lease(Lane::Ours, at(now), at(until), limit)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    jobs.into_iter().map(|job| job.id).collect()
}

pub(crate) async fn jobs_are_leased_when_due_the_longest_due_first(database: Database) {
    world::prepare(&database).await;
    let second = add_job(&database, "2026-03-02T09:30:00Z").await;
    let first = add_job(&database, "2026-03-02T09:00:00Z").await;
    let third = add_job(&database, MONDAY).await;
    let not_yet = add_job(&database, LATER).await;
    let mut tx = database.begin().await.unwrap();
    let job = tx
        .jobs()
        .lease(Lane::Ours, at(MONDAY), at(LATER), 1)
        .await
        .unwrap()
        .remove(0);
    tx.commit().await.unwrap();
    assert_eq!(
        (job.id, job.kind.as_str(), job.subject),
        (first, "mail.send", Uuid::from_u128(9))
    );
    assert_eq!(
        (job.attempts, job.run_at, job.created_at),
        (1, at("2026-03-02T09:00:00Z"), at(MONDAY))
    );
    assert_eq!(
        lease(&database, MONDAY, TOO_LATE, 10).await,
        [second, third]
    );
    assert_eq!(lease(&database, MONDAY, TOO_LATE, 10).await, []);
    assert_eq!(
        lease(&database, LATER, TOO_LATE, 10).await,
        [first, not_yet]
    );
}

/// PostgreSQL that believes in a table of one row plans otherwise.
pub(crate) async fn one_job_is_leased_at_a_time_whatever_the_database_believes_of_the_table(
    database: Database,
) {
    world::prepare(&database).await;
    let mut waiting = vec![add_job(&database, "2026-03-02T09:00:00Z").await];
    let mut tx = database.begin().await.unwrap();
    match &mut tx {
        Tx::Sqlite(tx) => drop(sqlx::query("ANALYZE jobs").execute(&mut **tx).await),
        Tx::Postgres(tx) => drop(sqlx::query("ANALYZE jobs").execute(&mut **tx).await),
    }
    tx.commit().await.unwrap();
    for minute in 10..15 {
        waiting.push(add_job(&database, &format!("2026-03-02T09:{minute}:00Z")).await);
    }
    for id in waiting {
        assert_eq!(lease(&database, MONDAY, LATER, 1).await, [id]);
    }
    assert_eq!(lease(&database, MONDAY, LATER, 1).await, []);
}

pub(crate) async fn a_job_is_leased_in_its_lane_alone(database: Database) {
    world::prepare(&database).await;
    let sending = add_job_to(&database, Lane::Sending, "2026-03-02T09:00:00Z").await;
    let ours = add_job_to(&database, Lane::Ours, "2026-03-02T09:30:00Z").await;
    let mut tx = database.begin().await.unwrap();
    let depth = tx.jobs().depth().await.unwrap();
    assert_eq!(depth.waiting, 2);
    let early = "2026-03-02T09:15:00Z";
    for (lane, due) in [(Lane::Ours, false), (Lane::Sending, true)] {
        let is_due = tx.jobs().is_due(lane, at(early), at(MONDAY)).await.unwrap();
        assert_eq!(is_due, due, "{lane:?}");
    }
    assert_eq!(depth.oldest_run_at, Some(at("2026-03-02T09:00:00Z")));
    for (lane, id) in [(Lane::Ours, ours), (Lane::Sending, sending)] {
        let leased = tx.jobs().lease(lane, at(MONDAY), at(LATER), 10).await;
        let leased: Vec<JobId> = leased.unwrap().into_iter().map(|job| job.id).collect();
        assert_eq!(leased, [id], "{lane:?}");
        let is_due = tx.jobs().is_due(lane, at(MONDAY), at(LATER)).await;
        assert!(!is_due.unwrap(), "{lane:?}: leased");
    }
    let is_due = tx.jobs().is_due(Lane::Ours, at(LATER), at(TOO_LATE)).await;
    assert!(is_due.unwrap(), "the leases have ended");
}

pub(crate) async fn a_lease_that_ended_counts_as_waiting(database: Database) {
    world::prepare(&database).await;
    let id = add_job(&database, MONDAY).await;
    assert_eq!(lease(&database, MONDAY, LATER, 10).await, [id]);
    assert_eq!(lease(&database, MONDAY, LATER, 10).await, []);
    let mut tx = database.begin().await.unwrap();
    let again = tx
        .jobs()
        .lease(Lane::Ours, at(LATER), at(TOO_LATE), 10)
        .await
        .unwrap();
    assert_eq!((again[0].id, again[0].attempts), (id, 2));
}

pub(crate) async fn a_lease_that_ended_is_left_alone_by_whoever_takes_the_next_job(
    database: Database,
) {
    world::prepare(&database).await;
    let left = add_job(&database, MONDAY).await;
    assert_eq!(lease(&database, MONDAY, LATER, 10).await, [left]);
    let next = async || {
        let leased = database.lease_waiting(Lane::Ours, at(LATER), at(TOO_LATE));
        leased.await.unwrap().map(|job| job.id)
    };
    assert_eq!(next().await, None);
    let mut tx = database.begin().await.unwrap();
    let freed = tx.jobs().free_ended_leases(at(LATER), at(TOO_LATE)).await;
    assert_eq!(freed.unwrap(), 1);
    tx.commit().await.unwrap();
    assert_eq!(next().await, Some(left));
    assert_eq!(next().await, None, "it is leased, and that was kept");
}

pub(crate) async fn a_job_from_before_the_clock_went_back_is_due(database: Database) {
    world::prepare(&database).await;
    let jobs = [
        add_job(&database, LATER).await,
        // Due at once, as most are.
        add_job(&database, MONDAY).await,
    ];
    // The clock stands an hour before they were asked for.
    let (earlier, soon) = ("2026-03-02T09:00:00Z", "2026-03-02T09:05:00Z");
    let hurry = async |latest: &str| {
        let mut tx = database.begin().await.unwrap();
        let jobs = tx
            .jobs()
            .hurry_those_asked_for_after(at(latest), at(earlier))
            .await;
        tx.commit().await.unwrap();
        jobs.unwrap()
    };
    assert_eq!(lease(&database, earlier, soon, 10).await, []);
    assert_eq!(hurry(MONDAY).await, 0, "asked for just then, not after it");
    assert_eq!(hurry(earlier).await, 2);
    let mut tx = database.begin().await.unwrap();
    let leased = tx
        .jobs()
        .lease(Lane::Ours, at(earlier), at(soon), 10)
        .await
        .unwrap();
    let ids: HashSet<JobId> = leased.iter().map(|job| job.id).collect();
    assert_eq!(ids, jobs.into());
    // They were tried now, and wait as long as any other.
    for job in &leased {
        tx.jobs().retry(job, at(soon), "451").await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(hurry(earlier).await, 0);
}

pub(crate) async fn a_job_ends_done_retried_or_dead(database: Database) {
    world::prepare(&database).await;
    let (done, retried, dead) = (
        add_job(&database, MONDAY).await,
        add_job(&database, MONDAY).await,
        add_job(&database, MONDAY).await,
    );
    let waiting = Depth {
        waiting: 3,
        oldest_run_at: Some(at(MONDAY)),
        dead: 0,
    };
    assert_eq!(
        database.read().await.unwrap().jobs().depth().await.unwrap(),
        waiting
    );
    let mut tx = database.begin().await.unwrap();
    let jobs = tx
        .jobs()
        .lease(Lane::Ours, at(MONDAY), at(TOO_LATE), 10)
        .await
        .unwrap();
    let leased = |id| jobs.iter().find(|job| job.id == id).unwrap();
    tx.jobs().done(leased(done), at(MONDAY)).await.unwrap();
    tx.jobs()
        .retry(leased(retried), at(LATER), "451 later")
        .await
        .unwrap();
    tx.jobs()
        .dead(leased(dead), "550 unknown", at(MONDAY))
        .await
        .unwrap();
    let depth = Depth {
        waiting: 1,
        oldest_run_at: Some(at(LATER)),
        dead: 1,
    };
    assert_eq!(tx.jobs().depth().await.unwrap(), depth);
    tx.commit().await.unwrap();
    assert_eq!(lease(&database, MONDAY, TOO_LATE, 10).await, []);
    assert_eq!(lease(&database, LATER, TOO_LATE, 10).await, [retried]);
    assert_eq!(
        lease(
            &database,
            "2026-03-03T10:00:00Z",
            "2026-03-03T11:00:00Z",
            10
        )
        .await,
        [retried]
    );
}

pub(crate) async fn a_worker_whose_lease_ended_has_no_say(database: Database) {
    world::prepare(&database).await;
    let id = add_job(&database, MONDAY).await;
    let mut tx = database.begin().await.unwrap();
    let late = tx
        .jobs()
        .lease(Lane::Ours, at(MONDAY), at(LATER), 1)
        .await
        .unwrap()
        .remove(0);
    let current = tx
        .jobs()
        .lease(Lane::Ours, at(LATER), at(TOO_LATE), 1)
        .await
        .unwrap()
        .remove(0);
    assert_eq!((late.id, current.id), (id, id));
    tx.jobs()
        .retry(&late, at(MONDAY), "too late")
        .await
        .unwrap();
    tx.jobs().dead(&late, "too late", at(LATER)).await.unwrap();
    tx.jobs().done(&late, at(LATER)).await.unwrap();
    assert_eq!(
        tx.jobs()
            .lease(Lane::Ours, at(LATER), at(TOO_LATE), 1)
            .await
            .unwrap(),
        []
    );
    tx.jobs().done(&current, at(LATER)).await.unwrap();
    let depth = tx.jobs().depth().await.unwrap();
    assert_eq!((depth.waiting, depth.dead), (0, 0));
}

pub(crate) async fn workers_at_once_never_get_the_same_job(database: Database) {
    world::prepare(&database).await;
    for _ in 0..20 {
        add_job(&database, MONDAY).await;
    }
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let database = database.clone();
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let leased = lease(&database, MONDAY, LATER, 3).await;
                    if leased.is_empty() {
                        return mine;
                    }
                    mine.extend(leased);
                }
            })
        })
        .collect();
    let mut leased = Vec::new();
    for worker in workers {
        leased.extend(worker.await.unwrap());
    }
    assert_eq!(leased.len(), 20);
    assert_eq!(leased.iter().collect::<HashSet<_>>().len(), 20);
}

pub(crate) async fn a_job_tells_when_it_is_due_until_it_is_done(database: Database) {
    world::prepare(&database).await;
    add_job(&database, LATER).await;
    let due = async || {
        let mut tx = database.read().await.unwrap();
        let due = tx.jobs().due_for("mail.send", Uuid::from_u128(9)).await;
        due.unwrap()
    };
    assert_eq!(due().await, Some(at(LATER)));
    let mut tx = database.begin().await.unwrap();
    let job = tx
        .jobs()
        .lease(Lane::Ours, at(LATER), at(TOO_LATE), 1)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due().await, Some(at(LATER)), "it is being tried");
    let mut tx = database.begin().await.unwrap();
    tx.jobs().done(&job[0], at(LATER)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(due().await, None);
}

pub(crate) async fn of_a_worker_and_two_who_take_back_exactly_one_is_first(database: Database) {
    world::prepare(&database).await;
    for _ in 0..10 {
        let id = add_job(&database, MONDAY).await;
        let worker = {
            let database = database.clone();
            tokio::spawn(async move { lease(&database, MONDAY, LATER, 1).await.len() })
        };
        let people: Vec<_> = (0..2)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move {
                    let mut tx = database.begin().await.unwrap();
                    let subject = Uuid::from_u128(9);
                    let back = tx.jobs().take_back("mail.send", subject, at(MONDAY)).await;
                    tx.commit().await.unwrap();
                    usize::from(back.unwrap())
                })
            })
            .collect();
        let mut first = worker.await.unwrap();
        for person in people {
            first += person.await.unwrap();
        }
        assert_eq!(first, 1, "{id}");
        // Whoever was first, nothing is left to be taken.
        assert_eq!(lease(&database, MONDAY, LATER, 1).await, []);
    }
}
