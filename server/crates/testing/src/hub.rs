//! A whole hub for one test: its own database, index, clock and mail server.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use domain::{
    clock::Clock,
    codes::{Role, SecondStepRule},
    email::EmailAddress,
    form::Fields,
    keys::TeamKey,
};
use hub::{
    Actor, DraftToken, Hub, Officer, Parts, Step, Submitted, accounts::NewOfficer,
    intake::Attachments, settings::Version,
};
use jiff::Timestamp;
use mail::{LinkKey, Transport};
use rand::{SeedableRng, rngs::StdRng};
use search::{Index, Taxonomies};
use store::{Database, Postcodes};
use url::Url;

use crate::{
    Answers, MailCatcher, SettableClock, ThrowAwayDatabase, council::sample_council, eventually,
};

/// The password of every officer of a test.
pub const PASSWORD: &str = "correct horse battery staple";

/// A Monday morning with no bank holiday near: a promise of five working days runs to 9 March.
pub const MONDAY: &str = "2026-03-02T10:00:00Z";

/// How a test's hub differs from the usual one.
#[derive(Debug, Clone, Copy)]
pub struct Setup {
    /// How long a worker may hold a job, on the test's clock; and three quarters of it, in real time,
    /// how long it may work on one.
    pub lease: Duration,
    /// How long a reply waits before it is sent, on the test's clock.
    pub reply_undo: Duration,
    /// Whether officers need a code beside their password.
    pub second_step: SecondStepRule,
    /// What its random numbers begin with: two processes have different ones.
    pub seed: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            lease: Duration::from_secs(120),
            reply_undo: Duration::ZERO,
            second_step: SecondStepRule::Optional,
            seed: 7,
        }
    }
}

/// A hub, and everything that a test may turn.
#[derive(Debug)]
pub struct TestHub {
    /// The hub.
    pub hub: Hub,
    /// Its clock.
    pub clock: SettableClock,
    /// Its mail server.
    pub mails: MailCatcher,
    /// Its database.
    pub database: ThrowAwayDatabase,
    officers: AtomicU32,
}

impl TestHub {
    /// A hub of the sample council on a Monday morning, with nothing in it.
    pub async fn new() -> Self {
        Self::with(Setup::default()).await
    }

    /// The same, but for what `setup` says.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn with(setup: Setup) -> Self {
        Self::on(ThrowAwayDatabase::new(&sample_council()).await, setup)
    }

    /// The same on a database that is open already, with a council's settings in it.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn on(database: ThrowAwayDatabase, setup: Setup) -> Self {
        let clock = SettableClock::at(time(MONDAY));
        let mails = MailCatcher::default();
        let hub = join(
            database.folder(),
            database.database.clone(),
            Arc::new(clock.clone()),
            Arc::new(mails.clone()),
            setup,
        );
        Self {
            hub,
            clock,
            mails,
            database,
            officers: AtomicU32::new(0),
        }
    }

    /// Somebody with an account and this role, in no team; a lead leads one.
    ///
    /// # Panics
    /// When the account cannot be added.
    pub async fn officer(&self, role: Role) -> Actor {
        self.member(role, None).await
    }

    /// The same, in a team.
    ///
    /// # Panics
    /// When the account cannot be added.
    pub async fn member(&self, role: Role, team: Option<&str>) -> Actor {
        // A lead leads a team.
        let team = team.or((role == Role::TeamLead).then_some("ehc-east"));
        let team: Option<TeamKey> = team.map(|key| key.parse().expect("a team's key"));
        let number = self.officers.fetch_add(1, Ordering::Relaxed) + 1;
        let email: EmailAddress = format!("officer{number}@council.example.org")
            .parse()
            .expect("an address");
        let name = format!("Officer {number}");
        let new = NewOfficer {
            email: email.clone(),
            name: name.clone(),
            role,
            team: team.clone(),
            password: PASSWORD.into(),
        };
        let added = self.hub.accounts().add(&Actor::System, new).await;
        Actor::Officer(Officer {
            id: added.expect("an account"),
            name,
            email,
            role,
            team,
        })
    }

    /// Lets the sweep run once, and then every job that is due.
    ///
    /// # Panics
    /// When the database is out of reach.
    pub async fn sweep(&self) {
        hub::jobs::sweep(&self.hub).await.expect("a sweep");
        self.run_jobs().await;
    }

    /// A draft with every page answered, not sent yet.
    ///
    /// # Panics
    /// When an answer is refused.
    pub async fn draft(&self, change: impl FnOnce(Answers) -> Answers) -> DraftToken {
        fill_in(&self.hub, &change(Answers::default())).await
    }

    /// An enquiry, sent as a person would.
    ///
    /// # Panics
    /// When an answer is refused, or it cannot be sent.
    pub async fn submit(&self, change: impl FnOnce(Answers) -> Answers) -> Submitted {
        let token = self.draft(change).await;
        let submitted = self.hub.enquiries().submit(&token).await;
        submitted.expect("a sent enquiry")
    }

    /// Runs every job that is due now, and says how many that were.
    ///
    /// # Panics
    /// When the database is out of reach.
    pub async fn run_jobs(&self) -> usize {
        let mut count = 0;
        loop {
            let ran = hub::jobs::run_due(&self.hub).await.expect("jobs to lease");
            if ran == 0 {
                return count;
            }
            count += ran;
        }
    }

    /// Lets a worker die after the mail server took a mail, and before that is written down.
    ///
    /// # Panics
    /// When it ends before it dies.
    pub async fn die_after_sending(&self) {
        self.mails.take_next_and_hang();
        let hub = self.hub.clone();
        let worker = tokio::spawn(async move { hub::jobs::run_due(&hub).await });
        self.mails.handed_over().await;
        worker.abort();
        let ended = worker.await.expect_err("a worker that was stopped");
        assert!(ended.is_cancelled(), "{ended}");
    }

    /// Lets the worker work, sweeps and all, until `look` finds something.
    ///
    /// # Panics
    /// When it finds nothing in a minute.
    pub async fn work_until<T>(&self, look: impl AsyncFnMut() -> Option<T>) -> T {
        let stop = tokio_util::sync::CancellationToken::new();
        let worker = tokio::spawn(hub::jobs::work(self.hub.clone(), stop.clone()));
        let found = eventually(look).await;
        stop.cancel();
        worker.await.expect("a worker that stops when told");
        found
    }
}

/// Walks through the form's pages, as far as the last.
///
/// # Panics
/// When an answer is refused.
pub async fn fill_in(hub: &Hub, answers: &Answers) -> DraftToken {
    let token = hub.enquiries().start().await.expect("a draft");
    let mut step = Step::Topic;
    while step != Step::Check {
        let fields = answers.of(step);
        let answered = hub.enquiries().answer(&token, step, &fields).await;
        step = answered.expect("an answer that is right");
    }
    token
}

/// Joins a hub of the sample council; its index lies beside its database.
///
/// # Panics
/// When the index cannot be made.
#[must_use]
pub fn join(
    folder: &Path,
    database: Database,
    clock: Arc<dyn Clock>,
    transport: Arc<dyn Transport>,
    setup: Setup,
) -> Hub {
    let mut council = sample_council();
    council.sign_in.second_step = setup.second_step;
    let taxonomies = Taxonomies {
        need: council.local_offer.need_taxonomy.clone(),
        category: council.local_offer.category_taxonomy.clone(),
    };
    Hub::new(Parts {
        database,
        settings: Version::first(council),
        postcodes: Postcodes::of(folder),
        attachments: Attachments::of(folder),
        index: Index::open(&folder.join("index"), &taxonomies).expect("an index"),
        transport,
        clock,
        random: StdRng::seed_from_u64(setup.seed),
        link_key: link_key(),
        public_url: Url::parse("https://send.example.org/").expect("an address"),
        lease: setup.lease,
        reply_undo: setup.reply_undo,
    })
}

/// A second process on a test's database, with a folder of its own index.
///
/// # Panics
/// When its index cannot be made.
#[must_use]
pub fn join_again(test: &TestHub) -> Hub {
    join(
        &test.database.folder().join("second"),
        test.database.database.clone(),
        Arc::new(test.clock.clone()),
        Arc::new(test.mails.clone()),
        Setup {
            seed: 8,
            ..Setup::default()
        },
    )
}

/// What a form posts.
#[must_use]
pub fn fields<const N: usize>(pairs: [(&str, &str); N]) -> Fields {
    Fields::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// What the hubs of tests sign links with.
#[must_use]
pub fn link_key() -> LinkKey {
    LinkKey::from_bytes([7; 32])
}

/// A time as text, such as `2026-03-09T10:00:00Z`.
///
/// # Panics
/// When it is none.
#[must_use]
pub fn time(text: &str) -> Timestamp {
    text.parse().expect("a time in RFC 3339")
}
