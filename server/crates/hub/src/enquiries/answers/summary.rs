//! The answers once more, in words, for the page before sending.

use domain::{
    codes::{ContactPreference, CorrespondentKind, EhcPlan, Support},
    council::Council,
    form::Fields,
};

use super::super::{Draft, Step, SummaryRow};
use crate::typed::{self, TypedDay};

pub(in crate::enquiries) fn rows(
    draft: &Draft,
    council: &Council,
    asks: impl Fn(Step) -> bool,
) -> Vec<SummaryRow> {
    Step::ALL
        .into_iter()
        .filter(|step| asks(*step))
        .flat_map(|step| match step {
            Step::Service => vec![service(draft)],
            step => of_step(step, &draft.fields(step), council),
        })
        .collect()
}

fn of_step(step: Step, fields: &Fields, council: &Council) -> Vec<SummaryRow> {
    let row = |question, answer: Vec<String>| SummaryRow {
        step,
        question,
        answer: answer.into_iter().filter(|line| !line.is_empty()).collect(),
    };
    let typed = |name: &str| vec![fields.one(name).trim().to_owned()];
    match step {
        Step::Topic => vec![row("What it is about", vec![topic(fields, council)])],
        Step::Who => vec![
            row("Who you are", vec![kind(fields.one("kind"))]),
            row("Your name", [typed("name"), typed("organisation")].concat()),
        ],
        Step::AboutChild => vec![row(
            "About one child or young person",
            vec![yes_no(fields.one("about_child"))],
        )],
        Step::Child => vec![row("The child or young person", child(fields))],
        Step::District => vec![row("Where they live", vec![district(fields, council)])],
        Step::Support => vec![
            row("What you need from us", support(fields)),
            row("Contacting you safely", lines(fields.one("safe_contact"))),
        ],
        Step::Message => vec![row("Your question", lines(fields.one("message")))],
        Step::Reach => vec![row(
            "How we reply to you",
            [
                vec![preference(fields.one("preference"))],
                typed("email"),
                typed("telephone"),
                lines(fields.one("postal_address")),
            ]
            .concat(),
        )],
        Step::Service | Step::Check => Vec::new(),
    }
}

fn service(draft: &Draft) -> SummaryRow {
    let name = draft.service().map(|service| service.name.clone());
    SummaryRow {
        step: Step::Service,
        question: "The service you ask about",
        answer: vec![name.unwrap_or_else(|| "No service in particular".to_owned())],
    }
}

fn topic(fields: &Fields, council: &Council) -> String {
    let key = fields.one("topic").parse().ok();
    let topic = key.as_ref().and_then(|key| council.topic(key));
    topic.map(|topic| topic.name.clone()).unwrap_or_default()
}

fn district(fields: &Fields, council: &Council) -> String {
    let key = fields.one("district").parse().ok();
    let district = key.as_ref().and_then(|key| council.district(key));
    district.map_or_else(
        || "I am not sure".to_owned(),
        |district| district.name.clone(),
    )
}

fn child(fields: &Fields) -> Vec<String> {
    let born = match typed::day(fields, "child_born_on") {
        TypedDay::Day(day) => day.strftime("%-d %B %Y").to_string(),
        TypedDay::Nothing | TypedDay::NoDay => String::new(),
    };
    let plan = match fields.one("child_ehc_plan").parse() {
        Ok(EhcPlan::Yes) => "Has an EHC plan",
        Ok(EhcPlan::No) => "Has no EHC plan",
        Ok(EhcPlan::NotSure) => "Not sure about an EHC plan",
        Err(_) => "",
    };
    let reference = fields.one("child_reference").trim();
    vec![
        fields.one("child_name").trim().to_owned(),
        labelled("Born", &born),
        fields.one("child_school").trim().to_owned(),
        plan.to_owned(),
        labelled("Reference", reference),
    ]
}

fn labelled(label: &str, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("{label}: {value}")
    }
}

fn support(fields: &Fields) -> Vec<String> {
    fields
        .all("support")
        .iter()
        .filter_map(|code| code.parse().ok())
        .map(|support| match support {
            Support::Interpreter => {
                labelled("An interpreter", fields.one("interpreter_language").trim())
            }
            Support::LargePrint => "Large print".to_owned(),
            Support::EasyRead => "Easy read".to_owned(),
            Support::TextOnly => "Plain text only".to_owned(),
            Support::NoTelephone => "Please do not phone me".to_owned(),
        })
        .collect()
}

fn kind(code: &str) -> String {
    match code.parse() {
        Ok(CorrespondentKind::Parent) => "Parent or carer",
        Ok(CorrespondentKind::YoungPerson) => "Young person",
        Ok(CorrespondentKind::School) => "School, nursery or college",
        Ok(CorrespondentKind::Professional) => "Another professional",
        Ok(CorrespondentKind::Other) => "Somebody else",
        Err(_) => "",
    }
    .to_owned()
}

fn preference(code: &str) -> String {
    match code.parse() {
        Ok(ContactPreference::Email) => "By email",
        Ok(ContactPreference::Telephone) => "By phone",
        Ok(ContactPreference::Letter) => "By letter",
        Err(_) => "",
    }
    .to_owned()
}

fn yes_no(code: &str) -> String {
    match code {
        "yes" => "Yes".to_owned(),
        "no" => "No".to_owned(),
        _ => String::new(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}
