//! What searches know of the council: its districts, its own words, the guides.

use domain::codes::WordLinkKind;
use domain::council::{Council, District, WordLink};
use domain::guide::Guide;
use domain::keys::TermSlug;
use search::{Index, Knowledge, Synonym, SynonymKind};

/// Teaches the index what these settings say. An index that cannot be taught goes on with what it
/// knew: a search with yesterday's districts is better than none.
pub(crate) fn teach(index: &Index, council: &Council, guides: &[Guide]) {
    let districts: Vec<search::District> = council.districts.iter().filter_map(district).collect();
    let guides: Vec<search::Guide> = guides.iter().map(guide).collect();
    let words: Vec<Synonym> = council.search_words.iter().map(synonym).collect();
    match Knowledge::new(&districts, &words, &guides) {
        Ok(knowledge) => index.know(knowledge),
        Err(error) => tracing::error!(%error, "the search cannot take on the settings"),
    }
}

fn synonym(link: &WordLink) -> Synonym {
    Synonym {
        kind: match link.kind {
            WordLinkKind::Same => SynonymKind::Same,
            WordLinkKind::SeeAlso => SynonymKind::SeeAlso,
        },
        words: link.words.clone(),
        finds: link.finds.clone(),
    }
}

fn guide(guide: &Guide) -> search::Guide {
    let headings = guide.parts().map(|heading| heading.words.clone());
    let words: Vec<String> = headings.chain([guide.services.words.clone()]).collect();
    search::Guide {
        slug: guide.slug.to_string(),
        title: guide.title.clone(),
        summary: guide.summary.clone(),
        words: words.join(". "),
        text: guide.plain_text(),
    }
}

fn district(district: &District) -> Option<search::District> {
    let hint = district.postcode_hint.as_deref().unwrap_or_default();
    let codes = hint.split(|c: char| !c.is_ascii_alphanumeric());
    Some(search::District {
        slug: TermSlug::from_name(district.key.as_str())?,
        name: district.name.clone(),
        outward_codes: codes
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}
