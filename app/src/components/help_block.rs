//! Who else can help: the same block in the same place on every page (WCAG 2.2, 3.2.6).

use domain::council::Council;
use leptos::prelude::*;

use super::PhoneLink;

/// Somebody independent of the council who gives advice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdviceLink {
    /// The advice service's name.
    pub name: String,
    /// One sentence on what it does.
    pub about: String,
    /// Its website's address.
    pub website: String,
    /// Its telephone number, where it has one.
    pub telephone: Option<String>,
}

/// What the help block says: independent advice, and how to reach the council.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Help {
    /// Where independent advice is to be had.
    pub advice: Vec<AdviceLink>,
    /// The council's telephone number.
    pub telephone: String,
    /// When that is answered.
    pub telephone_hours: String,
    /// The council's e-mail address.
    pub email: String,
}

impl From<&Council> for Help {
    fn from(council: &Council) -> Self {
        Self {
            advice: council
                .advice
                .iter()
                .map(|advice| AdviceLink {
                    name: advice.name.clone(),
                    about: advice.about.clone(),
                    website: advice.website.clone(),
                    telephone: advice.telephone.clone(),
                })
                .collect(),
            telephone: council.contact.telephone.clone(),
            telephone_hours: council.contact.telephone_hours.clone(),
            email: council.contact.email.to_string(),
        }
    }
}

/// Independent advice, and how to reach the council.
#[component]
pub fn HelpBlock(
    /// What it says.
    help: Help,
) -> impl IntoView {
    let advice: Vec<_> = help.advice.into_iter().map(advice_line).collect();
    view! {
        <aside class="hub-help" aria-labelledby="help-title">
            <div class="govuk-width-container hub-help__inner">
                <div>
                    <h2 id="help-title">"Need to talk to someone independent?"</h2>
                    <p>"These groups are not part of the council. Their advice is free."</p>
                    <ul>{advice}</ul>
                </div>
                <div>
                    <h2>"Talk to us"</h2>
                    <p>
                        "Phone: "
                        <PhoneLink number=help.telephone/>
                        <br/>
                        {help.telephone_hours}
                    </p>
                    <p>
                        "Email: "
                        <a class="govuk-link" href=format!("mailto:{}", help.email)>{help.email.clone()}</a>
                    </p>
                </div>
            </div>
        </aside>
    }
    .into_any()
}

fn advice_line(advice: AdviceLink) -> AnyView {
    let telephone = advice.telephone.map(|number| {
        view! {
            <br/>
            "Phone: "
            <PhoneLink number=number/>
        }
    });
    view! {
        <li>
            <a class="govuk-link" href=advice.website>{advice.name}</a>
            <br/>
            {advice.about}
            {telephone}
        </li>
    }
    .into_any()
}
