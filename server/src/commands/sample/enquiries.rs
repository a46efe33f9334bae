//! Made-up enquiries for the sample's desk: what an officer meets on a day like any other.
//!
//! Everything comes in as it would at a council: by the intake, by the forms of the desk, by a delivery report.

use std::time::Duration;

use domain::{
    codes::{DeliveryState, ReportAction},
    form::Fields,
    ids::{EnquiryId, IncomingId},
    reference::Reference,
};
use hub::{
    Actor, Hub,
    delivery::{Reported, ReportedRecipient},
    intake::{Arrived, Transport},
};
use jiff::{SignedDuration, tz::TimeZone};
use tokio::time::sleep;

use super::super::{Stopped, stopped};

/// How long the workers may take to file a mail, in steps of [`STEP`].
const STEPS: u32 = 200;
const STEP: Duration = Duration::from_millis(50);

const DAY: i64 = 24;

/// A mail: from whom, about what, how long ago, and what else stands in its head.
struct Mail {
    name: &'static str,
    address: &'static str,
    subject: String,
    hours_ago: i64,
    head: &'static str,
    words: &'static str,
}

const WITH_FILE: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n";
const TAXI: &str = "--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello,\r\n\r\nthe taxi for my son came forty \
     minutes late again. He gets very upset when he has to wait. The letter that the school wrote is with this mail.\r\n\r\n\
     Who can change the company?\r\n\r\nMargo Thistlewood\r\n\
     --part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"Letter from school.txt\"\
     \r\n\r\nHe was late on nine days this term.\r\n--part--\r\n";
const OVERDUE: &str = "Hello,\r\n\r\nwe asked for an assessment in spring and heard nothing. What happens next?\r\n\r\nJonah Pellow\r\n";
const CHASER: &str = "Hello,\r\n\r\nI wrote to you last week and nobody has answered. Please tell me where this stands.\r\n\r\nJonah Pellow\r\n";
const WAITS: &str = "Hello,\r\n\r\ncan my daughter have more hours with the speech therapist? Her report says so.\r\n\r\nIdris Marchbanks\r\n";
const BOUNCES: &str =
    "Hello,\r\n\r\nis there a holiday club with quiet rooms near Ashford?\r\n\r\nSunniva Ould\r\n";
const SYSTEM: &str =
    "Our annual review of a pupil is due in six weeks. Please name the officer who takes part.\r\n";
const AWAY: &str =
    "I am out of the office until Monday. For urgent matters please ring the school.\r\n";
const ANSWERED: &str =
    "Hello,\r\n\r\nhow do we get a blue badge for our son?\r\n\r\nBertram Quist\r\n";

fn mail(
    name: &'static str,
    address: &'static str,
    subject: &str,
    hours_ago: i64,
    words: &'static str,
) -> Mail {
    Mail {
        name,
        address,
        subject: subject.to_owned(),
        hours_ago,
        head: "",
        words,
    }
}

/// Adds them; `officer` is who works on them.
pub(super) async fn add(hub: &Hub, officer: &Actor) -> Result<(), Stopped> {
    overdue_and_chased(hub).await?;
    let due_soon = mail(
        "Petra Lindqvist",
        "petra@example.org",
        "Starting college",
        6 * DAY,
        "Which colleges near Dover have a course for young people who use a wheelchair?\r\n\r\nPetra Lindqvist\r\n",
    );
    let (reference, _) = filed(hub, due_soon).await?;
    sort(hub, officer, &reference, 2, 3).await?;
    paused(hub, officer).await?;
    bounced(hub).await?;
    answered(hub, officer).await?;
    let system = Mail {
        head: "Auto-Submitted: auto-generated\r\n",
        ..mail(
            "Hollybank School",
            "system@hollybank.example.org",
            "Annual review",
            5,
            SYSTEM,
        )
    };
    filed(hub, system).await?;
    let taxi = Mail {
        head: WITH_FILE,
        ..mail(
            "Margo Thistlewood",
            "margo@example.org",
            "The taxi is late",
            2,
            TAXI,
        )
    };
    filed(hub, taxi).await?;
    let away = Mail {
        head: "Auto-Submitted: auto-replied\r\n",
        ..mail(
            "Fenwick School",
            "office@fenwick.example.org",
            "Automatic reply: out of the office",
            1,
            AWAY,
        )
    };
    take_in(hub, away).await?;
    call(
        hub,
        officer,
        "Ottilie Marsh",
        "01632 960 412",
        "She left a message: no school place for September. Please call her.",
    )
    .await?;
    call(
        hub,
        officer,
        "Caspian Rowe",
        "01632 960 413",
        "He asked when the panel meets. I said that somebody finds out and writes.",
    )
    .await?;
    hub::jobs::sweep(hub).await.map_err(stopped)
}

/// Says what an enquiry is about: the topic and the district at these places of the council's lists.
async fn sort(
    hub: &Hub,
    officer: &Actor,
    reference: &Reference,
    topic: usize,
    district: usize,
) -> Result<(), Stopped> {
    let council = hub.council();
    let topic = council.topics.get(topic);
    let district = council.districts.get(district);
    let form = fields([
        ("topic", topic.map_or("", |topic| topic.key.as_str())),
        (
            "district",
            district.map_or("", |district| district.key.as_str()),
        ),
    ]);
    let sorted = hub.desk().pass_on(officer, reference, &form).await;
    sorted.map_err(stopped)
}

/// Their promise is broken, and they wrote again.
async fn overdue_and_chased(hub: &Hub) -> Result<(), Stopped> {
    let (name, address) = ("Jonah Pellow", "jonah@example.org");
    let first = mail(name, address, "Assessment", 11 * DAY, OVERDUE);
    let (reference, _) = filed(hub, first).await?;
    let subject = format!("Re: {reference}");
    let again = mail(name, address, &subject, 3 * DAY, CHASER);
    filed(hub, again).await.map(drop)
}

/// We wait for the family.
async fn paused(hub: &Hub, officer: &Actor) -> Result<(), Stopped> {
    let asked = mail(
        "Idris Marchbanks",
        "idris@example.org",
        "Speech therapy",
        2 * DAY,
        WAITS,
    );
    let (reference, _) = filed(hub, asked).await?;
    let file = hub
        .desk()
        .enquiry(officer, &reference)
        .await
        .map_err(stopped)?;
    let Some(until) = file.days_to_wait_until.first() else {
        return Ok(());
    };
    let form = fields([
        ("pause", "Please send us the report of the therapist."),
        ("waits_for", "document"),
        ("paused_until", &until.to_string()),
    ]);
    hub.desk()
        .pause(officer, &reference, &form)
        .await
        .map_err(stopped)
}

/// Our acknowledgement came back.
async fn bounced(hub: &Hub) -> Result<(), Stopped> {
    let asked = mail(
        "Sunniva Ould",
        "sunniva.ould@exampel.org",
        "Holiday clubs",
        DAY,
        BOUNCES,
    );
    let (_, enquiry) = filed(hub, asked).await?;
    for _ in 0..STEPS {
        let mut tx = hub.database().read().await.map_err(stopped)?;
        let mails = tx.outbox().for_enquiry(enquiry).await.map_err(stopped)?;
        if let Some(sent) = mails.iter().find(|mail| mail.state == DeliveryState::Sent) {
            let report = Reported {
                arrived: None,
                received_at: hub.now(),
                return_paths: Vec::new(),
                message_id: Some(sent.mail.message_id.clone()),
                recipients: vec![ReportedRecipient {
                    addresses: vec![sent.mail.to_address.to_string()],
                    action: ReportAction::Failed,
                    status: Some("5.1.2".to_owned()),
                    diagnostic: Some("550 5.1.2 There is no such domain".to_owned()),
                }],
            };
            drop(tx);
            return hub
                .delivery()
                .reported(&report)
                .await
                .map(drop)
                .map_err(stopped);
        }
        drop(tx);
        sleep(STEP).await;
    }
    Ok(())
}

/// A conversation kept the promise.
async fn answered(hub: &Hub, officer: &Actor) -> Result<(), Stopped> {
    let asked = mail(
        "Bertram Quist",
        "bertram@example.org",
        "Blue badge",
        4 * DAY,
        ANSWERED,
    );
    let (reference, _) = filed(hub, asked).await?;
    let form = fields([(
        "conversation",
        "I rang and told him where to apply, and what to send.",
    )]);
    let recorded = hub
        .desk()
        .record_conversation(officer, &reference, &form)
        .await;
    recorded.map_err(stopped)
}

async fn call(
    hub: &Hub,
    officer: &Actor,
    name: &str,
    telephone: &str,
    said: &str,
) -> Result<(), Stopped> {
    let topic = hub
        .council()
        .topics
        .get(1)
        .map_or_else(String::new, |topic| topic.key.to_string());
    let form = fields([
        ("name", name),
        ("telephone", telephone),
        ("topic", &topic),
        ("said", said),
        ("outcome", "needs-answer"),
    ]);
    hub.desk()
        .log_call(officer, &form)
        .await
        .map(drop)
        .map_err(stopped)
}

/// Takes a mail in and waits until it is an enquiry, or part of one.
async fn filed(hub: &Hub, mail: Mail) -> Result<(Reference, EnquiryId), Stopped> {
    let id = take_in(hub, mail).await?;
    for _ in 0..STEPS {
        let mut tx = hub.database().read().await.map_err(stopped)?;
        if let Some((enquiry, _)) = tx.mailed().became(id).await.map_err(stopped)?
            && let Some(found) = tx.enquiries().get(enquiry).await.map_err(stopped)?
        {
            return Ok((found.reference, enquiry));
        }
        drop(tx);
        sleep(STEP).await;
    }
    Err(stopped("a mail of the sample was not filed"))
}

async fn take_in(hub: &Hub, mail: Mail) -> Result<IncomingId, Stopped> {
    let council = hub.council().contact.email.to_string();
    let received_at = hub.now() - SignedDuration::from_hours(mail.hours_ago);
    let date = jiff::fmt::rfc2822::to_string(&received_at.to_zoned(TimeZone::UTC));
    let date = date.map_err(stopped)?;
    let id = mail.address.split('@').next().unwrap_or_default();
    let Mail {
        name,
        address,
        subject,
        hours_ago,
        head,
        words,
    } = mail;
    let raw = format!(
        "Date: {date}\r\nFrom: {name} <{address}>\r\nTo: {council}\r\nSubject: {subject}\r\n\
         Message-ID: <{id}-{hours_ago}@example.org>\r\n{head}\r\n{words}"
    );
    let arrived = Arrived {
        raw: raw.into_bytes(),
        envelope_from: Some(address.to_owned()),
        envelope_to: Some(council),
        transport: Transport::Mailbox {
            mailbox: "sample".to_owned(),
            uid_validity: 1,
            uid: u32::try_from(hours_ago).unwrap_or_default(),
            received_at,
        },
    };
    let received = hub.intake().receive(arrived).await;
    Ok(received.map_err(stopped)?.id())
}

fn fields<const N: usize>(pairs: [(&str, &str); N]) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in pairs {
        fields.set(name, value);
    }
    fields
}
