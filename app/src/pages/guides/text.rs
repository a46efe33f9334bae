//! What a guide says, drawn.

use domain::guide::{Block, Heading, Inline, ListKind, Rank};
use leptos::prelude::*;

/// Every piece, one after the other.
pub(super) fn draw(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Heading(heading) => self::heading(heading),
        Block::Paragraph(line) => paragraph(line),
        Block::Inset(lines) => {
            let lines: Vec<AnyView> = lines.iter().map(|line| paragraph(line)).collect();
            view! { <div class="govuk-inset-text">{lines}</div> }.into_any()
        }
        Block::List(kind, entries) => {
            let entries: Vec<AnyView> = entries
                .iter()
                .map(|entry| view! { <li>{inline(entry)}</li> }.into_any())
                .collect();
            match kind {
                ListKind::Bullets => {
                    view! { <ul class="govuk-list govuk-list--bullet">{entries}</ul> }.into_any()
                }
                ListKind::Steps => {
                    view! { <ol class="govuk-list govuk-list--number">{entries}</ol> }.into_any()
                }
            }
        }
    }
}

fn heading(heading: &Heading) -> AnyView {
    let (id, words) = (heading.id.clone(), heading.words.clone());
    match heading.rank {
        Rank::Part => view! { <h2 class="govuk-heading-m" id=id>{words}</h2> }.into_any(),
        Rank::WithinAPart => view! { <h3 class="govuk-heading-s" id=id>{words}</h3> }.into_any(),
    }
}

fn paragraph(line: &[Inline]) -> AnyView {
    view! { <p class="govuk-body">{inline(line)}</p> }.into_any()
}

fn inline(line: &[Inline]) -> Vec<AnyView> {
    line.iter()
        .map(|piece| match piece {
            Inline::Words(words) => words.clone().into_any(),
            Inline::Strong(words) => view! { <strong>{words.clone()}</strong> }.into_any(),
            Inline::Link { words, to } => {
                view! { <a class="govuk-link" href=to.href()>{words.clone()}</a> }.into_any()
            }
        })
        .collect()
}
