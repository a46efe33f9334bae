//! The council's settings: who changes them, what is refused, what counts from when, and what is
//! written down.

use domain::{codes::Role, council::Council, form::Fields};
use hub::{
    Actor, Error,
    search::{Change, Query},
    settings::{Importing, Item, Section, read, write},
};
use rstest::rstest;
use testing::{TestHub, council::SAMPLE_SERVICES, fields, join_again};

use crate::reading::{faults, stored};

pub(crate) async fn changed(
    test: &TestHub,
    (section, item): (Section, Item),
    values: &[(&str, &str)],
) -> Result<(), Error> {
    let administrator = test.officer(Role::Administrator).await;
    let settings = test.hub.settings();
    let mut form: Fields = settings.form(&administrator, section, item)?;
    for (name, value) in values {
        form.set(*name, *value);
    }
    settings.change(&administrator, section, item, &form).await
}

fn place(council: &Council, key: &str) -> Item {
    let topics = council.topics.iter();
    let place = topics.map(|topic| topic.key.as_str());
    Item::At(place.into_iter().position(|topic| topic == key).unwrap() + 1)
}

#[tokio::test]
async fn a_change_counts_at_once_and_is_written_down_with_before_and_after() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let contact = (Section::Contact, Item::Whole);
    changed(&test, contact, &[("telephone", "01632 960 777")])
        .await
        .unwrap();
    assert_eq!(test.hub.council().contact.telephone, "01632 960 777");

    let settings = test.hub.settings();
    let history = settings.history(&administrator, None).await.unwrap();
    assert_eq!(history.len(), 2);
    assert_eq!(
        (history[0].version, history[0].section),
        (2, Section::Contact)
    );
    assert_eq!(history[0].by.as_deref(), Some("Officer 2"));
    let changed = settings.changed(&administrator, 2).await.unwrap();
    assert!(changed.counts);
    assert_eq!(changed.differences.len(), 1);
    assert_eq!(changed.differences[0].setting, "contact.telephone");
    assert_eq!(
        changed.differences[0].before.as_deref(),
        Some("01632 960100")
    );
    assert_eq!(
        changed.differences[0].after.as_deref(),
        Some("01632 960 777")
    );
    let mut tx = test.hub.database().read().await.unwrap();
    let rows = tx.audit().of_action("settings-changed").await.unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].detail.as_deref(), Some("contact: version 1 to 2"));
}

#[tokio::test]
async fn another_process_follows() {
    let test = TestHub::new().await;
    let other = join_again(&test);
    let contact = (Section::Contact, Item::Whole);
    changed(&test, contact, &[("telephone", "01632 960 777")])
        .await
        .unwrap();
    assert_eq!(other.council().contact.telephone, "01632 960100");
    other.settings().refresh().await.unwrap();
    assert_eq!(other.council().contact.telephone, "01632 960 777");
}

#[tokio::test]
async fn nobody_overwrites_what_they_did_not_see() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let (section, item) = (Section::Contact, Item::Whole);
    let settings = test.hub.settings();
    let form = settings.form(&administrator, section, item).unwrap();
    changed(&test, (section, item), &[("telephone", "01632 960 777")])
        .await
        .unwrap();
    let late = settings.change(&administrator, section, item, &form).await;
    assert!(matches!(late, Err(Error::Stale)));
    assert_eq!(test.hub.council().contact.telephone, "01632 960 777");
}

#[rstest]
#[case::no_number((Section::Promise, Item::Whole), ("working_days", "61"), "from 1 to 60")]
#[case::no_words((Section::Contact, Item::Whole), ("out_of_hours_text", " "), "Say what that number is for")]
#[case::no_address((Section::Contact, Item::Whole), ("email", "send at kent"), "Enter an email address")]
#[case::no_name((Section::Topics, Item::New), ("name", "!!!"), "letters or numbers")]
#[case::a_name_that_is_there((Section::Topics, Item::New), ("name", "TRAVEL to school or college"), "one with this name already")]
#[case::no_phone_number((Section::Contact, Item::Whole), ("telephone", "abc"), "Enter the phone number")]
#[case::no_topic_and_no_district((Section::Routing, Item::New), ("team", "ehc-east"), "Choose a topic, a district or both")]
#[case::a_rule_that_is_there((Section::Routing, Item::New), ("topic", "travel"), "There is already a rule for this")]
#[case::no_day((Section::Closures, Item::New), ("from-day", "31"), "Enter the first day")]
#[case::nobody_who_asks((Section::Promises, Item::New), ("working_days", "3"), "Choose who asks")]
#[case::a_time_at_night((Section::Escalation, Item::Whole), ("morning", "04:30"), "from 05:00 to 12:00")]
#[case::an_address_without_a_name((Section::Escalation, Item::Whole), ("head_email", "head@kent.example"), "Enter their name")]
#[case::a_holiday_without_a_day((Section::BankHolidays, Item::New), ("title", "May Day"), "Enter the day")]
#[case::no_web_address((Section::Advice, Item::New), ("website", "www.ipsea.org.uk"), "begins with https://")]
#[case::a_letter_without_a_day((Section::Letters, Item::Letter(domain::codes::LetterKind::Acknowledgement)), ("text", "Hello"), "must say {{ reference }}")]
#[tokio::test]
async fn what_cannot_be_is_refused_beside_its_field_and_changes_nothing(
    #[case] form: (Section, Item),
    #[case] typed: (&str, &str),
    #[case] told: &str,
) {
    let test = TestHub::new().await;
    let before = test.hub.council();
    let team = ("team", "ehc-east");
    let refused = faults(changed(&test, form, &[team, typed]).await);
    let words: Vec<String> = refused.iter().map(|fault| fault.message.clone()).collect();
    assert!(words.join("; ").contains(told), "{words:?}");
    assert_eq!(test.hub.council(), before);
}

#[tokio::test]
async fn a_topic_that_is_taken_away_is_offered_no_more_and_keeps_its_name() {
    let test = TestHub::new().await;
    let reference = test
        .submit(|answers| answers.topic("travel"))
        .await
        .reference;
    let travel = (Section::Topics, place(&test.hub.council(), "travel"));
    changed(&test, travel, &[("act", "remove")]).await.unwrap();
    let council = test.hub.council();
    assert_eq!(council.topic(&"travel".parse().unwrap()), None);
    let about_it = |rule: &domain::council::RoutingRule| {
        rule.topic
            .as_ref()
            .is_some_and(|topic| topic.as_str() == "travel")
    };
    assert!(!council.routing.iter().any(about_it));
    let officer = test.officer(Role::Officer).await;
    let file = test.hub.desk().enquiry(&officer, &reference).await.unwrap();
    assert_eq!(file.topic, "Travel to school or college");

    let back = (Section::Topics, Item::New);
    changed(&test, back, &[("act", "bring-back"), ("key", "travel")])
        .await
        .unwrap();
    let council = test.hub.council();
    assert!(council.topic(&"travel".parse().unwrap()).is_some());
    assert!(council.retired.is_empty());
}

/// Takes the team for short breaks out of the settings, with the rules that lead to it.
async fn give_up_short_breaks(test: &TestHub) -> Result<(), Error> {
    let mut council = (*test.hub.council()).clone();
    let team = |key: &str| key == "short-breaks";
    council.teams.retain(|other| !team(other.key.as_str()));
    council.routing.retain(|rule| !team(rule.team.as_str()));
    let settings = test.hub.settings();
    let import = settings.import(&Actor::System, council, Importing::Real);
    import.await.map(drop)
}

#[tokio::test]
async fn a_team_with_open_enquiries_is_not_given_up() {
    let test = TestHub::new().await;
    test.submit(|answers| answers.topic("short-breaks")).await;
    let refused = faults(give_up_short_breaks(&test).await);
    let words = refused.of("settings").unwrap();
    assert_eq!(
        words,
        "Short breaks still has 1 open enquiries. They must be answered first"
    );
}

#[tokio::test]
async fn who_writes_again_to_a_team_that_was_given_up_is_answered_by_another() {
    let test = TestHub::new().await;
    let officer = test.officer(Role::Officer).await;
    let reference = test.submit(|answers| answers.topic("short-breaks")).await;
    let reference = reference.reference;
    test.run_jobs().await;
    let token = test.mails.only().link_token();
    let words = fields([("conversation", "Called Jo.")]);
    let desk = test.hub.desk();
    desk.record_conversation(&officer, &reference, &words)
        .await
        .unwrap();
    give_up_short_breaks(&test).await.unwrap();
    let news = fields([("message", "Is there any news?")]);
    let enquiries = test.hub.enquiries();
    enquiries.follow_up(&token, &news).await.unwrap();
    let open = stored(&test, &reference).await;
    let council = test.hub.council();
    assert!(council.team(&open.team).is_some(), "{}", open.team);
    let rules_say = council.route(&open.topic, open.district.as_ref());
    assert_eq!(open.team, *rules_say);
    assert!(open.running_promise().is_some());
}

#[tokio::test]
async fn new_entries_get_keys_of_their_own_and_move_up() {
    let test = TestHub::new().await;
    let new = (Section::Topics, Item::New);
    changed(&test, new, &[("name", "Travel")]).await.unwrap();
    let council = test.hub.council();
    let last = council.topics.last().unwrap();
    assert_eq!(
        last.key.as_str(),
        "travel-2",
        "“travel” is another topic\u{2019}s"
    );
    let item = Item::At(council.topics.len());
    changed(&test, (Section::Topics, item), &[("act", "up")])
        .await
        .unwrap();
    let council = test.hub.council();
    assert_eq!(
        council.topics[council.topics.len() - 2].key.as_str(),
        "travel-2"
    );
}

#[tokio::test]
async fn a_promise_by_topic_counts_for_the_next_enquiry_and_not_for_the_last() {
    let test = TestHub::new().await;
    let before = test.submit(|answers| answers.topic("travel")).await;
    let travel = (Section::Topics, place(&test.hub.council(), "travel"));
    changed(&test, travel, &[("working_days", "2")])
        .await
        .unwrap();
    let after = test.submit(|answers| answers.topic("travel")).await;
    assert_eq!((before.working_days, after.working_days), (5, 2));
    assert!(after.due_on < before.due_on);
}

#[tokio::test]
async fn a_file_brings_the_same_settings_back() {
    let test = TestHub::new().await;
    let settings = test.hub.settings();
    let text = write(&test.hub.council()).unwrap();
    let council = read(&text).unwrap();
    assert_eq!(council, *test.hub.council());
    let same = settings
        .import(&Actor::System, council.clone(), Importing::Real)
        .await
        .unwrap();
    assert!(same.differences.is_empty());
    assert_eq!(settings.current(&Actor::System).unwrap().number, 1);

    let mut other = council;
    other.promise.working_days = 4;
    let tried = settings
        .import(&Actor::System, other.clone(), Importing::DryRun)
        .await
        .unwrap();
    assert_eq!(tried.differences[0].setting, "promise.working_days");
    assert_eq!(test.hub.council().promise.working_days, 5);
    settings
        .import(&Actor::System, other, Importing::Real)
        .await
        .unwrap();
    assert_eq!(test.hub.council().promise.working_days, 4);

    let administrator = test.officer(Role::Administrator).await;
    settings.put_back(&administrator, 1, 2).await.unwrap();
    assert_eq!(test.hub.council().promise.working_days, 5);
    assert_eq!(settings.current(&Actor::System).unwrap().number, 3);
}

#[test]
fn a_file_that_is_not_right_says_all_that_is_wrong() {
    let text = write(&testing::council::sample_council()).unwrap();
    let wrong = text
        .replace("working_days = 5", "working_days = 0")
        .replace(
            "default_team = \"send-enquiries\"",
            "default_team = \"nobody\"",
        );
    let told = read(&wrong).unwrap_err().to_string();
    assert!(told.contains("there is no team “nobody”"), "{told}");
    assert!(
        told.contains("promise.working_days: must be from 1 to 60"),
        "{told}"
    );
    assert!(read("name = 3").is_err());
}

#[tokio::test]
async fn only_administrators_see_or_change_settings() {
    let test = TestHub::new().await;
    let form = fields([("version", "1")]);
    let (section, item) = (Section::Contact, Item::Whole);
    let settings = test.hub.settings();
    for actor in [
        Actor::Public,
        test.officer(Role::Officer).await,
        test.officer(Role::TeamLead).await,
        test.officer(Role::Editor).await,
    ] {
        assert!(matches!(settings.current(&actor), Err(Error::NotFound)));
        assert!(matches!(
            settings.form(&actor, section, item),
            Err(Error::NotFound)
        ));
        let changed = settings.change(&actor, section, item, &form).await;
        assert!(matches!(changed, Err(Error::NotFound)));
        let history = settings.history(&actor, None).await;
        assert!(matches!(history, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn who_asks_for_a_second_step_of_everybody_has_one() {
    let test = TestHub::new().await;
    let everybody = [("second_step", "required")];
    let sign_in = (Section::SignIn, Item::Whole);
    let refused = faults(changed(&test, sign_in, &everybody).await);
    let told = refused.of("second_step").unwrap();
    assert!(told.starts_with("Set up your own app first"), "{told}");
}

#[tokio::test]
async fn a_version_says_what_putting_it_back_would_change() {
    let test = TestHub::new().await;
    let administrator = test.officer(Role::Administrator).await;
    let contact = (Section::Contact, Item::Whole);
    changed(&test, contact, &[("telephone", "01632 960 777")])
        .await
        .unwrap();
    let settings = test.hub.settings();
    let first = settings.changed(&administrator, 1).await.unwrap();
    assert_eq!(first.put_back.len(), 1);
    assert_eq!(first.put_back[0].after.as_deref(), Some("01632 960100"));
    let second = settings.changed(&administrator, 2).await.unwrap();
    assert!(second.counts && second.put_back.is_empty());
}

#[tokio::test]
async fn a_councils_own_words_find_at_once() {
    let test = TestHub::new().await;
    let section = (Section::SearchWords, Item::New);
    let refused = changed(
        &test,
        section,
        &[("kind", "see-also"), ("words", "nattering")],
    )
    .await;
    assert!(faults(refused).of("finds").is_some());
    let link = [
        ("kind", "see-also"),
        ("words", "nattering\n  chin wag "),
        ("finds", "speech and language"),
    ];
    changed(&test, section, &link).await.unwrap();
    let council = test.hub.council();
    assert_eq!(council.search_words[0].words, ["nattering", "chin wag"]);
    let found = search_sample(&test, "chin wag").await;
    assert!(
        found.contains(&"Children's speech and language therapy".to_owned()),
        "{found:?}"
    );
}

/// The names of what the sample has for these words.
async fn search_sample(test: &TestHub, words: &str) -> Vec<String> {
    let import = domain::open_referral::read(SAMPLE_SERVICES).unwrap();
    let listings = import.listings.into_iter();
    let changes: Vec<Change> = listings.map(|it| Change::Put(Box::new(it))).collect();
    let mut writer = test.hub.index().writer().unwrap();
    writer.apply(&changes).unwrap();
    writer.commit(1, "").unwrap();
    let query = Query {
        words: words.to_owned(),
        ..Query::default()
    };
    let found = test.hub.local_offer().search(&query).await.unwrap();
    found.hits.into_iter().map(|hit| hit.listing.name).collect()
}

#[tokio::test]
async fn a_school_may_have_a_promise_of_its_own() {
    let test = TestHub::new().await;
    let new = (Section::Promises, Item::New);
    changed(&test, new, &[("kind", "school"), ("working_days", "2")])
        .await
        .unwrap();
    let again = changed(&test, new, &[("kind", "school"), ("working_days", "3")]).await;
    assert_eq!(faults(again).iter().next().unwrap().field, "kind");
    let school = |answers: testing::Answers| {
        let answers = answers.set(hub::Step::Who, "kind", "school");
        answers.set(hub::Step::Who, "organisation", "Hill School")
    };
    let of_a_school = test.submit(school).await;
    let of_a_parent = test.submit(|answers| answers).await;
    assert_eq!((of_a_school.working_days, of_a_parent.working_days), (2, 5));
    assert!(of_a_school.due_on < of_a_parent.due_on);
}

#[tokio::test]
async fn a_topic_that_is_taken_away_takes_its_promises_to_some_people_along() {
    let test = TestHub::new().await;
    let new = (Section::Promises, Item::New);
    let typed = [
        ("kind", "school"),
        ("topic", "travel"),
        ("working_days", "2"),
    ];
    changed(&test, new, &typed).await.unwrap();
    let travel = (Section::Topics, place(&test.hub.council(), "travel"));
    changed(&test, travel, &[("act", "remove")]).await.unwrap();
    assert_eq!(test.hub.council().promises, []);
}

#[tokio::test]
async fn the_calendar_is_extended_in_the_settings() {
    let test = TestHub::new().await;
    let new = (Section::BankHolidays, Item::New);
    let day = [
        ("date-day", "1"),
        ("date-month", "1"),
        ("date-year", "2029"),
        ("title", "New Year’s Day"),
    ];
    changed(&test, new, &day).await.unwrap();
    let calendar = test.hub.council().working_days();
    assert!(!calendar.is_working_day("2029-01-01".parse().unwrap()));
    let again = changed(&test, new, &day).await;
    assert_eq!(faults(again).iter().next().unwrap().field, "date");
}

#[tokio::test]
async fn a_head_of_service_is_named_and_taken_away_again() {
    let test = TestHub::new().await;
    let form = (Section::Escalation, Item::Whole);
    let typed = [
        ("morning", "07:30"),
        ("head_name", "Hedda Head"),
        ("head_email", "head@kent.example"),
    ];
    changed(&test, form, &typed).await.unwrap();
    let set = test.hub.council().escalation.clone();
    assert_eq!(set.morning, jiff::civil::time(7, 30, 0, 0));
    assert_eq!(set.head_of_service.unwrap().name, "Hedda Head");
    changed(&test, form, &[("head_name", ""), ("head_email", "")])
        .await
        .unwrap();
    assert_eq!(test.hub.council().escalation.head_of_service, None);
}
