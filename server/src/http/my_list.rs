//! What the forms of somebody's list of services post. The list is in a cookie, so nothing is saved here; each change
//! leads back by a redirect (303) to where it was made.

use app::Form as PageForm;
use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    form::{Faults, Fields},
    shortlist::{ListIsFull, Shortlist},
};
use http::request::Parts;

use super::{cookies, render};
use crate::state::AppState;

const MY_LIST: &str = "/local-offer/my-list";
/// Longer addresses are no search of ours.
const LONGEST_ADDRESS: usize = 2_000;

/// `POST /local-offer/my-list`: adds a service, takes one off, keeps all of a list that somebody shared, or clears it.
pub(crate) async fn change(
    State(state): State<AppState>,
    parts: Parts,
    Form(posted): Form<Vec<(String, String)>>,
) -> Response {
    let fields = Fields::from_pairs(posted);
    let mut list = cookies::shortlist(&state, &parts.headers);
    match changed(&mut list, &fields) {
        Ok(()) => {
            let cookie = cookies::set_shortlist(&state, &list);
            ([cookie], Redirect::to(come_from(&fields))).into_response()
        }
        Err(full) => {
            let faults = Faults::one("", format!("{}. Take one off first", words(full)));
            let form = PageForm::refused(fields, faults);
            render::page_at(&state, &parts, MY_LIST, Some(form)).await
        }
    }
}

fn changed(list: &mut Shortlist, fields: &Fields) -> Result<(), ListIsFull> {
    if !fields.one("clear").is_empty() {
        *list = Shortlist::default();
    }
    if let Ok(slug) = fields.one("remove").parse() {
        list.remove(&slug);
    }
    // All of a shared list, or nothing of it.
    let mut longer = list.clone();
    for slug in fields
        .all("add")
        .iter()
        .filter_map(|slug| slug.parse().ok())
    {
        longer.add(slug)?;
    }
    *list = longer;
    Ok(())
}

fn words(ListIsFull: ListIsFull) -> String {
    format!("Your list can hold {} services", domain::shortlist::MOST)
}

/// The page on which the button stood, if it is one of the local offer's; else the list.
fn come_from(fields: &Fields) -> &str {
    let address = fields.one("from");
    let rest = address.strip_prefix("/local-offer");
    let within = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']));
    let plain = address.len() <= LONGEST_ADDRESS
        && address.bytes().all(|byte| byte.is_ascii_graphic())
        && !address.contains('\\')
        && !address.contains("..");
    if within && plain { address } else { MY_LIST }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        let pairs = pairs.iter();
        Fields::from_pairs(pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn a_button_leads_back_to_its_page_and_to_no_other_site() {
        for (from, to) in [
            (
                "/local-offer?q=swim%20club&page=2#list-a",
                "/local-offer?q=swim%20club&page=2#list-a",
            ),
            ("/local-offer/swimming", "/local-offer/swimming"),
            ("", MY_LIST),
            ("//evil.example", MY_LIST),
            ("/local-offers.evil.example", MY_LIST),
            ("/local-offer/..//evil.example", MY_LIST),
            ("/local-offer\r\nSet-Cookie: a=b", MY_LIST),
            ("https://evil.example/local-offer", MY_LIST),
        ] {
            assert_eq!(come_from(&fields(&[("from", from)])), to, "{from}");
        }
    }

    #[test]
    fn services_are_added_taken_off_and_cleared() {
        let mut list = Shortlist::default();
        changed(
            &mut list,
            &fields(&[("add", "a"), ("add", "b"), ("add", "No slug")]),
        )
        .unwrap();
        assert_eq!(list.to_cookie(), "a.b");
        changed(&mut list, &fields(&[("remove", "a")])).unwrap();
        assert_eq!(list.to_cookie(), "b");
        changed(&mut list, &fields(&[])).unwrap();
        assert_eq!(list.to_cookie(), "b");
        changed(&mut list, &fields(&[("clear", "yes")])).unwrap();
        assert!(list.is_empty());
    }

    #[test]
    fn of_a_shared_list_that_is_too_long_nothing_is_kept() {
        let names: Vec<String> = (0..domain::shortlist::MOST)
            .map(|n| format!("s-{n}"))
            .collect();
        let mut list = Shortlist::of(["mine"]);
        let added: Vec<(&str, &str)> = names.iter().map(|name| ("add", name.as_str())).collect();
        assert_eq!(changed(&mut list, &fields(&added)), Err(ListIsFull));
        assert_eq!(list.to_cookie(), "mine");
    }
}
