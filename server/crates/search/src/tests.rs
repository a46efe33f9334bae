//! What a person finds, told on small indexes built by hand.

mod filters;
mod meaning;
mod places;
mod suggestions;
mod words;
mod writing;

use domain::keys::TermSlug;
use domain::local_offer::Listing;
use tempfile::TempDir;

use crate::fixtures::{With, listing, taxonomies};
use crate::{Change, District, Facet, Guide, Index, Indexer, Knowledge, Query, Results, Tick};

const MAIDSTONE: (f64, f64) = (51.272, 0.529);
const CANTERBURY: (f64, f64) = (51.280, 1.083);

struct Desk {
    folder: TempDir,
    index: Index,
    indexer: Indexer,
}

fn desk(listings: impl IntoIterator<Item = Listing>) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path(), &taxonomies()).unwrap();
    index.know(Knowledge::new(&districts(), &[], &guides()).unwrap());
    let mut indexer = index.writer().unwrap();
    let changes: Vec<Change> = listings
        .into_iter()
        .map(|listing| Change::Put(Box::new(listing)))
        .collect();
    indexer.apply(&changes).unwrap();
    indexer.commit(7, "").unwrap();
    Desk {
        folder,
        index,
        indexer,
    }
}

fn districts() -> Vec<District> {
    let district = |name: &str, code: &str| District {
        slug: TermSlug::from_name(name).unwrap(),
        name: name.to_owned(),
        outward_codes: vec![code.to_owned()],
    };
    vec![district("Maidstone", "ME14"), district("Dover", "CT16")]
}

fn guides() -> Vec<Guide> {
    vec![Guide {
        slug: "annual-reviews".to_owned(),
        title: "Annual reviews".to_owned(),
        summary: "How a plan is looked at each year.".to_owned(),
        words: "EHC plan review meeting".to_owned(),
        text: "Somebody may talk about swimming too.".to_owned(),
    }]
}

impl Desk {
    fn ask(&self, query: Query) -> Results {
        self.index.search(&query).unwrap()
    }

    fn results(&self, words: &str) -> Results {
        self.ask(Query {
            words: words.to_owned(),
            ..Query::default()
        })
    }

    fn words(&self, words: &str) -> Vec<String> {
        names(&self.results(words))
    }

    fn near(&self, postcode: &str, miles: Option<u16>) -> Results {
        self.ask(Query {
            postcode: Some(postcode.to_owned()),
            miles,
            ..Query::default()
        })
    }
}

fn names(results: &Results) -> Vec<String> {
    results
        .hits
        .iter()
        .map(|hit| hit.listing.name.clone())
        .collect()
}

fn tick(facet: Facet, slug: &str) -> Tick {
    Tick {
        facet,
        slug: slug.parse().unwrap(),
    }
}

fn offer() -> Vec<Listing> {
    vec![
        listing(
            1,
            "Splash Club",
            "Swimming for children who use a wheelchair.",
        )
        .at("Maidstone", Some(MAIDSTONE), None)
        .ages(5, 11)
        .term("Needs", "Physical disability")
        .term("Categories", "Leisure"),
        listing(
            2,
            "Chatterbox",
            "Speech and language therapy for young children.",
        )
        .at("Canterbury", None, Some("CT1 2EH"))
        .ages(0, 5)
        .term("Needs", "Speech and language")
        .term("Categories", "Health"),
        listing(3, "Helpline", "Ring us about autism, or about swimming.")
            .term("Needs", "Autism")
            .term("Categories", "Information"),
        listing(4, "Spectrum Stars", "A group for autistic teenagers.")
            .at("Canterbury", Some(CANTERBURY), None)
            .at("Maidstone", Some(MAIDSTONE), None)
            .ages(13, 19)
            .term("Needs", "Autism")
            .term("Categories", "Leisure"),
    ]
}
