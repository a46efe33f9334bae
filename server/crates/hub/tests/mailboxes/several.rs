//! Several mailboxes on one hub: what befalls one of them is nothing to the others.

use std::sync::Arc;

use domain::codes::Role;
use hub::mailboxes::{Alarm, Followed, MailboxView};
use jiff::SignedDuration;
use testing::TestHub;

use crate::kept::Kept;
use crate::scripted::{Manner, Scripted};
use crate::world::{followed, habits, while_following_all};

fn named(name: &str, server: &Scripted) -> Followed {
    Followed {
        name: name.parse().unwrap(),
        ..followed(server.settings(), habits())
    }
}

/// How both stand: the first by name, and the second.
async fn both(test: &TestHub) -> [MailboxView; 2] {
    let officer = test.officer(Role::Officer).await;
    let all = test.hub.mailboxes().overview(&officer).await.unwrap();
    all.try_into().unwrap()
}

/// Waits until a mailbox stands as it should.
async fn until(test: &TestHub, name: &str, so: impl Fn(&store::Mailbox) -> bool) {
    testing::eventually(async || {
        let mut tx = test.database.database.read().await.unwrap();
        let all = tx.mailboxes().list().await.unwrap();
        all.iter()
            .any(|mailbox| mailbox.name.as_str() == name && so(mailbox))
            .then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fails_and_the_other_goes_on_each_with_counts_and_alarms_of_its_own() {
    let well = Scripted::start(Manner::Good).await;
    let ill = Scripted::called("team", Manner::Good).await;
    let (test, kept) = (TestHub::new().await, Kept::default());
    let followed = vec![named("enquiries", &well), named("send-team", &ill)];
    while_following_all(&test.hub, followed, Arc::new(kept.clone()), async {
        for name in ["enquiries", "send-team"] {
            until(&test, name, |mailbox| mailbox.compared_at.is_some()).await;
        }
        assert_eq!(kept.messages().len(), 6);

        ill.becomes(Manner::NoSearch);
        ill.holds(5);
        until(&test, "send-team", |mailbox| {
            mailbox.failing_since.is_some()
        })
        .await;
        test.clock.advance(SignedDuration::from_mins(16));
        well.holds(4);
        until(&test, "enquiries", |mailbox| mailbox.stored == 4).await;
        let read_now = |mailbox: &store::Mailbox| mailbox.contact_at == Some(test.hub.now());
        until(&test, "enquiries", read_now).await;
        let [enquiries, team] = both(&test).await;
        assert_eq!((enquiries.in_mailbox, enquiries.stored), (4, 4));
        assert_eq!((enquiries.alarms, enquiries.failing), (vec![], None));
        assert_eq!((team.in_mailbox, team.stored), (3, 3));
        let since = team.contact_at;
        assert_eq!(team.alarms, [Alarm::NotRead { since }]);
        assert!(team.failing.is_some() && since.is_some());
        assert_eq!(kept.messages().len(), 7);

        ill.becomes(Manner::Good);
        until(&test, "send-team", |mailbox| {
            mailbox.stored == 5 && mailbox.failing_since.is_none()
        })
        .await;
        let [_, team] = both(&test).await;
        assert_eq!((team.in_mailbox, team.alarms), (5, vec![]));
    })
    .await;
    // The same numbers in two mailboxes are two messages.
    let mut places: Vec<_> = kept
        .messages()
        .iter()
        .map(|arrived| (arrived.mailbox.to_string(), arrived.uid))
        .collect();
    places.sort();
    let in_each = |name: &str, count| (1..=count).map(move |uid| (name.to_owned(), uid)).collect();
    let expected: [Vec<_>; 2] = [in_each("enquiries", 4), in_each("send-team", 5)];
    assert_eq!(places, expected.concat());
}
