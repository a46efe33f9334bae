//! What must be mended before a form can be sent, above the page's heading.

use leptos::prelude::*;

/// Every error of a form, each a link to its field. Shows nothing when there is none.
/// <https://design-system.service.gov.uk/components/error-summary/>
#[component]
pub fn ErrorSummary(
    /// Field name and message, in the order of the fields on the page. A name that is empty
    /// belongs to no field and is told without a link.
    errors: Vec<(String, String)>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let list: Vec<AnyView> = errors.into_iter().map(error_line).collect();
        view! {
            <div class="govuk-error-summary" data-module="govuk-error-summary" tabindex="-1">
                <div role="alert">
                    <h2 class="govuk-error-summary__title">"There is a problem"</h2>
                    <div class="govuk-error-summary__body">
                        <ul class="govuk-list govuk-error-summary__list">{list}</ul>
                    </div>
                </div>
            </div>
        }
    })
}

fn error_line((field, message): (String, String)) -> AnyView {
    if field.is_empty() {
        view! { <li>{message}</li> }.into_any()
    } else {
        view! { <li><a href=format!("#{field}")>{message}</a></li> }.into_any()
    }
}
