//! A line or several lines of text.

use domain::text::number;
use leptos::prelude::*;

use super::{Described, Heading, label};
use crate::forms::Form;

/// One line: a name, an e-mail address, a postcode.
#[component]
pub fn TextField(
    /// What was submitted.
    form: Form,
    /// The field's name and the control's id.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What the label is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering.
    #[prop(optional, into)]
    hint: Option<String>,
    /// `text`, `email`, `tel`, `search` or `password`. Never `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What the browser may fill in (WCAG 2.2, 1.3.5): `name`, `email`, `tel`, `postal-code`.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard to show: `numeric`, `email`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// `false` for names and references.
    #[prop(optional)]
    spellcheck: Option<&'static str>,
    /// A width: `govuk-input--width-10`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let described = Described::new(&form, name, hint);
    // A password is never sent back to the page.
    let value = (kind != "password").then(|| form.value(name));
    view! {
        <div class=described.group_class()>
            {self::label(name, label, heading)}
            {described.view()}
            <input
                class=described.control_class("govuk-input", class)
                id=name
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck=spellcheck
                aria-describedby=described.ids()
                aria-invalid=described.invalid()
            />
        </div>
    }
    .into_any()
}

/// Several lines, with a count of what is left when there is a limit.
#[component]
pub fn TextArea(
    /// What was submitted.
    form: Form,
    /// The field's name and the control's id.
    name: &'static str,
    /// The question.
    #[prop(into)]
    label: String,
    /// What the label is on its page.
    #[prop(optional)]
    heading: Heading,
    /// Help with answering.
    #[prop(optional, into)]
    hint: Option<String>,
    /// How many lines to show.
    #[prop(default = 8)]
    rows: u16,
    /// How many characters are taken. More can be typed, so that nothing pasted is cut off unseen.
    #[prop(optional)]
    max_characters: Option<u32>,
    /// What the browser may fill in by itself.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let described = Described::new(&form, name, hint);
    let limit = max_characters.map(|most| {
        let most = number(most as usize);
        view! {
            <div id=format!("{name}-info") class="govuk-hint govuk-character-count__message">
                {format!("You can write up to {most} characters")}
            </div>
        }
    });
    let count = max_characters.map(|_| "govuk-character-count");
    let class = match max_characters {
        Some(_) => format!("{} govuk-character-count", described.group_class()),
        None => described.group_class().to_owned(),
    };
    let ids: Vec<String> = described
        .ids()
        .into_iter()
        .chain(max_characters.map(|_| format!("{name}-info")))
        .collect();
    view! {
        <div class=class data-module=count data-maxlength=max_characters.map(|most| most.to_string())>
            {self::label(name, label, heading)}
            {described.view()}
            <textarea
                class=described.control_class("govuk-textarea", count.map_or("", |_| "govuk-js-character-count"))
                id=name
                name=name
                rows=rows.to_string()
                autocomplete=autocomplete
                aria-describedby=(!ids.is_empty()).then(|| ids.join(" "))
                aria-invalid=described.invalid()
                inner_html=escaped(&form.value(name))
            ></textarea>
            {limit}
        </div>
    }
    .into_any()
}

/// What was typed, as the inside of a `<textarea>`. Leptos writes a text area's children as they
/// are, so that `</textarea><script>` would become live HTML; and HTML drops a first line break.
fn escaped(typed: &str) -> String {
    let safe = typed.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{safe}")
}

#[cfg(test)]
mod tests {
    use domain::form::Fields;

    use super::*;

    #[test]
    fn what_was_typed_cannot_leave_its_text_area() {
        let mut values = Fields::default();
        values.set("message", "\n</textarea><script>alert(1)</script> &lt; 🙂");
        let html = Owner::new().with(|| {
            let form = Form::filled(values);
            view! { <TextArea form=form name="message" label="Your message"/> }.to_html()
        });
        assert!(!html.contains("<script>"), "{html}");
        assert!(
            html.contains(
                ">\n\n&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;lt; 🙂</textarea>"
            ),
            "{html}"
        );
    }

    #[test]
    fn what_was_typed_cannot_leave_its_line() {
        let mut values = Fields::default();
        values.set("name", "\"><script>alert(1)</script>");
        let html = Owner::new().with(|| {
            let form = Form::filled(values);
            view! { <TextField form=form name="name" label="Your name"/> }.to_html()
        });
        assert!(!html.contains("\"><script>"), "{html}");
    }
}
