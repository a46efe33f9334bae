//! The hub itself: what every use case works with.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::{
    clock::{Clock, london_date},
    council::Council,
    guide::Guide,
    ids::MessageId,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use mail::{LinkKey, Transport};
use rand::{RngCore, rngs::StdRng};
use store::{Database, Postcodes};
use tokio::sync::Notify;
use url::Url;

use crate::local_offer::teach;
use crate::{
    accounts::{Accounts, SignInLimits},
    audit::Audit,
    delivery::Delivery,
    desk::Desk,
    enquiries::Enquiries,
    guides::{self, Guides},
    intake::{Attachments, Intake},
    jobs::Bell,
    local_offer::{LocalOffer, SearchLog},
    mailboxes::Mailboxes,
    settings::{Settings, Version},
};

/// What a hub is made of.
pub struct Parts {
    /// Where everything is kept. Migrated already.
    pub database: Database,
    /// The council's settings as they are in the database.
    pub settings: Version,
    /// Where full postcodes are.
    pub postcodes: Postcodes,
    /// The local offer's index.
    pub index: search::Index,
    /// What carries mail out.
    pub transport: Arc<dyn Transport>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where references, ids and tokens come from.
    pub random: StdRng,
    /// Where the bytes of attachments are.
    pub attachments: Attachments,
    /// Signs private links and return paths.
    pub link_key: LinkKey,
    /// Where people reach this hub.
    pub public_url: Url,
    /// How long a worker may hold a job before another may take it.
    pub lease: std::time::Duration,
    /// How long an officer's reply waits before it is sent, so that it can be taken back.
    pub reply_undo: std::time::Duration,
}

/// The hub: cheap to clone, shared by every request and worker.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    parts: Parts,
    settings: RwLock<Version>,
    guides: Vec<Guide>,
    random: Mutex<StdRng>,
    sign_in_limits: SignInLimits,
    search_log: SearchLog,
    jobs_waiting: Bell,
    listings_changed: Notify,
}

impl Hub {
    /// Joins the parts.
    #[must_use]
    pub fn new(mut parts: Parts) -> Self {
        use rand::SeedableRng;
        let random = StdRng::from_rng(&mut parts.random);
        let guides = guides::read_all();
        teach(&parts.index, &parts.settings.council, &guides);
        Self(Arc::new(Inner {
            settings: RwLock::new(parts.settings.clone()),
            guides,
            random: Mutex::new(random),
            sign_in_limits: SignInLimits::default(),
            search_log: SearchLog::default(),
            jobs_waiting: Bell::default(),
            listings_changed: Notify::new(),
            parts,
        }))
    }

    /// Searching and changing the local offer.
    #[must_use]
    pub fn local_offer(&self) -> LocalOffer<'_> {
        LocalOffer(self)
    }

    /// Reading the guides.
    #[must_use]
    pub fn guides(&self) -> Guides<'_> {
        Guides(self)
    }

    pub(crate) fn every_guide(&self) -> &[Guide] {
        &self.0.guides
    }

    /// Asking a question and following it.
    #[must_use]
    pub fn enquiries(&self) -> Enquiries<'_> {
        Enquiries(self)
    }

    /// Taking in what comes by mail.
    #[must_use]
    pub fn intake(&self) -> Intake<'_> {
        Intake(self)
    }

    /// Officers' work on enquiries.
    #[must_use]
    pub fn desk(&self) -> Desk<'_> {
        Desk(self)
    }

    /// What other servers report of our mail.
    #[must_use]
    pub fn delivery(&self) -> Delivery<'_> {
        Delivery(self)
    }

    /// The mailboxes that mail comes in by.
    #[must_use]
    pub fn mailboxes(&self) -> Mailboxes<'_> {
        Mailboxes(self)
    }

    /// Officers' accounts and sessions.
    #[must_use]
    pub fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
    }

    /// The record of deeds.
    #[must_use]
    pub fn audit(&self) -> Audit<'_> {
        Audit(self)
    }

    /// Reading and changing the council's settings.
    #[must_use]
    pub fn settings(&self) -> Settings<'_> {
        Settings(self)
    }

    /// The council's settings, as they are now.
    #[must_use]
    pub fn council(&self) -> Arc<Council> {
        self.settings_version().council
    }

    /// The number of the settings' version that counts now, for the forms that change them.
    #[must_use]
    pub fn settings_version_number(&self) -> u32 {
        self.settings_version().number
    }

    pub(crate) fn settings_version(&self) -> Version {
        let settings = self.0.settings.read();
        settings.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on these settings count, unless newer ones do already.
    pub(crate) fn use_settings(&self, newer: Version) {
        let settings = self.0.settings.write();
        let mut settings = settings.unwrap_or_else(PoisonError::into_inner);
        if newer.number > settings.number {
            teach(self.index(), &newer.council, self.every_guide());
            *settings = newer;
        }
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.parts.clock.now()
    }

    /// What day it is in London.
    #[must_use]
    pub fn today(&self) -> Date {
        london_date(self.now())
    }

    /// Where everything is kept.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.0.parts.database
    }

    /// Where people reach this hub.
    #[must_use]
    pub fn public_url(&self) -> &Url {
        &self.0.parts.public_url
    }

    /// The local offer's index.
    #[must_use]
    pub fn index(&self) -> &search::Index {
        &self.0.parts.index
    }

    pub(crate) fn postcodes(&self) -> &Postcodes {
        &self.0.parts.postcodes
    }

    pub(crate) fn attachments(&self) -> &Attachments {
        &self.0.parts.attachments
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        self.0.parts.transport.as_ref()
    }

    pub(crate) fn link_key(&self) -> &LinkKey {
        &self.0.parts.link_key
    }

    pub(crate) fn lease(&self) -> std::time::Duration {
        self.0.parts.lease
    }

    pub(crate) fn reply_undo(&self) -> SignedDuration {
        SignedDuration::try_from(self.0.parts.reply_undo).unwrap_or_default()
    }

    pub(crate) fn sign_in_limits(&self) -> &SignInLimits {
        &self.0.sign_in_limits
    }

    pub(crate) fn search_log(&self) -> &SearchLog {
        &self.0.search_log
    }

    /// The id of a message that somebody is about to write, for the form's hidden field
    /// ([`crate::pressed::FIELD`]).
    #[must_use]
    pub fn new_message_id(&self) -> MessageId {
        self.random(|random| MessageId::generate(self.now(), random))
    }

    /// Wakes the workers: a job was committed.
    pub(crate) fn jobs_waiting(&self) -> &Bell {
        &self.0.jobs_waiting
    }

    /// Wakes the follower: a listing was changed.
    pub(crate) fn listings_changed(&self) -> &Notify {
        &self.0.listings_changed
    }

    /// Draws from the generator that everything random comes from.
    pub(crate) fn random<T>(&self, draw: impl FnOnce(&mut dyn RngCore) -> T) -> T {
        let mut random = self.0.random.lock().unwrap_or_else(PoisonError::into_inner);
        draw(&mut *random)
    }
}

impl std::fmt::Debug for Hub {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hub").finish_non_exhaustive()
    }
}
