//! How each use case is called: the accounts' and the desk's in files of their own, and the others here.

mod accounts;
mod desk;

use domain::codes::ErasureReason;
use hub::{
    Actor, Error,
    enquiries::HowMuch,
    local_offer::{Faulty, Feed, ImportError, PostcodeError, Writing},
    mailboxes::message_at,
    settings::{Importing, Item, Section},
};
use testing::fields;

use super::world::World;

/// Does what a use case does, rightly or not: all that counts is whether it was let pass.
pub(super) async fn call(world: &World, use_case: &str, actor: &Actor) -> Result<(), Error> {
    let hub = &world.test.hub;
    let (reference, none) = (&world.reference, &fields([]));
    match use_case {
        name if name.starts_with("accounts/") => accounts::call(world, name, actor).await,
        name if name.starts_with("desk/") => desk::call(world, name, actor).await,
        "enquiries/erase erase" => {
            let (how_much, reason) = (HowMuch::ThisOne, ErasureReason::Asked);
            let enquiries = hub.enquiries();
            let erased = enquiries.erase(actor, reference, how_much, reason).await;
            erased.map(drop)
        }
        "audit verify" => hub.audit().verify(actor, None).await.map(drop),
        "audit/daily days" => hub.audit().days(actor).await.map(drop),
        "audit/prove prove" => hub.audit().prove(actor).await.map(drop),
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
