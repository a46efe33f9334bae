//! What each element of a page means for the text.

use html5gum::State;

use super::name::{Groups, ITEM, Name, PARAGRAPH};
use super::paper::{CellStart, Paper};
use super::style::Style;
use super::{Attributes, link};

/// Elements whose content is no HTML.
pub(super) fn raw_text(name: &[u8]) -> Option<State> {
    match name {
        b"script" => Some(State::ScriptData),
        b"style" | b"xmp" | b"noembed" | b"noframes" | b"iframe" => Some(State::RawText),
        b"textarea" | b"title" => Some(State::RcData),
        _ => None,
    }
}

/// The value of the attribute `name`, its character references read.
pub(super) fn attribute(attributes: &Attributes, name: &str) -> Option<String> {
    attributes
        .get(name.as_bytes())
        .map(|value| String::from_utf8_lossy(&value.value).into_owned())
}

/// An element that has begun.
pub(super) struct Open {
    pub(super) name: Name,
    pub(super) group: Groups,
    /// Nothing in it is seen.
    pub(super) hides: bool,
    /// Whether line ends and spaces in it count; `None` leaves it as it is around.
    pub(super) keeps_spaces: Option<bool>,
    pub(super) effect: Effect,
    /// Lines from the text before and after it; 0 for what stands within a line.
    pub(super) breaks: usize,
}

/// What ends with an element, besides a line.
pub(super) enum Effect {
    None,
    Quote,
    /// Moved to the right.
    Step,
    /// A list, with the number of its next item if it has numbers.
    List(Option<i64>),
    Item(String),
    /// A line is drawn above.
    Rule,
    Link {
        address: String,
        from: usize,
    },
    Cell(Option<CellStart>),
}

impl Open {
    pub(super) fn new(name: Name, attributes: &Attributes) -> Open {
        let style = Style::of(attributes);
        let is_kept = name.is_one_of(&["pre", "textarea", "xmp", "plaintext", "listing"]);
        Open {
            hides: name.is_never_seen() || attributes.contains_key(&b"hidden"[..]) || style.hides(),
            keeps_spaces: style.keeps_spaces().or(is_kept.then_some(true)),
            effect: effect(&name, attributes, &style),
            breaks: breaks(&name, attributes, &style),
            group: name.group(),
            name,
        }
    }

    /// Whether no blank line stands around it in `around`: a paragraph in an item of a list.
    pub(super) fn is_tight_in(&self, around: &Open) -> bool {
        self.group == PARAGRAPH && around.group == ITEM
    }

    /// Puts on paper what comes before its text.
    pub(super) fn begin(&mut self, paper: &mut Paper) {
        match self.name.text.as_str() {
            "br" => paper.line_break(),
            "hr" => paper.rule(),
            _ => paper.break_to(self.breaks),
        }
        match &mut self.effect {
            Effect::None => {}
            Effect::Quote => paper.quote(),
            Effect::Step | Effect::List(_) => paper.step_in(),
            Effect::Item(bullet) => paper.bullet(std::mem::take(bullet)),
            Effect::Rule => paper.rule(),
            Effect::Link { from, .. } => *from = paper.length(),
            Effect::Cell(start) => *start = Some(paper.cell()),
        }
    }

    /// Puts on paper what comes after its text.
    pub(super) fn finish(self, paper: &mut Paper) {
        match self.effect {
            Effect::None | Effect::Rule => {}
            Effect::Quote => paper.unquote(),
            Effect::Step | Effect::List(_) => paper.step_out(),
            Effect::Item(_) => paper.no_bullet(),
            Effect::Link { address, from } => {
                let words = paper
                    .since(from)
                    .trim_start_matches([' ', '|', '>', '-', '\n'])
                    .trim_end();
                if !words.is_empty() && !link::says(words, &address) {
                    paper.append(&format!(" ({address})"));
                }
            }
            Effect::Cell(start) => {
                if let Some(start) = start {
                    paper.cell_end(start);
                }
            }
        }
        paper.break_to(self.breaks);
    }
}

fn breaks(name: &Name, attributes: &Attributes, style: &Style) -> usize {
    match name.text.as_str() {
        "p" if is_of_outlook(attributes) || style.is_tight() => 1,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" => 2,
        "li" | "dt" | "dd" | "tr" | "option" | "button" => 1,
        _ if name.is_block() => 1,
        _ => 0,
    }
}

fn effect(name: &Name, attributes: &Attributes, style: &Style) -> Effect {
    let class = attribute(attributes, "class").unwrap_or_default();
    match name.text.as_str() {
        "blockquote" if style.is_only_moved() && !is_quotation(attributes, &class) => Effect::Step,
        "blockquote" => Effect::Quote,
        "div" if style.is_outlook_quotation() => Effect::Quote,
        "div" if style.is_outlook_line() => Effect::Rule,
        "ol" => Effect::List(Some(first_number(attributes))),
        "ul" | "menu" | "dir" => Effect::List(None),
        "li" => Effect::Item("- ".to_owned()),
        "td" | "th" => Effect::Cell(None),
        "a" => attribute(attributes, "href")
            .and_then(|href| link::address(&href))
            .map_or(Effect::None, |address| Effect::Link { address, from: 0 }),
        _ => Effect::None,
    }
}

fn first_number(attributes: &Attributes) -> i64 {
    attribute(attributes, "start")
        .and_then(|start| start.trim().parse().ok())
        .unwrap_or(1)
}

/// Gmail and Apple say what is a quotation, and use the same element for what is only moved.
fn is_quotation(attributes: &Attributes, class: &str) -> bool {
    class.contains("quote")
        || attribute(attributes, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("cite"))
        || attributes.contains_key(&b"cite"[..])
}

/// Outlook's paragraphs have no blank line between them; it writes empty ones instead.
fn is_of_outlook(attributes: &Attributes) -> bool {
    attribute(attributes, "class")
        .is_some_and(|class| class.starts_with("Mso") || class.starts_with("xmso"))
}
