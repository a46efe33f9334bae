//! What to do when somebody is in danger: before every box that invites a message.

use leptos::prelude::*;

use super::PhoneLink;

/// 999, the council's out-of-hours number, and when messages here are read.
#[component]
pub fn SafetyBox(
    /// When messages are read: "Monday to Friday, 9am to 5pm".
    #[prop(into)]
    messages_read: String,
    /// The council's number for a worry that cannot wait.
    #[prop(into)]
    out_of_hours_telephone: String,
    /// When that number is for.
    #[prop(optional, into)]
    out_of_hours_text: Option<String>,
) -> impl IntoView {
    view! {
        <section class="hub-safety" aria-labelledby="safety-title">
            <h2 id="safety-title">"Is someone in danger now?"</h2>
            <p>
                "Call " <a href="tel:999">"999"</a> ". If you are worried about a child and it cannot wait, call "
                <PhoneLink number=out_of_hours_telephone/> ". "
                {out_of_hours_text}
            </p>
            <p>"We read messages here " {messages_read} "."</p>
        </section>
    }
    .into_any()
}
