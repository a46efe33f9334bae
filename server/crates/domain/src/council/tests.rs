//! A council's settings: what is found wrong in them, and who gets which enquiry.

use jiff::civil::date;
use rstest::rstest;

use super::*;
use crate::codes::CorrespondentKind;

fn council() -> Council {
    serde_json::from_str(
        r#"{
            "name": "Exampleshire County Council",
            "short_name": "Exampleshire",
            "default_team": "front-door",
            "contact": {
                "email": "send@exampleshire.example.org",
                "telephone": "01632 960 001",
                "telephone_hours": "Monday to Friday, 9am to 5pm",
                "out_of_hours_telephone": "01632 960 999",
                "out_of_hours_text": "If a child is not safe tonight",
                "messages_read": "Monday to Friday, 9am to 5pm",
                "postal_address": ["County Hall", "Exampleton"]
            },
            "promise": { "working_days": 5, "closes_after_working_days": 10 },
            "mail": { "from_name": "Exampleshire", "from_address": "send@exampleshire.example.org" },
            "local_offer": { "need_taxonomy": "Needs", "category_taxonomy": "Categories" },
            "districts": [
                { "key": "north", "name": "North", "postcode_hint": "EX1 and EX2" },
                { "key": "south", "name": "South" }
            ],
            "topics": [
                { "key": "assessments", "name": "Assessments" },
                { "key": "transport", "name": "Travel to school", "working_days": 3 },
                { "key": "other", "name": "Something else" }
            ],
            "teams": [
                { "key": "front-door", "name": "Front door" },
                { "key": "casework", "name": "Casework" },
                { "key": "casework-north", "name": "Casework North" },
                { "key": "south", "name": "South team" }
            ],
            "routing": [
                { "district": "south", "team": "south" },
                { "topic": "assessments", "team": "casework" },
                { "topic": "assessments", "district": "north", "team": "casework-north" }
            ],
            "closures": [
                { "from": "2026-12-29", "to": "2026-12-31", "reason": "Between the years" }
            ],
            "advice": [
                {
                    "name": "SENDIASS", "about": "Free advice",
                    "website": "https://advice.example.org"
                }
            ]
        }"#,
    )
    .unwrap()
}

fn faults_after(change: impl FnOnce(&mut Council)) -> Vec<String> {
    let mut council = council();
    change(&mut council);
    let faults = council.check().unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn sound_settings_have_no_faults() {
    assert_eq!(council().check(), Ok(()));
}

#[test]
fn an_unknown_setting_is_refused() {
    let mut json = serde_json::to_value(council()).unwrap();
    json["promise"]["calendar_days"] = 7.into();
    assert!(serde_json::from_value::<Council>(json).is_err());
}

#[test]
fn a_mail_address_that_cannot_be_is_refused() {
    let mut json = serde_json::to_value(council()).unwrap();
    json["contact"]["email"] = "send at exampleshire".into();
    assert!(serde_json::from_value::<Council>(json).is_err());
}

#[rstest]
#[case::assessments_in_the_north("assessments", Some("north"), "casework-north")]
#[case::a_topic_weighs_more_than_a_district("assessments", Some("south"), "casework")]
#[case::assessments_anywhere("assessments", None, "casework")]
#[case::a_district_alone("transport", Some("south"), "south")]
#[case::no_rule("transport", Some("north"), "front-door")]
#[case::no_district_and_no_rule("other", None, "front-door")]
fn the_most_specific_rule_wins(
    #[case] topic: &str,
    #[case] district: Option<&str>,
    #[case] team: &str,
) {
    let district = district.map(|key| key.parse().unwrap());
    let council = council();
    let routed = council.route(&topic.parse().unwrap(), district.as_ref());
    assert_eq!(routed.as_str(), team);
}

#[test]
fn a_topic_may_have_a_promise_of_its_own() {
    let council = council();
    let days = |topic: &str| {
        council
            .rules_for(&topic.parse().unwrap(), CorrespondentKind::Parent)
            .promise
            .working_days
    };
    assert_eq!((days("transport"), days("assessments")), (3, 5));
}

#[rstest]
#[case::the_kind_and_the_topic("school", "transport", 2)]
#[case::a_topic_weighs_more_than_a_kind("professional", "transport", 3)]
#[case::the_kind("school", "assessments", 4)]
#[case::neither("parent", "assessments", 5)]
#[case::a_topic_that_is_not_in_the_list("school", "swimming", 4)]
fn the_narrowest_promise_counts(#[case] kind: &str, #[case] topic: &str, #[case] days: u16) {
    let mut council = council();
    let own = |kind: &str, topic: Option<&str>, working_days| KindPromise {
        kind: kind.parse().unwrap(),
        topic: topic.map(|key| key.parse().unwrap()),
        working_days,
    };
    council.promises = vec![
        own("school", None, 4),
        own("professional", None, 7),
        own("school", Some("transport"), 2),
    ];
    assert_eq!(council.check(), Ok(()));
    let rules = council.rules_for(&topic.parse().unwrap(), kind.parse().unwrap());
    assert_eq!(rules.promise.working_days, days);
}

#[test]
fn promises_to_kinds_and_escalation_are_checked() {
    let faults = faults_after(|council| {
        let own = |topic: Option<&str>, working_days| KindPromise {
            kind: CorrespondentKind::School,
            topic: topic.map(|key| key.parse().unwrap()),
            working_days,
        };
        council.promises = vec![own(None, 3), own(Some("swimming"), 0), own(None, 4)];
        council.escalation.morning = jiff::civil::time(4, 0, 0, 0);
        council.escalation.head_of_service = Some(HeadOfService {
            name: " ".to_owned(),
            email: "head@exampleshire.example.org".parse().unwrap(),
        });
    });
    assert_eq!(
        faults,
        [
            "promise to the kind “school” about “swimming”: there is no topic “swimming”",
            "promise to the kind “school” about “swimming”: must be from 1 to 60 working days, not 0",
            "promise to the kind “school”: an earlier one is for the same kind and topic",
            "escalation.morning: must be from 05:00 to 12:00, not 04:00:00",
            "escalation.head_of_service.name: must not be empty",
        ]
    );
}

#[test]
fn every_day_of_a_closure_is_closed() {
    let calendar = council().working_days();
    assert_eq!(
        calendar.add_working_days(date(2026, 12, 24), 1),
        date(2027, 1, 4)
    );
}

#[test]
fn all_faults_are_told_at_once() {
    let faults = faults_after(|council| {
        council.short_name = " ".to_owned();
        council.contact.postal_address.clear();
        council.default_team = "nobody".parse().unwrap();
        council.topics[1].key = "assessments".parse().unwrap();
        council.topics[2].working_days = Some(61);
        council.promise.working_days = 0;
        council.routing[0].district = Some("west".parse().unwrap());
        council.routing[1].topic = None;
        council.routing[2].team = "nowhere".parse().unwrap();
        council.closures[0].to = date(2026, 12, 28);
        council.advice[0].website = "advice.example.org".to_owned();
    });
    assert_eq!(
        faults,
        [
            "short_name: must not be empty",
            "contact.postal_address: must not be empty",
            "topics: the key “assessments” is there twice",
            "default_team: there is no team “nobody”",
            "routing rule 1: there is no district “west”",
            "routing rule 2: name a topic, a district or both (for all others there is default_team)",
            "routing rule 3: there is no team “nowhere”",
            "promise.working_days: must be from 1 to 60 working days, not 0",
            "working_days of the topic “other”: must be from 1 to 60 working days, not 61",
            "closure “Between the years”: from 2026-12-29 to 2026-12-28 is not a closure of 1 to 60 days",
            "website of the advice “SENDIASS”: “advice.example.org” must begin with https:// or http://",
        ]
    );
}

#[test]
fn two_rules_for_the_same_enquiries_are_a_fault() {
    let faults = faults_after(|council| {
        let again = council.routing[1].clone();
        council.routing.push(again);
    });
    assert_eq!(
        faults,
        ["routing rule 4: an earlier rule is for the same topic and district"]
    );
}

#[test]
fn a_closure_of_years_is_a_fault() {
    let faults = faults_after(|council| council.closures[0].to = date(2036, 12, 31));
    assert_eq!(faults.len(), 1);
}

#[test]
fn a_difference_names_the_setting_and_what_it_was_and_is() {
    let before = council();
    let mut after = before.clone();
    after.contact.telephone = "01632 960 002".to_owned();
    after.topics.insert(
        0,
        Topic {
            key: "money".parse().unwrap(),
            name: "Money".to_owned(),
            hint: None,
            working_days: None,
        },
    );
    after.routing.remove(1);
    let told: Vec<String> = differences(&before, &after)
        .into_iter()
        .map(|found| format!("{}: {:?} to {:?}", found.setting, found.before, found.after))
        .collect();
    assert_eq!(
        told,
        [
            "contact.telephone: Some(\"01632 960 001\") to Some(\"01632 960 002\")",
            "routing.assessments.team: Some(\"casework\") to None",
            "routing.assessments.topic: Some(\"assessments\") to None",
            "topics.money.key: None to Some(\"money\")",
            "topics.money.name: None to Some(\"Money\")",
        ]
    );
}

#[test]
fn another_order_alone_is_a_difference_too() {
    let before = council();
    let mut after = before.clone();
    after.topics.swap(0, 1);
    let found = differences(&before, &after);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].setting, "topics in order");
}

#[test]
fn a_list_that_became_empty_is_told_by_what_went() {
    let before = council();
    let mut after = before.clone();
    after.closures.clear();
    let told: Vec<String> = differences(&before, &after)
        .into_iter()
        .map(|found| found.setting)
        .collect();
    assert_eq!(
        told,
        [
            "closures.2026-12-29.from",
            "closures.2026-12-29.reason",
            "closures.2026-12-29.to"
        ]
    );
}

#[test]
fn what_is_retired_is_told_once() {
    let before = council();
    let mut after = before.clone();
    after.topics.remove(1);
    let after = after.keeping_names_of(&before);
    let found = differences(&before, &after);
    assert!(
        found
            .iter()
            .all(|found| !found.setting.contains("in order")),
        "{found:?}"
    );
}

#[test]
fn what_a_file_leaves_out_is_retired_and_keeps_its_name() {
    let before = council();
    let mut after = before.clone();
    after.topics.remove(1);
    let after = after.keeping_names_of(&before);
    let travel = "transport".parse().unwrap();
    assert_eq!(after.topic(&travel), None);
    assert_eq!(after.topic_name(&travel), "Travel to school");
    assert_eq!(after.check(), Ok(()));
    assert_eq!(after.clone().keeping_names_of(&before), after);
}

#[test]
fn a_key_that_was_given_up_is_not_given_again() {
    let faults = faults_after(|council| {
        let again = council.topics[2].clone();
        council.retired.topics.push(again);
    });
    assert_eq!(faults, ["topics: the key “other” is there twice"]);
}

#[test]
fn colours_that_cannot_be_read_together_are_faults() {
    let faults = faults_after(|council| {
        council.look.primary = "#7fb2b8".parse().unwrap();
        council.look.link = "#5aa0b5".parse().unwrap();
        council.look.accent = "#8a5a00".parse().unwrap();
    });
    assert_eq!(
        faults,
        [
            "look.primary: white words on the primary colour: the contrast is 2.34:1, and at least 4.50:1 is needed",
            "look.link: links on white: the contrast is 2.94:1, and at least 4.50:1 is needed",
            "look.link: links on the pale ground of the help block: the contrast is 2.80:1, and at least 4.50:1 is needed",
            "look.link: links on the pale ground of the promise: the contrast is 2.45:1, and at least 4.50:1 is needed",
            "look.accent: dark words on the accent colour: the contrast is 2.63:1, and at least 4.50:1 is needed",
            "look.accent: the accent colour of the search button on the primary colour: the contrast is 2.52:1, and at least 3.00:1 is needed",
        ]
    );
}

#[test]
fn a_council_that_sets_no_colours_has_those_of_the_hub() {
    assert_eq!(council().look, Look::default());
}
