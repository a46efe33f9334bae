//! How the use cases of the desk are called.

use hub::{
    Actor, Error,
    desk::{InTwoLists, Narrowing, QueueView, Settled, Span, WhichMails, Whose},
};
use testing::fields;

use crate::permissions::{ITS_TEAM, world::World};

/// See [`super::call`].
pub(super) async fn call(world: &World, use_case: &str, actor: &Actor) -> Result<(), Error> {
    let desk = world.test.hub.desk();
    let (reference, none) = (&world.reference, &fields([]));
    let first = InTwoLists::default();
    match use_case {
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
        "desk/reminded reminded" => desk.reminded(actor, reference, none).await,
        "desk/to_remind to_remind" => desk.to_remind(actor).await.map(drop),
        "desk/settled settled" => {
            let all = Narrowing::default();
            let page = desk.settled(actor, Settled::Closed, &all, None).await;
            page.map(drop)
        }
        "desk/holding_reply holding_reply" => {
            let words = fields([("holding_reply", "We wait for a report.")]);
            desk.holding_reply(actor, reference, &words).await
        }
        "desk/by_mail whole_mail" => {
            let mail = world.quarantined().await;
            desk.whole_mail(actor, mail).await.map(drop)
        }
        "desk/by_mail attachment" => desk.attachment(actor, world.message, 0).await.map(drop),
        "desk/quarantine quarantine" => desk.quarantine(actor, &first).await.map(drop),
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
        "desk/not_acknowledged not_acknowledged" => {
            desk.not_acknowledged(actor, None).await.map(drop)
        }
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
        "desk/undelivered undelivered" => desk.undelivered(actor, &first).await.map(drop),
        other => unreachable!("say here how to call {other}"),
    }
}
