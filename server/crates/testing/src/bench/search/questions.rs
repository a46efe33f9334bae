//! What is asked. Every word here is one that all three stem alike, that has no synonym and no other form among
//! the listings' words (a test beside them holds it so); and no misspelling is near to more than one word.

/// What is measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scenario {
    Keyword,
    Spelling,
    Facets,
    FacetsAndDistance,
}

impl Scenario {
    pub(super) const ALL: [Self; 4] = [
        Self::Keyword,
        Self::Spelling,
        Self::Facets,
        Self::FacetsAndDistance,
    ];

    /// What the table calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Spelling => "spelling mistake",
            Self::Facets => "facets",
            Self::FacetsAndDistance => "facets and distance",
        }
    }

    /// What is asked, in turn.
    pub(super) fn questions(self) -> Vec<Question> {
        match self {
            Self::Keyword => KEYWORDS.iter().map(|words| keyword(words)).collect(),
            Self::Spelling => MISSPELT.iter().map(|(typed, _)| misspelt(typed)).collect(),
            Self::Facets => facets().to_vec(),
            Self::FacetsAndDistance => facets().into_iter().zip(NEAR).map(near).collect(),
        }
    }
}

/// Whether every word is spelled as the listings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelled {
    Right,
    Wrong,
}

/// Whether the groups of filters are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    Counts,
    HitsOnly,
}

/// A postcode, and how far from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) postcode: &'static str,
    pub(super) miles: u16,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) words: &'static str,
    pub(super) spelled: Spelled,
    pub(super) counting: Counting,
    /// Group and value, as addresses call them.
    pub(super) ticks: &'static [(&'static str, &'static str)],
    pub(super) age: Option<u8>,
    pub(super) near: Option<Near>,
}

impl Question {
    /// Whether nothing is counted, ticked or measured.
    pub(super) fn is_words_alone(&self) -> bool {
        self.counting == Counting::HitsOnly
            && self.ticks.is_empty()
            && self.age.is_none()
            && self.near.is_none()
    }
}

/// From words of many listings to words of few.
const KEYWORDS: [&str; 6] = [
    "swimming",
    "gymnastics",
    "falconry",
    "swimming cookery",
    "swimming orchestra",
    "archery",
];

/// What is typed, and what is meant.
pub(in crate::bench) const MISSPELT: &[(&str, &str)] = &[
    ("gymnastcs", "gymnastics"),
    ("falcnry", "falconry"),
    ("orchestar", "orchestra"),
    ("swimmming", "swimming"),
    ("photograhy", "photography"),
];

const NEAR: [Near; 4] = [
    Near {
        postcode: "ME14 1XQ",
        miles: 10,
    },
    Near {
        postcode: "CT1 2EH",
        miles: 5,
    },
    Near {
        postcode: "TN23 1AA",
        miles: 15,
    },
    Near {
        postcode: "DA1 1AA",
        miles: 10,
    },
];

/// While a person types.
pub(super) const TYPED: [&str; 6] = ["swim", "gymn", "falco", "swimming cl", "cookery g", "orch"];

fn keyword(words: &'static str) -> Question {
    Question {
        words,
        spelled: Spelled::Right,
        counting: Counting::HitsOnly,
        ticks: &[],
        age: None,
        near: None,
    }
}

fn misspelt(words: &'static str) -> Question {
    Question {
        spelled: Spelled::Wrong,
        ..keyword(words)
    }
}

/// With words of many listings, of few, and with none at all; each with something ticked.
fn facets() -> [Question; 4] {
    let counted = |words, ticks, age| Question {
        counting: Counting::Counts,
        ticks,
        age,
        ..keyword(words)
    };
    [
        counted("swimming", &[("need", "autism"), ("cost", "free")], None),
        counted("gymnastics", &[("district", "maidstone")], Some(9)),
        counted(
            "",
            &[
                ("need", "autism"),
                ("need", "anxiety"),
                ("how", "in-person"),
            ],
            Some(12),
        ),
        counted(
            "cookery",
            &[("category", "wellbeing"), ("referral", "self-referral")],
            None,
        ),
    ]
}

fn near((question, near): (Question, Near)) -> Question {
    Question {
        near: Some(near),
        ..question
    }
}

/// The groups in which something is ticked, each once.
pub(super) fn ticked_groups(question: &Question) -> Vec<&'static str> {
    let mut groups: Vec<&str> = question.ticks.iter().map(|(group, _)| *group).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Every word that is asked for, as it is meant.
#[cfg(test)]
pub(in crate::bench) fn words_asked() -> Vec<&'static str> {
    let facets = facets();
    let typed = KEYWORDS
        .into_iter()
        .chain(facets.iter().map(|question| question.words));
    let words = typed
        .flat_map(|words| words.split(' '))
        .filter(|word| !word.is_empty());
    words
        .chain(MISSPELT.iter().map(|(_, meant)| *meant))
        .collect()
}
