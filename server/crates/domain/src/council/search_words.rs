//! The council's own links between words that people search by, beside those that the search knows.

use serde::{Deserialize, Serialize};

use crate::codes::WordLinkKind;

/// Words that find the same, or that find something too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordLink {
    /// How they are linked.
    pub kind: WordLinkKind,
    /// What people type: words or phrases.
    pub words: Vec<String>,
    /// With [`WordLinkKind::SeeAlso`]: what these find too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finds: Vec<String>,
}
