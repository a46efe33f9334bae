//! A telephone number that a phone dials when it is touched.

use domain::telephone::Telephone;
use leptos::prelude::*;

/// The number as it is written, never broken over two lines; a link where it can be dialled.
#[component]
pub fn PhoneLink(
    /// The number, with its spaces.
    #[prop(into)]
    number: String,
) -> impl IntoView {
    match dialled(&number) {
        Some(digits) => {
            view! { <a class="govuk-link hub-unbroken" href=format!("tel:{digits}")>{number}</a> }
                .into_any()
        }
        None => number.into_any(),
    }
}

/// What a telephone dials.
fn dialled(number: &str) -> Option<String> {
    if let Ok(telephone) = number.parse::<Telephone>() {
        return Some(telephone.dialled());
    }
    let digits: String = number.chars().filter(|letter| *letter != ' ').collect();
    // 101, 111, 116 123: numbers of a service for everybody.
    let is_service =
        (3..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_service.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_link_where_it_can_be_dialled() {
        for (number, digits) in [
            ("(01632) 960 001", Some("01632960001")),
            ("+44 1632 960001", Some("+441632960001")),
            ("+44 (0)1632 960001 ext. 4", Some("+441632960001")),
            ("116 123", Some("116123")),
            ("101", Some("101")),
            ("01632 960 001 or 01632 960 002", None),
            ("12", None),
            ("ask for Ann", None),
        ] {
            assert_eq!(dialled(number).as_deref(), digits, "{number}");
        }
    }
}
