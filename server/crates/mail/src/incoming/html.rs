//! HTML made into text: what a person would have seen, and nothing that could do anything.
//!
//! The result is text, so no tag, script or address of a picture can come through; whoever shows it
//! escapes it. A tokenizer is used and no tree is built: building one takes quadratic time on hostile
//! nesting. Decision 017 tells why.
//!
//! `name` and `tags` know what each element means, `style` what hides, `link` which addresses are told, and
//! `paper` puts words on lines.

mod link;
mod name;
mod paper;
mod style;
mod tags;

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned, StartTag, Token, Tokenizer};

use super::transfer;
use name::Name;
use paper::Paper;
use tags::{Effect, Open};

/// Elements inside elements that are followed. What lies deeper is read, its meaning is not.
const DEEPEST: usize = 128;

/// The text of a page, and what its pictures are called.
#[derive(Default)]
pub(super) struct Page {
    /// The text with `\n` line ends.
    pub(super) text: String,
    /// The content ids of the pictures that it shows.
    pub(super) shown: Vec<String>,
    /// The pictures that are written into it, each with its media type.
    pub(super) pictures: Vec<(String, Vec<u8>)>,
    /// Whether there was more than `limit` allowed.
    pub(super) is_cut: bool,
}

/// Reads `html` into at most about `limit` bytes of text.
///
/// Should everything on the page be hidden by its style, it is shown all the same.
pub(super) fn read(html: &str, limit: usize) -> Page {
    let page = Walk::new(limit, Hidden::LeftOut).through(html);
    if page.text.is_empty() && !page.is_cut {
        return Walk::new(limit, Hidden::Shown).through(html);
    }
    page
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Hidden {
    LeftOut,
    Shown,
}

struct Walk {
    open: Vec<Open>,
    paper: Paper,
    shown: Vec<String>,
    pictures: Vec<(String, Vec<u8>)>,
    hidden: Hidden,
}

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, ()>>;

impl Walk {
    fn new(limit: usize, hidden: Hidden) -> Walk {
        Walk {
            open: Vec::new(),
            paper: Paper::new(limit),
            shown: Vec::new(),
            pictures: Vec::new(),
            hidden,
        }
    }

    fn through(mut self, html: &str) -> Page {
        let mut tokens = Tokenizer::new(html);
        while let Some(Ok(token)) = tokens.next() {
            match token {
                Token::StartTag(tag) => {
                    if let Some(state) = tags::raw_text(&tag.name) {
                        tokens.set_state(state);
                    }
                    self.start(&tag);
                }
                Token::EndTag(tag) => self.end(&Name::of(&tag.name)),
                Token::String(text) if !self.is_hidden() => {
                    self.paper
                        .write(&String::from_utf8_lossy(&text.value), self.keeps_spaces());
                }
                _ => {}
            }
            if self.paper.is_full() {
                break;
            }
        }
        self.close_down_to(0);
        let is_cut = self.paper.is_full();
        Page {
            text: self.paper.into_text(),
            shown: self.shown,
            pictures: self.pictures,
            is_cut,
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = Name::of(&tag.name);
        self.close_what_cannot_hold(&name);
        let mut element = Open::new(name, &tag.attributes);
        self.number(&mut element);
        if self.hidden == Hidden::Shown {
            element.hides = element.name.is_never_seen();
        }
        // What an element is in counts for it too.
        if let Some(around) = self.open.last() {
            element.hides |= around.hides;
            element.keeps_spaces = element.keeps_spaces.or(around.keeps_spaces);
            if element.is_tight_in(around) {
                element.breaks = 1;
            }
        }
        if element.hides {
            if !element.name.is_void() && self.open.len() < DEEPEST {
                self.open.push(element);
            }
            return;
        }
        self.picture(&element.name, &tag.attributes);
        element.begin(&mut self.paper);
        let is_empty = element.name.is_void() || (tag.self_closing && element.name.is_foreign());
        if !is_empty && self.open.len() < DEEPEST {
            self.open.push(element);
        } else if !element.name.is_void() {
            element.finish(&mut self.paper);
        }
    }

    /// An item of a numbered list bears the list's next number.
    fn number(&mut self, element: &mut Open) {
        let Effect::Item(bullet) = &mut element.effect else {
            return;
        };
        let list = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| match &mut open.effect {
                Effect::List(next) => Some(next),
                _ => None,
            });
        if let Some(Some(next)) = list {
            *bullet = format!("{next}. ");
            *next = next.saturating_add(1);
        }
    }

    /// What a picture shows, in brackets. It is never fetched.
    fn picture(&mut self, name: &Name, attributes: &Attributes) {
        if !name.is("img") || style::is_tiny(attributes) {
            return;
        }
        let source = tags::attribute(attributes, "src").unwrap_or_default();
        let of_message = source
            .get(..4)
            .filter(|start| start.eq_ignore_ascii_case("cid:"))
            .is_some();
        if of_message {
            self.shown.push(source[4..].trim().to_owned());
        }
        self.pictures.extend(written_out(&source));
        let alt = tags::attribute(attributes, "alt").unwrap_or_default();
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        match alt.chars().count() {
            0 if of_message || source.starts_with("data:") => self.paper.write("[picture]", false),
            0 => {}
            1 | 2 => self.paper.write(&alt, false),
            _ => {
                let alt: String = alt.chars().take(200).collect();
                self.paper.write(&format!("[{alt}]"), false);
            }
        }
    }

    /// A paragraph cannot stand in a paragraph, nor a cell in a cell: the one before ends.
    fn close_what_cannot_hold(&mut self, name: &Name) {
        for (closed, until) in name.closes() {
            let found = self
                .open
                .iter()
                .rposition(|open| open.group & (closed | until) != 0);
            if let Some(at) = found.filter(|at| self.open[*at].group & closed != 0) {
                self.close_down_to(at);
            }
        }
    }

    fn end(&mut self, name: &Name) {
        if name.is("br") || (name.is("p") && !self.open.iter().any(|open| open.name.is("p"))) {
            // As browsers do (HTML, section 13.2.6.4.7).
            if !self.is_hidden() {
                self.paper.line_break();
            }
            return;
        }
        let walls = name.walls();
        let found = self
            .open
            .iter()
            .rposition(|open| open.name == *name || open.group & walls != 0);
        if let Some(at) = found.filter(|at| self.open[*at].name == *name) {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(element) = self.open.pop() else {
                return;
            };
            if !element.hides {
                element.finish(&mut self.paper);
            }
        }
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hides)
    }

    fn keeps_spaces(&self) -> bool {
        self.open
            .last()
            .and_then(|open| open.keeps_spaces)
            .unwrap_or(false)
    }
}

/// The picture in an address such as `data:image/png;base64,iVBO…`. Smaller ones are ornaments.
fn written_out(source: &str) -> Option<(String, Vec<u8>)> {
    const SMALLEST: usize = 1024;
    let (media_type, data) = source.strip_prefix("data:")?.split_once(";base64,")?;
    let is_picture =
        media_type.starts_with("image/") && media_type.bytes().all(|byte| byte.is_ascii_graphic());
    let content = is_picture.then(|| transfer::base64(data.as_bytes()).0)?;
    (content.len() >= SMALLEST).then(|| (media_type.to_ascii_lowercase(), content))
}
