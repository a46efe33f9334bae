//! Services found, one card each: the name, who runs it, a sentence, and the facts people choose by.

use domain::{
    codes::{Delivery, ServiceStatus},
    council::District,
    keys::TermSlug,
    local_offer::Weekday,
    shortlist::Shortlist,
};
use hub::search::{Hit, ListedWait, ListingSummary};
use jiff::{ToSpan, civil::Date};
use leptos::prelude::*;

use super::{list_button::list_button, names::is_named, words};
use crate::components::{PhoneLink, Tag, TagColour};

/// How many waits or areas a card names.
const MOST_NAMED: usize = 3;

/// What a card is shown for.
#[derive(Debug, Clone)]
pub(super) struct Shown<'a> {
    /// The council's districts: an area that is none of them is wider than they are.
    pub(super) districts: &'a [District],
    /// The districts that are asked for.
    pub(super) asked_districts: Vec<TermSlug>,
    /// Whether a place or a district is asked for, so that what is for everywhere has to say so.
    pub(super) asked_where: bool,
    /// Today in London.
    pub(super) today: Date,
    /// What the person has on their list.
    pub(super) list: Shortlist,
    /// The address of these results, to come back to.
    pub(super) from: String,
}

/// The list of services.
pub(super) fn cards(hits: &[Hit], shown: &Shown<'_>) -> AnyView {
    let cards: Vec<AnyView> = hits.iter().map(|hit| card(hit, shown)).collect();
    view! { <ol class="hub-results">{cards}</ol> }.into_any()
}

fn card(hit: &Hit, shown: &Shown<'_>) -> AnyView {
    let listing = &hit.listing;
    let href = format!("/local-offer/{}", listing.slug);
    let organization = listing.organization.clone().map(|name| {
        view! { <p class="hub-result__organization">{name}</p> }
    });
    let tags = tags(listing, shown);
    let description = listing
        .description
        .clone()
        .map(|text| view! { <p>{text}</p> });
    let name = listing.name.clone();
    let facts = facts(hit, shown);
    let list = list_button(&listing.slug, &name, &shown.list, &shown.from);
    let old = is_old(listing, shown.today).then(|| {
        view! {
            <p class="hub-result__old">
                "Last checked more than a year ago. Call or write first."
            </p>
        }
    });
    view! {
        <li class="hub-result">
            <h3 class="hub-result__name"><a href=href>{name}</a></h3>
            {organization}
            {tags}
            {description}
            {facts}
            {old}
            {list}
        </li>
    }
    .into_any()
}

/// What would mislead if it were not said first.
fn tags(listing: &ListingSummary, shown: &Shown<'_>) -> Option<AnyView> {
    let closed = (listing.status != ServiceStatus::Active)
        .then(|| ("Closed for now".to_owned(), TagColour::Yellow));
    let wide = wide_area(listing, shown.districts)
        .filter(|_| shown.asked_where)
        .map(|text| (text, TagColour::Grey));
    let tags: Vec<AnyView> = closed
        .into_iter()
        .chain(wide)
        .map(|(text, colour)| view! { <Tag text=text colour=colour/> }.into_any())
        .collect();
    (!tags.is_empty()).then(|| view! { <p class="hub-result__tags">{tags}</p> }.into_any())
}

/// “For the whole county”, when it is for more than some districts. One that names no area is for
/// where its places are.
fn wide_area(listing: &ListingSummary, districts: &[District]) -> Option<String> {
    let is_district = |area: &&String| {
        let mut districts = districts.iter();
        districts.any(|it| it.name.eq_ignore_ascii_case(area))
    };
    let area = match listing.areas.as_slice() {
        [] if listing.places.is_empty() => return Some("For the whole county".to_owned()),
        areas => areas.iter().find(|area| !is_district(area))?,
    };
    Some(if area.to_lowercase().contains("county") {
        "For the whole county".to_owned()
    } else {
        format!("For all of {area}")
    })
}

/// Whether nobody has checked it for a year.
fn is_old(listing: &ListingSummary, today: Date) -> bool {
    let Some(checked) = listing.checked_on else {
        return false;
    };
    checked.checked_add(1.year()).is_ok_and(|due| due < today)
}

fn facts(hit: &Hit, shown: &Shown<'_>) -> Option<AnyView> {
    let listing = &hit.listing;
    let facts = [
        ("For", words::ages(listing.minimum_age, listing.maximum_age)),
        ("Cost", listing.cost.clone()),
        ("When", days(&listing.days)),
        ("Where", place(hit)),
        ("How", ways(listing)),
        ("Wait", wait(&listing.waits, &shown.asked_districts)),
    ];
    let facts: Vec<AnyView> = facts
        .into_iter()
        .filter_map(|(what, value)| value.map(|value| (what, value)))
        .map(|(what, value)| view! { <div><dt>{what}</dt><dd>{value}</dd></div> }.into_any())
        .chain(telephone(listing))
        .collect();
    (!facts.is_empty()).then(|| view! { <dl class="hub-facts">{facts}</dl> }.into_any())
}

/// The number to ring: whoever has the list on paper has nothing else.
fn telephone(listing: &ListingSummary) -> Option<AnyView> {
    let number = listing.telephone.clone()?;
    Some(view! { <div><dt>"Phone"</dt><dd><PhoneLink number=number/></dd></div> }.into_any())
}

/// “Saturdays”, “Monday to Friday”.
fn days(days: &[Weekday]) -> Option<String> {
    let number = |day: &Weekday| Weekday::ALL.iter().position(|other| other == day);
    let in_a_row = days
        .windows(2)
        .all(|pair| matches!(pair, [one, next] if number(next) == number(one).map(|it| it + 1)));
    match days {
        [] => None,
        [_, _, _, _, _, _, _] => Some("Every day".to_owned()),
        [first, _, .., last] if days.len() > 2 && in_a_row => {
            Some(format!("{} to {}", first.name(), last.name()))
        }
        [most @ .., last] => {
            let plural: Vec<String> = most.iter().map(|day| format!("{}s", day.name())).collect();
            Some(if plural.is_empty() {
                format!("{}s", last.name())
            } else {
                format!("{} and {}s", plural.join(", "), last.name())
            })
        }
    }
}

/// Its nearest place with how far that is, or its first: “Swale Leisure Centre, Sheerness – 3.4 miles
/// away, and 2 more places”. Without a place, the areas that it is for.
fn place(hit: &Hit) -> Option<String> {
    let listing = &hit.listing;
    let nearest = hit.nearest.and_then(|number| listing.places.get(number));
    let distance = hit.distance_miles.map(words::distance);
    let Some(place) = nearest.or_else(|| listing.places.first()) else {
        let distance = distance.map(|miles| words::first_upper(&miles));
        return distance.or_else(|| first_few(&listing.areas));
    };
    let name = &place.name;
    let first = distance.map_or_else(|| name.clone(), |miles| format!("{name} – {miles}"));
    Some(match listing.places.len() - 1 {
        0 => first,
        1 => format!("{first}, and 1 more place"),
        more => format!("{first}, and {more} more places"),
    })
}

/// How one gets it without going there: “At home, by phone”.
fn ways(listing: &ListingSummary) -> Option<String> {
    let ways: Vec<&str> = listing
        .delivery
        .iter()
        .filter_map(|way| match way {
            Delivery::InPerson => None,
            Delivery::AtHome => Some("at your home"),
            Delivery::Telephone => Some("by phone"),
            Delivery::Online => Some("online"),
        })
        .collect();
    (!ways.is_empty()).then(|| words::first_upper(&ways.join(", ")))
}

/// “About 12 weeks in Dover, 30 in Swale”; of the districts that are asked for, where those are known.
fn wait(waits: &[ListedWait], districts: &[TermSlug]) -> Option<String> {
    let is_asked = |wait: &&ListedWait| {
        let area = wait.area.as_deref();
        area.is_some_and(|area| is_named(area, districts))
    };
    let asked: Vec<&ListedWait> = waits.iter().filter(is_asked).collect();
    let told: Vec<&ListedWait> = if asked.is_empty() {
        waits.iter().collect()
    } else {
        asked
    };
    let weeks = || told.iter().map(|wait| wait.weeks);
    let (shortest, longest) = (weeks().min()?, weeks().max()?);
    if told.len() > MOST_NAMED {
        return Some(if shortest == longest {
            about(longest)
        } else {
            format!("About {shortest} to {longest} weeks, by area")
        });
    }
    let each = told.iter().enumerate().map(|(number, wait)| {
        let weeks = match number {
            0 => about(wait.weeks),
            _ => wait.weeks.to_string(),
        };
        match &wait.area {
            Some(area) => format!("{weeks} in {area}"),
            None => weeks,
        }
    });
    Some(each.collect::<Vec<_>>().join(", "))
}

fn about(weeks: u16) -> String {
    match weeks {
        0 => "No wait".to_owned(),
        1 => "About 1 week".to_owned(),
        weeks => format!("About {weeks} weeks"),
    }
}

fn first_few(names: &[String]) -> Option<String> {
    let shown: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
    let shown = shown.join("; ");
    match names.len().saturating_sub(MOST_NAMED) {
        _ if names.is_empty() => None,
        0 => Some(shown),
        more => Some(format!("{shown} and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_in_few_words() {
        use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday, Wednesday};
        let told = |list: &[Weekday]| days(list).unwrap();
        assert_eq!(told(&[Saturday]), "Saturdays");
        assert_eq!(told(&[Monday, Tuesday]), "Mondays and Tuesdays");
        assert_eq!(
            told(&[Monday, Wednesday, Friday]),
            "Mondays, Wednesdays and Fridays"
        );
        let week = [Monday, Tuesday, Wednesday, Thursday, Friday];
        assert_eq!(told(&week), "Monday to Friday");
        assert_eq!(told(Weekday::ALL.as_slice()), "Every day");
        assert_eq!(days(&[]), None);
    }

    #[test]
    fn a_wait_is_that_of_the_district_that_is_asked_for() {
        let waits = [("Dover", 12), ("Swale", 30)].map(|(area, weeks)| ListedWait {
            area: Some(area.to_owned()),
            weeks,
        });
        let told = |slugs: &[&str]| {
            let slugs: Vec<TermSlug> = slugs.iter().map(|it| it.parse().unwrap()).collect();
            wait(&waits, &slugs).unwrap()
        };
        assert_eq!(told(&[]), "About 12 weeks in Dover, 30 in Swale");
        assert_eq!(told(&["swale"]), "About 30 weeks in Swale");
        assert_eq!(told(&["ashford"]), "About 12 weeks in Dover, 30 in Swale");
        assert_eq!(wait(&[], &[]), None);
    }
}
