//! A telephone number that a phone dials when it is touched.

use leptos::prelude::*;

/// The number as it is written, never broken over two lines.
#[component]
pub fn PhoneLink(
    /// The number, with its spaces.
    #[prop(into)]
    number: String,
) -> impl IntoView {
    view! { <a class="govuk-link hub-unbroken" href=address(&number)>{number.clone()}</a> }
        .into_any()
}

/// A `tel:` address: the digits alone, for people write numbers with spaces.
fn address(number: &str) -> String {
    let digits: String = number
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_link_holds_only_what_a_telephone_can_dial() {
        assert_eq!(address("(01632) 960 001"), "tel:01632960001");
        assert_eq!(address("+44 1632 960001"), "tel:+441632960001");
    }
}
