//! A guide: how something works and what to do next, in plain words, written by people who know it.
//!
//! Guides are files (`server/content/guides`, read by `hub`); this is what a file says once it was read. Its words are
//! pieces that a page draws and an index reads, never HTML.

use jiff::civil::Date;

use crate::{
    keys::{GuideSlug, TermSlug},
    local_offer::WebAddress,
};

/// One guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its name in an address: `/guides/{slug}`.
    pub slug: GuideSlug,
    /// What it is called.
    pub title: String,
    /// What it tells, in a sentence or two.
    pub summary: String,
    /// In which part of a family's life it is needed.
    pub situation: Situation,
    /// The day on which somebody last held it against its sources.
    pub checked_on: Date,
    /// Which services belong to it.
    pub services: Belonging,
    /// Where its facts come from.
    pub sources: Vec<Source>,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Guide {
    /// Everything that it says, without marks: each heading, paragraph and entry of a list on a line of its own.
    #[must_use]
    pub fn plain_text(&self) -> String {
        self.pieces().join("\n")
    }

    /// Its headings, paragraphs and entries of lists, one after the other.
    #[must_use]
    pub fn pieces(&self) -> Vec<String> {
        let blocks = self.blocks.iter();
        blocks.flat_map(Block::pieces).collect()
    }

    /// The headings of its parts.
    pub fn parts(&self) -> impl Iterator<Item = &Heading> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) if heading.rank == Rank::Part => Some(heading),
            _ => None,
        })
    }
}

/// The parts of a family's life by which guides are listed, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// Something is hard, and nobody knows yet what will help.
    Starting,
    /// A plan, and the school it names.
    PlansAndSchools,
    /// Getting about, a rest, money.
    EverydayLife,
    /// The way to being an adult.
    GrowingUp,
    /// Somebody independent, other parents, a wrong decision.
    OnYourSide,
}

impl Situation {
    /// Each once, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Starting,
        Self::PlansAndSchools,
        Self::EverydayLife,
        Self::GrowingUp,
        Self::OnYourSide,
    ];

    /// As a guide's file names it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::PlansAndSchools => "plans-and-schools",
            Self::EverydayLife => "everyday-life",
            Self::GrowingUp => "growing-up",
            Self::OnYourSide => "on-your-side",
        }
    }

    /// As parents read it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Starting => "When you are just starting",
            Self::PlansAndSchools => "EHC plans and schools",
            Self::EverydayLife => "Day to day",
            Self::GrowingUp => "Growing up",
            Self::OnYourSide => "Someone on your side",
        }
    }
}

/// Which services belong to a guide: those that a search for all of this finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belonging {
    /// Words, which every council's listings may hold.
    pub words: String,
    /// Needs, as the council's taxonomy names them.
    pub needs: Vec<TermSlug>,
    /// Categories, likewise.
    pub categories: Vec<TermSlug>,
}

/// Where facts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called.
    pub name: String,
    /// Where it stands.
    pub address: WebAddress,
}

/// How high a heading ranks below the guide's title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// The head of a part.
    Part,
    /// A heading within a part.
    WithinAPart,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// How high it ranks.
    pub rank: Rank,
    /// What a link within the page leads to; no other heading of the guide has it.
    pub id: String,
    /// What it says.
    pub words: String,
}

/// How the entries of a list stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Side by side.
    Bullets,
    /// One after the other.
    Steps,
}

/// A piece of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Paragraphs that stand out.
    Inset(Vec<Vec<Inline>>),
    /// A list.
    List(ListKind, Vec<Vec<Inline>>),
}

impl Block {
    fn pieces(&self) -> Vec<String> {
        match self {
            Self::Heading(heading) => vec![heading.words.clone()],
            Self::Paragraph(line) => vec![words(line)],
            Self::Inset(lines) | Self::List(_, lines) => {
                lines.iter().map(|line| words(line)).collect()
            }
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Words(String),
    /// Words that stand out.
    Strong(String),
    /// A link.
    Link {
        /// What it says.
        words: String,
        /// Where it leads.
        to: Target,
    },
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page of ours: an address that begins with `/`, or `#` for a part of this page.
    Here(String),
    /// To somebody else's site.
    Elsewhere(WebAddress),
    /// To a telephone number.
    Telephone(String),
}

impl Target {
    /// As it stands in a link.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Here(path) => path.clone(),
            Self::Elsewhere(address) => address.as_str().to_owned(),
            Self::Telephone(number) => format!("tel:{number}"),
        }
    }
}

/// What a line says, without marks.
#[must_use]
pub fn words(line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Words(words) | Inline::Strong(words) | Inline::Link { words, .. } => {
                words.as_str()
            }
        })
        .collect()
}
