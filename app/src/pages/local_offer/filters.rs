//! What narrows a search: a plain form beside the results, each group in a fold of its own.

use hub::search::{Facet, OLDEST, Results};
use leptos::prelude::*;

use super::{
    Wanted,
    names::{Names, legend},
    search_form::hidden,
    wanted::MILES,
};
use crate::components::{Button, ButtonKind, SelectField, nothing_or};

/// A long group shows so many values before the rest is folded away.
const SHOWN: usize = 8;
/// The stages of life that people choose, as they stand in an address.
const STAGES: [(&str, &str); 5] = [
    ("0-4", "Under 5, before school"),
    ("5-11", "Primary school, 5 to 11"),
    ("11-16", "Secondary school, 11 to 16"),
    ("13-19", "Teenager, 13 to 19"),
    ("16-25", "Young adult, 16 to 25"),
];

/// A value to tick.
struct Value {
    slug: String,
    name: String,
    count: usize,
    ticked: bool,
}

/// The filters, folded away on a small screen.
pub(super) fn filters(wanted: &Wanted, results: &Results, names: &Names<'_>) -> AnyView {
    let form = wanted.form();
    let own = Facet::ALL.map(Facet::key).into_iter();
    let own: Vec<&str> = own.chain(["miles", "age"]).collect();
    let ticked = wanted
        .but(&["q", "postcode", "sort", "spelling", "without"])
        .len();
    let kept = hidden(wanted.but(&own));
    let groups: Vec<AnyView> = Facet::ALL
        .into_iter()
        .filter_map(|facet| group(facet, values(facet, wanted, results, names)))
        .collect();
    let chosen = (ticked > 0).then(|| format!(" ({ticked} chosen)"));
    view! {
        <details class="hub-filters">
            <summary>"Filter these services" {chosen}</summary>
            <form action="/local-offer" method="get" aria-label="Filters">
                {kept}
                <SelectField
                    form=form.clone()
                    name="age"
                    label="Age"
                    options=ages(wanted.one("age"))
                />
                <SelectField
                    form=form
                    name="miles"
                    label="How far away"
                    hint="For this we need a postcode."
                    options=miles()
                />
                {groups}
                <Button text="Use these filters" kind=ButtonKind::Secondary/>
            </form>
        </details>
    }
    .into_any()
}

fn ages(now: &str) -> Vec<(String, String)> {
    let single = (0..=OLDEST).map(|age| {
        let text = match age {
            0 => "Under 1".to_owned(),
            years => years.to_string(),
        };
        (age.to_string(), text)
    });
    let stages = STAGES.map(|(value, text)| (value.to_owned(), text.to_owned()));
    let any = (String::new(), "Any age".to_owned());
    let mut all: Vec<(String, String)> = std::iter::once(any).chain(stages).chain(single).collect();
    // Ages that came with a link and that nobody can choose here.
    if all.iter().all(|(value, _)| value != now) {
        all.push((now.to_owned(), now.replace('-', " to ")));
    }
    all
}

fn miles() -> Vec<(String, String)> {
    let each = MILES
        .iter()
        .map(|miles| (miles.to_string(), format!("Up to {miles} miles")));
    nothing_or("Any distance", each)
}

/// The values that would leave something, and those that are ticked whatever they leave.
fn values(facet: Facet, wanted: &Wanted, results: &Results, names: &Names<'_>) -> Vec<Value> {
    let ticked = wanted.all(facet.key());
    let counted = results.facets.iter().filter(|count| count.facet == facet);
    let mut values: Vec<Value> = counted
        .map(|count| Value {
            slug: count.slug.to_string(),
            name: count.name.clone(),
            count: count.count,
            ticked: ticked.iter().any(|slug| slug == count.slug.as_str()),
        })
        .filter(|value| value.count > 0 || value.ticked)
        .collect();
    for slug in ticked {
        if values.iter().all(|value| value.slug != *slug) {
            values.push(Value {
                slug: slug.clone(),
                name: names.value(facet, slug),
                count: 0,
                ticked: true,
            });
        }
    }
    // The only value, which everything has, is no choice.
    if let [only] = values.as_slice()
        && !only.ticked
        && only.count >= results.total
    {
        values.clear();
    }
    values
}

/// A group in a fold: open when something in it is ticked.
fn group(facet: Facet, mut values: Vec<Value>) -> Option<AnyView> {
    if values.is_empty() {
        return None;
    }
    let open = values.iter().any(|value| value.ticked);
    // What is ticked is never folded away. One value more needs no fold of its own.
    let rest = if values.len() > SHOWN + 1 {
        values.sort_by_key(|value| !value.ticked);
        let ticked = values.iter().filter(|value| value.ticked).count();
        values.split_off(SHOWN.max(ticked))
    } else {
        Vec::new()
    };
    let first = values.len();
    let more = (!rest.is_empty()).then(|| {
        let count = rest.len();
        let boxes = checkboxes(facet, first, rest);
        view! {
            <details class="hub-filter__more">
                <summary>
                    {count} " more"
                    <span class="govuk-visually-hidden">": " {legend(facet)}</span>
                </summary>
                {boxes}
            </details>
        }
    });
    let boxes = checkboxes(facet, 0, values);
    Some(
        view! {
            <details class="hub-filter" open=open>
                <summary>{legend(facet)}</summary>
                <fieldset class="govuk-fieldset">
                    <legend class="govuk-visually-hidden">{legend(facet)}</legend>
                    {boxes}
                    {more}
                </fieldset>
            </details>
        }
        .into_any(),
    )
}

fn checkboxes(facet: Facet, before: usize, values: Vec<Value>) -> AnyView {
    let name = facet.key();
    let items: Vec<AnyView> = values
        .into_iter()
        .enumerate()
        .map(|(number, value)| checkbox(name, before + number, value))
        .collect();
    view! { <div class="govuk-checkboxes govuk-checkboxes--small">{items}</div> }.into_any()
}

/// A value with how many services there would be.
fn checkbox(name: &'static str, number: usize, value: Value) -> AnyView {
    let id = format!("{name}-{number}");
    let text = format!("{} ({})", value.name, value.count);
    view! {
        <div class="govuk-checkboxes__item">
            <input
                class="govuk-checkboxes__input"
                id=id.clone()
                name=name
                type="checkbox"
                value=value.slug
                checked=value.ticked
            />
            <label class="govuk-label govuk-checkboxes__label" for=id>{text}</label>
        </div>
    }
    .into_any()
}
