//! Reading a guide's file: what stands about it at its head (TOML between two lines of `+++`), then its Markdown.

use domain::{
    guide::{Belonging, Guide, Situation, Source},
    keys::{GuideSlug, InvalidKey, TermSlug},
    local_offer::WebAddress,
};
use jiff::civil::Date;
use serde::Deserialize;

use super::markup;

/// Why a file is no guide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GuideFault {
    /// Its name cannot stand in an address.
    #[error("its name: {0}")]
    Name(#[from] InvalidKey),
    /// The two lines are not there.
    #[error("it begins with a line +++, what is to be known about it, and another line +++")]
    NoHead,
    /// What stands about it is not right.
    #[error("its head: {0}")]
    Head(#[from] toml::de::Error),
    /// No part of the list has it.
    #[error("its situation “{0}” is none of those that there are")]
    Situation(String),
    /// It says nothing, or not from where.
    #[error("{0} is empty")]
    Empty(&'static str),
    /// Its text holds what a guide may not.
    #[error("its text: {0}")]
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title: String,
    summary: String,
    situation: String,
    checked_on: Date,
    services: HeadServices,
    sources: Vec<HeadSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadServices {
    words: String,
    #[serde(default)]
    needs: Vec<TermSlug>,
    #[serde(default)]
    categories: Vec<TermSlug>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadSource {
    name: String,
    address: WebAddress,
}

/// Reads a file.
///
/// # Errors
/// [`GuideFault`], the first that is found.
pub fn read(name: &str, file: &str) -> Result<Guide, GuideFault> {
    let slug: GuideSlug = name.parse()?;
    let (head, text) = file
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .ok_or(GuideFault::NoHead)?;
    let head: Head = toml::from_str(head)?;
    let situation = Situation::ALL
        .into_iter()
        .find(|situation| situation.as_str() == head.situation)
        .ok_or(GuideFault::Situation(head.situation))?;
    let blocks = markup::read(text).map_err(GuideFault::Text)?;
    let filled = [
        ("its title", !head.title.trim().is_empty()),
        ("its summary", !head.summary.trim().is_empty()),
        ("the list of its sources", !head.sources.is_empty()),
        (
            "the words by which services are found",
            !head.services.words.trim().is_empty(),
        ),
        ("its text", !blocks.is_empty()),
    ];
    if let Some((what, _)) = filled.into_iter().find(|(_, filled)| !filled) {
        return Err(GuideFault::Empty(what));
    }
    Ok(Guide {
        slug,
        title: head.title,
        summary: head.summary,
        situation,
        checked_on: head.checked_on,
        services: Belonging {
            words: head.services.words,
            needs: head.services.needs,
            categories: head.services.categories,
        },
        sources: head
            .sources
            .into_iter()
            .map(|HeadSource { name, address }| Source { name, address })
            .collect(),
        blocks,
    })
}
