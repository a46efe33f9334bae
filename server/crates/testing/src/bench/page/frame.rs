//! What the two pages share, cut out of ours: the text around the results, and what the filters are called.

use std::path::Path;

use serde_json::{Value, json};

use super::super::Outcome;

const MAIN: &str = "<main id=\"main-content\">";
const END_OF_MAIN: &str = "</main>";

/// Writes `head.html`, `foot.html` and `groups.json` for `bench-peer/page.js`.
pub(super) fn write(page: &str, folder: &Path) -> Outcome<()> {
    let (head, rest) = page.split_once(MAIN).ok_or("the page has no main")?;
    let (main, foot) = rest.split_once(END_OF_MAIN).ok_or("main has no end")?;
    let (before, rest) = head.split_once("<title>").ok_or("no title")?;
    let (title, after) = rest.split_once("</title>").ok_or("the title has no end")?;
    // The council's name stands after what the page is called.
    let council = title.rsplit_once(" – ").map_or("", |(_, council)| council);
    let head = format!("{before}<title>{{{{title}}}} – {council}</title>{after}{MAIN}");
    std::fs::write(folder.join("head.html"), head)?;
    std::fs::write(folder.join("foot.html"), format!("{END_OF_MAIN}{foot}"))?;
    let groups = serde_json::to_string(&groups(main))?;
    std::fs::write(folder.join("groups.json"), groups)?;
    Ok(())
}

/// Every group of check boxes: its name in the address, its legend, and its values with their names.
fn groups(main: &str) -> Vec<Value> {
    let fieldsets = main.split("<fieldset").skip(1);
    fieldsets
        .filter_map(|fieldset| {
            let legend = between(fieldset, "<legend class=\"govuk-visually-hidden\">", "<")?;
            let boxes = fieldset.split("<input ").skip(1);
            let kind = between(fieldset, "name=\"", "\"")?;
            let values: Vec<Value> = boxes
                .filter_map(|input| {
                    let slug = between(input, "value=\"", "\"")?;
                    let label = between(input, "checkboxes__label\">", "<")?;
                    let name = label.rsplit_once(" (").map_or(label, |(name, _)| name);
                    Some(json!({"slug": slug, "name": plain(name)}))
                })
                .collect();
            Some(json!({"kind": kind, "legend": plain(legend), "values": values}))
        })
        .collect()
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(after)?.0)
}

fn plain(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_filters_are_called_is_read_from_the_page() {
        let main = "<fieldset class=\"f\"><legend class=\"govuk-visually-hidden\">Kind of help</legend>\
            <input id=\"category\" name=\"category\" type=\"checkbox\" value=\"clubs\" class=\"c\">\
            <label for=\"category\" class=\"govuk-label govuk-checkboxes__label\">Clubs &amp; sport (12)</label>\
            </fieldset>";
        assert_eq!(
            groups(main),
            [json!({
                "kind": "category",
                "legend": "Kind of help",
                "values": [{"slug": "clubs", "name": "Clubs & sport"}],
            })]
        );
    }
}
