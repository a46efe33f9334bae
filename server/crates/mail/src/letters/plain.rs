//! A letter as plain text: headings in capitals, links written out, what was typed exactly as typed.

use super::markup::{Block, Inline};

pub(super) fn write(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        match (before, block) {
            (None, _) => {}
            // A heading stands on what it heads; an entry follows another.
            (Some(Block::Heading(_)), _) | (Some(Block::Entry(_)), Block::Entry(_)) => {
                text.push('\n');
            }
            (Some(Block::Rule), _) => text.push('\n'),
            _ => text.push_str("\n\n"),
        }
        match block {
            Block::Heading(line) => text.push_str(&inline(line).to_uppercase()),
            Block::Paragraph(line) | Block::Boxed(line) => text.push_str(&inline(line)),
            Block::Entry(line) => {
                text.push_str("- ");
                text.push_str(&inline(line).replace('\n', "\n  "));
            }
            Block::Rule => text.push_str("----"),
        }
        before = Some(block);
    }
    text.push('\n');
    text
}

fn inline(line: &[Inline]) -> String {
    let mut text = String::new();
    for (place, piece) in line.iter().enumerate() {
        match piece {
            Inline::Words(words) => text.push_str(words),
            Inline::Break => text.push('\n'),
            Inline::StrongBegins | Inline::StrongEnds => {}
            Inline::Link { words, to } if words == to || words.is_empty() => text.push_str(to),
            Inline::Link { words, to } => {
                let first = place == 0 || line.get(place - 1) == Some(&Inline::Break);
                let last = matches!(line.get(place + 1), None | Some(Inline::Break));
                text.push_str(words);
                if first && last && to.len() > 40 {
                    // A long address has a line of its own, so that no mail program breaks it.
                    text.push_str(":\n");
                    text.push_str(to);
                } else if first && last {
                    text.push_str(": ");
                    text.push_str(to);
                } else {
                    text.push_str(&format!(" ({to})"));
                }
            }
        }
    }
    text
}
