//! Text out of HTML. Older directories keep their descriptions as HTML, which the standard does not foresee;
//! here a description is text, on the page and in the index.
//!
//! Text that is none is left as it is: “ages < 5” and “Arts & crafts” are no HTML.

use std::borrow::Cow;

use html5gum::{StartTag, State, Token, Tokenizer};

/// What a directory's editor writes. Anything else in angle brackets is text: “<name>”.
const ELEMENTS: [&str; 41] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "ol",
    "p",
    "script",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "u",
    "ul",
];
/// A blank line stands around them.
const PARAGRAPHS: [&str; 12] = [
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
];
/// They stand on lines of their own.
const LINES: [&str; 10] = [
    "br", "div", "section", "center", "hr", "li", "tr", "dt", "dd", "tbody",
];
/// Text is made HTML twice by some systems, and hardly ever thrice.
const MOST_ROUNDS: usize = 4;

/// The text of what may be HTML.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let mut plain = Cow::Borrowed(text);
    for _ in 0..MOST_ROUNDS {
        plain = match (has_elements(&plain), has_references(&plain)) {
            (true, _) => Cow::Owned(read(&plain, Spaces::Collapse)),
            (false, true) => Cow::Owned(read(&plain, Spaces::Keep)),
            (false, false) => break,
        };
    }
    plain
}

/// What becomes of the line ends and spaces of the source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    Collapse,
    Keep,
}

fn has_elements(text: &str) -> bool {
    text.split('<').skip(1).any(|after| {
        let after = after.strip_prefix('/').unwrap_or(after);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric());
        // An element that nothing ends is none.
        let (name, rest) = after.split_at(end.unwrap_or(after.len()));
        is_one_of(&ELEMENTS, name.as_bytes())
            && rest.starts_with(['>', '/', ' ', '\n', '\t'])
            && rest.contains('>')
    })
}

/// Whether it has `&nbsp;` or `&#8217;`.
fn has_references(text: &str) -> bool {
    text.split('&').skip(1).any(|after| {
        let name = after.split(';').next().unwrap_or_default();
        let number = name.strip_prefix('#');
        let is_short = (2..=8).contains(&name.len()) && name.len() < after.len();
        is_short
            && number
                .unwrap_or(name)
                .chars()
                .all(|c| c.is_ascii_alphanumeric())
    })
}

fn is_one_of(names: &[&str], name: &[u8]) -> bool {
    names
        .iter()
        .any(|one| one.as_bytes().eq_ignore_ascii_case(name))
}

fn read(html: &str, spaces: Spaces) -> String {
    let mut paper = Paper::new(spaces);
    let mut link = None;
    let mut tokens = Tokenizer::new(html);
    if spaces == Spaces::Keep {
        // Only references are read: an angle bracket is one.
        tokens.set_state(State::RcData);
    }
    while let Some(Ok(token)) = tokens.next() {
        match token {
            Token::StartTag(tag) => {
                if is_one_of(&["script", "style", "iframe"], &tag.name) {
                    tokens.set_state(State::RawText);
                    paper.hidden = true;
                }
                paper.element(&tag.name);
                if is_one_of(&["li"], &tag.name) {
                    paper.word("- ");
                }
                if is_one_of(&["a"], &tag.name) {
                    link = address(&tag).map(|address| (address, paper.text.len()));
                }
            }
            Token::EndTag(tag) => {
                paper.hidden = false;
                if is_one_of(&["a"], &tag.name)
                    && let Some((address, from)) = link.take()
                {
                    paper.tell(&address, from);
                }
                paper.element(&tag.name);
            }
            Token::String(text) => paper.write(&String::from_utf8_lossy(&text.value)),
            _ => {}
        }
    }
    paper.finished()
}

/// Where a link leads, if one could go there from somewhere else.
fn address(tag: &StartTag<()>) -> Option<String> {
    let href = tag.attributes.get(&b"href"[..])?;
    let href = String::from_utf8_lossy(&href.value);
    let href = href.trim();
    let known = ["https://", "http://", "mailto:", "tel:"];
    let scheme = known.iter().find(|scheme| href.starts_with(**scheme))?;
    let mail_or_number = href
        .strip_prefix(scheme)
        .filter(|_| !scheme.starts_with("http"));
    Some(mail_or_number.unwrap_or(href).to_owned())
}

/// Words on lines.
struct Paper {
    text: String,
    spaces: Spaces,
    /// Lines that end before the next word.
    line_ends: usize,
    /// A space stands before the next word.
    is_apart: bool,
    hidden: bool,
}

impl Paper {
    fn new(spaces: Spaces) -> Self {
        Self {
            text: String::new(),
            spaces,
            line_ends: 0,
            is_apart: false,
            hidden: false,
        }
    }

    /// Puts down what an element's begin or end means.
    fn element(&mut self, name: &[u8]) {
        if is_one_of(&PARAGRAPHS, name) {
            self.line_ends = self.line_ends.max(2);
        } else if is_one_of(&["br"], name) {
            self.line_ends = (self.line_ends + 1).min(2);
        } else if is_one_of(&LINES, name) {
            self.line_ends = self.line_ends.max(1);
        } else if is_one_of(&["td", "th", "img"], name) {
            self.is_apart = true;
        }
    }

    fn write(&mut self, text: &str) {
        if self.hidden {
            return;
        }
        if self.spaces == Spaces::Keep {
            self.text.push_str(&text.replace('\u{a0}', " "));
            return;
        }
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim();
            if !word.is_empty() {
                self.word(word);
            }
            self.is_apart |= piece.ends_with(char::is_whitespace);
        }
    }

    fn word(&mut self, word: &str) {
        if self.text.is_empty() {
            // Nothing stands before the first word.
        } else if self.line_ends > 0 {
            self.text.extend(std::iter::repeat_n('\n', self.line_ends));
        } else if self.is_apart && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
        self.text.push_str(word);
        (self.line_ends, self.is_apart) = (0, false);
    }

    /// Says where the link leads whose words begin at `from`, unless they say it.
    fn tell(&mut self, address: &str, from: usize) {
        let bare = |text: &str| {
            let text = text.trim().trim_end_matches('/').to_lowercase();
            let text = text
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            text.trim_start_matches("www.").to_owned()
        };
        let words = self.text.get(from..).unwrap_or_default();
        if !words.trim().is_empty() && !bare(words).contains(&bare(address)) {
            self.is_apart = true;
            self.word(&format!("({address})"));
        }
    }

    /// The text, without items of lists that say nothing.
    fn finished(self) -> String {
        if self.spaces == Spaces::Keep {
            return self.text;
        }
        let lines = self.text.lines().filter(|line| line.trim() != "-");
        lines.map(str::trim_end).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_paragraphs_lines_and_items() {
        let table = [
            (
                "<p>A club.</p>\r\n<p class=\"MsoNormal\"><span style=\"font-size:12pt\">For <strong>all</strong></span></p>",
                "A club.\n\nFor all",
            ),
            ("One<br />two<br><br>\nthree", "One\ntwo\n\nthree"),
            (
                "<h3>Who?</h3><ul><li>Ages&nbsp;5 &amp; over</li><li></li><li>Teens</li></ul>Ring us",
                "Who?\n\n- Ages 5 & over\n- Teens\n\nRing us",
            ),
            ("<P>SHOUTING</P>", "SHOUTING"),
            ("<div>a&nbsp;</div><div>b</div>", "a\nb"),
            ("<td>Monday</td><td>9am</td>", "Monday 9am"),
            (
                "<p>Seen</p><script>x('<p>')</script><style>p {}</style>",
                "Seen",
            ),
            ("&lt;p&gt;Made twice&lt;/p&gt;", "Made twice"),
        ];
        for (html, text) in table {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn a_link_says_where_it_leads_once() {
        let table = [
            (
                "<a href=\"https://example.org/form\">Fill in the form</a>.",
                "Fill in the form (https://example.org/form).",
            ),
            (
                "<a href=\"http://www.example.org/\">www.example.org</a>",
                "www.example.org",
            ),
            (
                "<p>Write to <a href=\"mailto:us@example.org\">us@example.org</a></p>",
                "Write to us@example.org",
            ),
            ("<a href=\"javascript:alert(1)\">Press</a>", "Press"),
            ("<a href=\"/page\">Here</a>", "Here"),
        ];
        for (html, text) in table {
            assert_eq!(plain(html), text, "{html}");
        }
    }

    #[test]
    fn text_is_left_alone() {
        for text in [
            "Ages < 5 and > 3",
            "Arts & crafts; games",
            "Write to <name>\n\n  and wait",
            "a <b without an end",
            "R&D; more",
        ] {
            assert!(matches!(plain(text), Cow::Borrowed(_)), "{text}");
        }
        assert_eq!(
            plain("Line one\nit&#8217;s  &pound;5"),
            "Line one\nit’s  £5"
        );
    }

    #[test]
    fn what_was_read_reads_as_itself() {
        for html in [
            "<p>a</p>&lt;b&gt;c&lt;/b&gt;",
            "&amp;amp;amp;lt;",
            "<p>5 &lt; 6</p>",
        ] {
            let once = plain(html).into_owned();
            assert_eq!(plain(&once), once, "{html}");
        }
    }
}
