//! How a listing's facts are said.

use domain::local_offer::CostOption;

/// “Ages 5 to 11”; none where no age is given.
pub(super) fn ages(youngest: Option<u8>, oldest: Option<u8>) -> Option<String> {
    match (youngest, oldest) {
        (None, None) => None,
        (Some(only), Some(same)) if only == same => Some(format!("Age {only}")),
        (None | Some(0), Some(oldest)) => Some(format!("Up to age {oldest}")),
        (Some(0), None) => Some("All ages".to_owned()),
        (Some(youngest), None) => Some(format!("From age {youngest}")),
        (Some(youngest), Some(oldest)) => Some(format!("Ages {youngest} to {oldest}")),
    }
}

/// “3.4 miles away”, in a straight line.
pub(super) fn distance(miles: f64) -> String {
    if miles < 1.0 {
        "less than 1 mile away".to_owned()
    } else if miles < 10.0 {
        format!("{miles:.1} miles away")
    } else {
        format!("{miles:.0} miles away")
    }
}

/// “12 services”
pub(super) fn services(count: usize) -> String {
    match count {
        1 => "1 service".to_owned(),
        more => format!("{more} services"),
    }
}

/// “Under 18s: £5 per session”
pub(super) fn cost(option: &CostOption) -> Option<String> {
    let amount = option.amount.map(|amount| {
        let pounds = option
            .currency
            .as_deref()
            .is_none_or(|code| code.eq_ignore_ascii_case("GBP"));
        match (amount.0, pounds, option.currency.as_deref()) {
            (0, _, _) => "free".to_owned(),
            (hundredths, false, Some(code)) => {
                format!("{}.{:02} {code}", hundredths / 100, hundredths % 100)
            }
            _ => amount.to_string(),
        }
    });
    let is_free = amount.as_deref() == Some("free");
    let price: Vec<String> = amount
        .into_iter()
        .chain(option.amount_description.clone())
        .collect();
    let price = price.join(if is_free { ". " } else { " " });
    // “Free: free” says it twice.
    let whom = option
        .option
        .as_deref()
        .filter(|whom| !(is_free && whom.eq_ignore_ascii_case("free")));
    match (whom, price.as_str()) {
        (None, "") => None,
        (Some(whom), "") => Some(whom.to_owned()),
        (None, _) => Some(first_upper(&price)),
        (Some(whom), _) => Some(format!("{whom}: {price}")),
    }
}

pub(in crate::pages) fn first_upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Text of a feed as paragraphs: a blank line parts them.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use domain::{ids::CostOptionId, local_offer::Pence};

    use super::*;

    #[test]
    fn ages_are_said_as_people_say_them() {
        assert_eq!(ages(Some(5), Some(11)).as_deref(), Some("Ages 5 to 11"));
        assert_eq!(ages(Some(0), Some(4)).as_deref(), Some("Up to age 4"));
        assert_eq!(ages(Some(16), None).as_deref(), Some("From age 16"));
        assert_eq!(ages(None, None), None);
    }

    #[test]
    fn a_price_says_for_whom_and_for_what() {
        let price = CostOption {
            id: "018f0000-0000-7000-8000-000000000001"
                .parse::<CostOptionId>()
                .unwrap(),
            option: Some("Under 18s".to_owned()),
            amount: Some(Pence(500)),
            currency: None,
            amount_description: Some("per session".to_owned()),
            valid_from: None,
            valid_to: None,
        };
        assert_eq!(cost(&price).as_deref(), Some("Under 18s: £5 per session"));
        let free = CostOption {
            option: None,
            amount: Some(Pence(0)),
            amount_description: None,
            ..price
        };
        assert_eq!(cost(&free).as_deref(), Some("Free"));
        let twice = CostOption {
            option: Some("Free".to_owned()),
            amount_description: Some("There is nothing to pay.".to_owned()),
            ..free
        };
        assert_eq!(
            cost(&twice).as_deref(),
            Some("Free. There is nothing to pay.")
        );
    }
}
