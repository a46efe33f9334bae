//! `/ask/:step`: the frame of every question page, and which file draws which question.

use domain::council::Council;
use hub::{Draft, Step};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{Kept, check, choices, draft_token, go_to, kept, message, people};
use crate::{
    components::{BackTo, Button, Page},
    context::{council, hub, refused_or, site},
    forms::Form,
    load::load,
    pages::problem::NotFoundPage,
};

/// One question page, its name for the browser's title and its fields. The fields open with the
/// page's `<h1>`.
pub(super) struct Question {
    pub(super) title: &'static str,
    pub(super) fields: AnyView,
}

/// A question page, or the page that shows every answer.
#[component]
pub(crate) fn AskStepPage() -> impl IntoView {
    let slug = use_params_map()
        .read_untracked()
        .get("step")
        .unwrap_or_default();
    let Some(step) = Step::from_slug(&slug) else {
        return view! { <NotFoundPage/> }.into_any();
    };
    load(kept(hub(), draft_token()), move |kept| match kept {
        Kept::Nothing => go_to("/ask".to_owned()),
        Kept::Sent => go_to("/ask/sent".to_owned()),
        Kept::Draft(draft) if step == Step::Service && draft.came_from().is_none() => {
            go_to(draft.next_missing().path())
        }
        Kept::Draft(draft) if step == Step::Check => check::page(&draft, &council()),
        Kept::Draft(draft) => question_page(step, &draft, &council()),
    })
}

fn question_page(step: Step, draft: &Draft, council: &Council) -> AnyView {
    let form = refused_or(|| Form::filled(draft.fields(step)));
    let errors = form.error_list();
    let Question { title, fields } = question(step, form, draft, council);
    let about = (step != Step::Service).then(|| about_service(draft));
    let place = place(step, draft);
    view! {
        <Page site=site() title=title errors=errors current="/ask" back=Some(back_from(step, draft))>
            {place}
            <form method="post" action=step.path() novalidate=true class="hub-measure">
                {about}
                {fields}
                <Button text="Continue"/>
            </form>
        </Page>
    }
    .into_any()
}

/// “Step 3 of 9”, so that nobody gives up just before the end.
pub(super) fn place(step: Step, draft: &Draft) -> Option<AnyView> {
    let (number, all) = draft.place(step)?;
    Some(view! { <p class="govuk-caption-l hub-step">"Step " {number} " of " {all}</p> }.into_any())
}

/// Which service it is about, on every page, with the way to take that back.
fn about_service(draft: &Draft) -> Option<AnyView> {
    let name = draft.service()?.name.clone();
    Some(
        view! {
            <p class="govuk-body">
                "Your question is about " <strong>{name}</strong> ". "
                <a class="govuk-link" href=Step::Service.path()>
                    "Change" <span class="govuk-visually-hidden">" the service that you ask about"</span>
                </a>
            </p>
        }
        .into_any(),
    )
}

fn question(step: Step, form: Form, draft: &Draft, council: &Council) -> Question {
    match step {
        Step::Service => choices::service(form, draft),
        Step::Topic => choices::topic(form, council),
        Step::Who => people::who(form),
        Step::AboutChild => choices::about_child(form),
        Step::Child => people::child(form, draft),
        Step::District => choices::district(form, council),
        Step::Support => message::support(form),
        Step::Message => message::message(form, draft, council),
        Step::Reach => message::reach(form),
        // Drawn by its own file; there is nothing to ask.
        Step::Check => Question {
            title: "Check your answers",
            fields: ().into_any(),
        },
    }
}

/// The page before this one.
pub(super) fn back_from(step: Step, draft: &Draft) -> BackTo {
    BackTo::to(
        draft
            .previous(step)
            .map_or_else(|| "/ask".to_owned(), Step::path),
    )
}
