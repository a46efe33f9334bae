//! Who changed what, when; what it was before; and the way back.

use domain::council::Difference;
use hub::settings::{Changed, SEEN, Save, Section};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::{name, told::told};
use crate::{
    components::{Button, ButtonKind, CardTable, Pagination, SummaryList, SummaryRow},
    context::{council, hub, refused_or},
    forms::Form,
    load::{load, problem},
    pages::{
        admin::{Head, administration, back_to, page},
        desk::words::moment,
    },
};

/// `/admin/settings/history`
#[component]
pub(crate) fn HistoryPage() -> impl IntoView {
    administration(|officer, actor| {
        let before = use_query_map().read_untracked().get("before");
        let before = before.and_then(|number| number.parse().ok());
        let hub = hub();
        let in_use = hub.settings_version_number();
        load(
            async move { hub.settings().history(&actor, before).await },
            move |saves| {
                let head = Head {
                    title: "Who changed what".to_owned(),
                    errors: Vec::new(),
                    back: back_to("/admin/settings", "Back to settings"),
                };
                let next = saves.last().filter(|save| save.version > 1);
                let next = next.filter(|_| saves.len() >= 50);
                let next =
                    next.map(|save| format!("/admin/settings/history?before={}", save.version));
                let rows: Vec<SummaryRow> = saves.iter().map(|save| row(save, in_use)).collect();
                let body = view! {
                    <h1 class="govuk-heading-l">"Who changed what"</h1>
                    <SummaryList rows=rows/>
                    <Pagination label="Changes" previous=None next=next/>
                };
                page(&officer, head, body.into_any())
            },
        )
    })
}

fn row(save: &Save, in_use: u32) -> SummaryRow {
    let mut what = format!("{}, by {}", what(save), by(save));
    if save.version == in_use {
        what.push_str("\nThese settings are in use now.");
    }
    let href = format!("/admin/settings/history/{}", save.version);
    let mut row =
        SummaryRow::fact(moment(save.at), what).changed_at(href, format!("of {}", moment(save.at)));
    row.verb = "See it";
    row
}

fn what(save: &Save) -> &'static str {
    match (save.version, save.section) {
        (1, _) => "The first settings",
        (_, Section::All) => "Everything at once, from a file or an older version",
        (_, section) => name(section),
    }
}

fn by(save: &Save) -> String {
    let terminal = || "somebody at the server’s own terminal".to_owned();
    save.by.clone().unwrap_or_else(terminal)
}

/// `/admin/settings/history/{version}`
#[component]
pub(crate) fn VersionPage() -> impl IntoView {
    administration(|officer, actor| {
        let number = use_params_map().read_untracked().get("version");
        let Some(number) = number.and_then(|number| number.parse().ok()) else {
            return problem(&hub::Error::NotFound);
        };
        let form = refused_or(Form::default);
        let hub = hub();
        let seen = hub.settings_version_number();
        load(
            async move { hub.settings().changed(&actor, number).await },
            move |changed| {
                let title = format!("Version {number} of the settings");
                let head = Head {
                    title: title.clone(),
                    errors: form.error_list(),
                    back: back_to("/admin/settings/history", "Back to who changed what"),
                };
                let body = view! {
                    <h1 class="govuk-heading-l">{title}</h1>
                    <p class="govuk-body">
                        {format!("{}, by {}. {}.", what(&changed.save), by(&changed.save), moment(changed.save.at))}
                    </p>
                    {table("What was changed", ("Before", "After"), &changed.differences)}
                    {put_back(&changed, seen)}
                };
                page(&officer, head, body.into_any())
            },
        )
    })
}

fn table(
    caption: &'static str,
    (before, after): (&'static str, &'static str),
    differences: &[Difference],
) -> AnyView {
    if differences.is_empty() {
        return view! { <p class="govuk-body">"There was nothing before it."</p> }.into_any();
    }
    let cells = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let council = council();
    let rows: Vec<AnyView> = differences
        .iter()
        .map(|difference| told(difference, &council))
        .map(|told| {
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader">{told.setting}</th>
                    <td role="cell" data-label=before class="hub-lines">{cells(told.before)}</td>
                    <td role="cell" data-label=after class="hub-lines">{cells(told.after)}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! { <CardTable caption=caption heads=["Setting", before, after] rows=rows/> }.into_any()
}

fn put_back(changed: &Changed, seen: u32) -> Option<AnyView> {
    if changed.counts {
        let words = "These settings are in use now.";
        return Some(view! { <p class="govuk-body">{words}</p> }.into_any());
    }
    if changed.put_back.is_empty() {
        let words = "The settings in use now are the same.";
        return Some(view! { <p class="govuk-body">{words}</p> }.into_any());
    }
    let action = format!("/admin/settings/history/{}", changed.save.version);
    Some(
        view! {
            <h2 class="govuk-heading-m">"Go back to this version"</h2>
            <p class="govuk-body">
                "This undoes everything that was saved after it. It is kept as a new version, so that you can go back again."
            </p>
            {table("What putting it back changes", ("Now", "If you go back"), &changed.put_back)}
            <form id="settings" method="post" action=action>
                <input type="hidden" name=SEEN value=seen.to_string()/>
                <Button text="Put this version back" kind=ButtonKind::Warning/>
            </form>
        }
        .into_any(),
    )
}
