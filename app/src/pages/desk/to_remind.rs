//! Whom somebody is to remind that we wait for them, because no mail of ours does.

use hub::desk::ToRemind;
use jiff::civil::Date;
use leptos::prelude::*;

use super::{Tab, escalated::banner_line, words};
use crate::components::{Notice, NotificationBanner};

/// The list with a link to each file, which has the number; nothing at all when nobody is to be reminded.
pub(super) fn notice(to_remind: &[ToRemind], today: Date, tab: &Tab) -> Option<AnyView> {
    if to_remind.is_empty() {
        return None;
    }
    let lines: Vec<AnyView> = to_remind.iter().map(|one| line(one, today, tab)).collect();
    Some(
        view! {
            <NotificationBanner kind=Notice::Important>
                <p class="govuk-notification-banner__heading">
                    "We wait for these people, and no mail reminds them."
                </p>
                <ul class="govuk-list">{lines}</ul>
            </NotificationBanner>
        }
        .into_any(),
    )
}

fn line(one: &ToRemind, today: Date, tab: &Tab) -> AnyView {
    let why = words::remind(one.by, &words::short_day(one.until, today));
    banner_line(&one.reference.to_string(), &why, tab)
}

#[cfg(test)]
mod tests {
    use domain::codes::RemindBy;
    use jiff::civil::date;

    use super::*;

    fn html(to_remind: &[ToRemind]) -> String {
        let today = date(2026, 3, 12);
        let tab = Tab::read("everyone").unwrap();
        Owner::new()
            .with(|| notice(to_remind, today, &tab).map_or_else(String::new, |view| view.to_html()))
    }

    #[test]
    fn each_is_told_with_how_they_are_reminded_and_until_when_we_wait() {
        assert_eq!(html(&[]), "");
        let one = |by| ToRemind {
            reference: "SEND-2222-2222".parse().unwrap(),
            by,
            until: date(2026, 3, 16),
        };
        let html = html(&[one(RemindBy::Telephone), one(RemindBy::Letter)]);
        for words in [
            "/desk/enquiry/SEND-2222-2222",
            "Ring them: we wait until Mon 16 Mar",
            "Write to them: we wait until Mon 16 Mar",
        ] {
            assert!(html.contains(words), "{words}: {html}");
        }
    }
}
