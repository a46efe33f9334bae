//! The few marks that a letter's text may hold, as CommonMark writes them: `## a heading`, a list
//! (`- `), `**strong**`, `[words](an address)`, `---` for a rule, `> ` for what stands in a box. An
//! empty line parts paragraphs; a line stays a line. Anything else, HTML too, is plain text.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::fill::{BEGIN, END};

/// A piece of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading.
    Heading(Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A paragraph in a box.
    Boxed(Vec<Inline>),
    /// One entry of a list.
    Entry(Vec<Inline>),
    /// A line across.
    Rule,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Words; those filled in may have line breaks in them.
    Words(String),
    /// Strong from here on.
    StrongBegins,
    /// Strong up to here.
    StrongEnds,
    /// The end of a line.
    Break,
    /// A link.
    Link {
        /// What it says.
        words: String,
        /// Where it leads.
        to: String,
    },
}

/// Reads a text whose placeholders are tokens for `values`.
pub(super) fn read(marked: &str, values: &[String]) -> Vec<Block> {
    let mut reader = Reader {
        values,
        blocks: Vec::new(),
        line: Vec::new(),
        link: None,
        in_box: false,
        in_entry: false,
        in_heading: false,
    };
    for event in Parser::new(marked) {
        reader.take(event);
    }
    reader.end_block();
    reader.blocks
}

struct Reader<'v> {
    values: &'v [String],
    blocks: Vec<Block>,
    line: Vec<Inline>,
    /// The words of the link that is being read, and where it leads.
    link: Option<(String, String)>,
    in_box: bool,
    in_entry: bool,
    in_heading: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::SoftBreak | Event::HardBreak => self.push(Inline::Break),
            Event::Rule => {
                self.end_block();
                self.blocks.push(Block::Rule);
            }
            Event::Text(text)
            | Event::Code(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => {
                let words = self.filled(&text);
                match &mut self.link {
                    Some((said, _)) => said.push_str(&words),
                    None => self.push(Inline::Words(words)),
                }
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.end_block();
                self.in_heading = true;
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.in_box = true;
            }
            Tag::Item => {
                self.end_block();
                self.in_entry = true;
            }
            Tag::Strong => self.push(Inline::StrongBegins),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some((String::new(), self.filled(dest_url)));
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::List(_) => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.push(Inline::StrongEnds),
            TagEnd::Link | TagEnd::Image => {
                if let Some((words, to)) = self.link.take() {
                    self.push(Inline::Link { words, to });
                }
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_block(),
            TagEnd::Heading(_) => {
                self.end_block();
                self.in_heading = false;
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.in_box = false;
            }
            TagEnd::Item => {
                self.end_block();
                self.in_entry = false;
            }
            _ => {}
        }
    }

    fn push(&mut self, inline: Inline) {
        self.line.push(inline);
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        self.blocks.push(if self.in_heading {
            Block::Heading(line)
        } else if self.in_entry {
            Block::Entry(line)
        } else if self.in_box {
            Block::Boxed(line)
        } else {
            Block::Paragraph(line)
        });
    }

    /// The text with its tokens' values.
    fn filled(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(BEGIN) {
            filled.push_str(before);
            let Some((number, after)) = after.split_once(END) else {
                rest = after;
                continue;
            };
            let value = number
                .parse()
                .ok()
                .and_then(|number: usize| self.values.get(number));
            filled.push_str(value.map_or("", String::as_str));
            rest = after;
        }
        filled.push_str(rest);
        filled
    }
}
