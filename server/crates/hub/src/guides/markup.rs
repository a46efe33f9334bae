//! The few marks that a guide's text may hold, as CommonMark writes them: `## a part`, `### a heading in it`,
//! paragraphs, lists (`- `, `1. `), `> ` for what stands out, `**strong**` and `[words](an address)`.
//!
//! Anything else is a fault: what a page cannot draw must not get lost in silence.

use domain::{
    guide::{Block, Heading, Inline, ListKind, Rank, Target, words},
    keys::slugify,
};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// Reads a text.
///
/// # Errors
/// What it holds that a guide may not, in words for whoever wrote it.
pub(super) fn read(text: &str) -> Result<Vec<Block>, String> {
    let mut reader = Reader::default();
    for event in Parser::new(text) {
        reader.take(event)?;
    }
    Ok(reader.blocks)
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    /// The list that is being read.
    list: Option<(ListKind, Vec<Vec<Inline>>)>,
    /// What stands out, while it is being read.
    inset: Option<Vec<Vec<Inline>>>,
    /// The words that stand out in a line, or are a link, while they are being read.
    strong: Option<String>,
    link: Option<(String, Target)>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => {
                self.end(tag);
                Ok(())
            }
            Event::Text(text) => {
                self.say(&text);
                Ok(())
            }
            Event::SoftBreak => {
                self.say(" ");
                Ok(())
            }
            other => Err(format!("a guide has no place for {other:?}")),
        }
    }

    fn begin(&mut self, tag: Tag<'_>) -> Result<(), String> {
        match tag {
            Tag::Heading {
                level: HeadingLevel::H2 | HeadingLevel::H3,
                ..
            }
            | Tag::Paragraph
            | Tag::Item => {}
            Tag::BlockQuote(None) if self.list.is_none() => self.inset = Some(Vec::new()),
            Tag::List(first) if self.list.is_none() => {
                let kind = first.map_or(ListKind::Bullets, |_| ListKind::Steps);
                self.list = Some((kind, Vec::new()));
            }
            Tag::Strong if self.link.is_none() => self.strong = Some(String::new()),
            Tag::Link { dest_url, .. } if self.strong.is_none() => {
                self.link = Some((String::new(), target(&dest_url)?));
            }
            other => return Err(format!("a guide has no place here for {other:?}")),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let words = words(&std::mem::take(&mut self.line));
                let rank = match level {
                    HeadingLevel::H2 => Rank::Part,
                    _ => Rank::WithinAPart,
                };
                let id = self.unused_id(&words);
                self.blocks
                    .push(Block::Heading(Heading { rank, id, words }));
            }
            // Entries with empty lines between them hold paragraphs; the entry's end takes their words.
            TagEnd::Paragraph if self.list.is_some() => {}
            TagEnd::Paragraph => {
                let line = std::mem::take(&mut self.line);
                match &mut self.inset {
                    Some(lines) => lines.push(line),
                    None => self.blocks.push(Block::Paragraph(line)),
                }
            }
            TagEnd::Item => {
                let line = std::mem::take(&mut self.line);
                if let Some((_, entries)) = &mut self.list {
                    entries.push(line);
                }
            }
            TagEnd::List(_) => {
                let list = self.list.take();
                self.blocks
                    .extend(list.map(|(kind, entries)| Block::List(kind, entries)));
            }
            TagEnd::BlockQuote(_) => self.blocks.extend(self.inset.take().map(Block::Inset)),
            TagEnd::Strong => self.line.extend(self.strong.take().map(Inline::Strong)),
            TagEnd::Link => {
                let link = self.link.take();
                self.line
                    .extend(link.map(|(words, to)| Inline::Link { words, to }));
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let (strong, link) = (self.strong.as_mut(), self.link.as_mut());
        match (
            strong.or(link.map(|(words, _)| words)),
            self.line.last_mut(),
        ) {
            (Some(words), _) | (None, Some(Inline::Words(words))) => words.push_str(text),
            (None, _) => self.line.push(Inline::Words(text.to_owned())),
        }
    }

    fn unused_id(&self, words: &str) -> String {
        let name = slugify(words);
        let same = self.blocks.iter().filter(|block| match block {
            Block::Heading(heading) => slugify(&heading.words) == name,
            _ => false,
        });
        match same.count() {
            0 => name,
            before => format!("{name}-{}", before + 1),
        }
    }
}

fn target(address: &str) -> Result<Target, String> {
    if address.starts_with("//") {
        return Err(format!("“{address}” leads nowhere"));
    }
    if address.starts_with(['/', '#']) {
        return Ok(Target::Here(address.to_owned()));
    }
    if let Some(number) = address.strip_prefix("tel:") {
        return Ok(Target::Telephone(number.to_owned()));
    }
    let elsewhere = address.parse().map(Target::Elsewhere);
    elsewhere.map_err(|problem| format!("“{address}” {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mark_becomes_a_piece() {
        let text = "## First\n\nAsk **now**,\nor [call](tel:999).\n\n### Then\n\n1. One\n2. Two\n\n> Look.\n>\n> Again.\n\n- [Guides](/guides)\n";
        let said = |words: &str| Inline::Words(words.to_owned());
        let heading = |rank, id: &str, words: &str| {
            Block::Heading(Heading {
                rank,
                id: id.to_owned(),
                words: words.to_owned(),
            })
        };
        let link = |words: &str, to| Inline::Link {
            words: words.to_owned(),
            to,
        };
        assert_eq!(
            read(text).unwrap(),
            [
                heading(Rank::Part, "first", "First"),
                Block::Paragraph(vec![
                    said("Ask "),
                    Inline::Strong("now".to_owned()),
                    said(", or "),
                    link("call", Target::Telephone("999".to_owned())),
                    said("."),
                ]),
                heading(Rank::WithinAPart, "then", "Then"),
                Block::List(ListKind::Steps, vec![vec![said("One")], vec![said("Two")]]),
                Block::Inset(vec![vec![said("Look.")], vec![said("Again.")]]),
                Block::List(
                    ListKind::Bullets,
                    vec![vec![link("Guides", Target::Here("/guides".to_owned()))]]
                ),
            ]
        );
    }

    #[test]
    fn what_a_page_cannot_draw_is_refused() {
        for text in [
            "# Another title",
            "<b>bold</b>",
            "`code`",
            "![a picture](/x.png)",
            "- a\n  - b",
            "[x](javascript:alert)",
            "[x](//elsewhere.example.org)",
            "---",
            "*slanted*",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn two_headings_of_one_name_have_two_ids() {
        let blocks = read("## Ask\n\n## Ask").unwrap();
        let ids: Vec<_> = blocks
            .iter()
            .map(|block| match block {
                Block::Heading(heading) => heading.id.as_str(),
                _ => "",
            })
            .collect();
        assert_eq!(ids, ["ask", "ask-2"]);
    }
}
