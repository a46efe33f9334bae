//! The guides: each can be read by the program and by a parent, leads somewhere and names its services.

use std::{fs, path::Path};

use domain::guide::{Block, Guide, Inline, Situation, Target};
use hub::{
    Actor,
    guides::{FILES, read},
    local_offer::{Follower, Writing},
    search::Query,
};
use testing::{TestHub, council::SAMPLE_SERVICES, eventually, reading::Reader};
use tokio_util::sync::CancellationToken;

/// The fewest and the most words that a guide may have.
const WORDS: std::ops::RangeInclusive<u32> = 300..=700;

/// Pages that a guide may link to, besides other guides.
const PAGES: [&str; 5] = [
    "/ask",
    "/local-offer",
    "/our-promise",
    "/privacy",
    "#help-title",
];

fn guides() -> Vec<Guide> {
    FILES
        .iter()
        .map(|file| match read(file.slug, file.text) {
            Ok(guide) => guide,
            Err(fault) => unreachable!("{}.md: {fault}", file.slug),
        })
        .collect()
}

fn lines(guide: &Guide) -> impl Iterator<Item = &Vec<Inline>> {
    guide.blocks.iter().flat_map(|block| match block {
        Block::Heading(_) => [].iter(),
        Block::Paragraph(line) => std::slice::from_ref(line).iter(),
        Block::Inset(lines) | Block::List(_, lines) => lines.iter(),
    })
}

#[test]
fn every_file_of_the_folder_is_a_guide() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/guides");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".md")?.to_owned()))
        .filter(|name| name != "README")
        .collect();
    names.sort_unstable();
    let mut known: Vec<_> = guides()
        .into_iter()
        .map(|guide| guide.slug.to_string())
        .collect();
    known.sort_unstable();
    assert_eq!(known, names, "guides/files.rs lists them");
}

#[test]
fn guides_of_one_situation_stand_together_and_none_is_empty() {
    let mut in_order: Vec<_> = guides().iter().map(|guide| guide.situation).collect();
    in_order.dedup();
    assert_eq!(in_order, Situation::ALL);
}

#[test]
fn every_guide_is_short_and_plain() {
    let reader = Reader::default();
    let mut wrong = Vec::new();
    println!("grade sentence  words  (guides, as they are written)");
    for guide in guides() {
        let pieces = guide.pieces();
        let head = [guide.title.as_str(), guide.summary.as_str()];
        let measure = reader.measure(pieces.iter().map(String::as_str).chain(head));
        println!("{measure}  {}", guide.slug);
        if !measure.is_plain() || !WORDS.contains(&measure.words) {
            wrong.push(guide.slug);
        }
    }
    assert_eq!(wrong, [], "too hard to read, too short or too long");
}

#[test]
fn every_guide_says_what_to_do_first() {
    for guide in guides() {
        let first = guide.parts().next().map(|part| part.words.as_str());
        assert_eq!(first, Some("What to do first"), "{}", guide.slug);
    }
}

#[test]
fn every_link_of_a_guide_leads_somewhere() {
    let guides = guides();
    let known = |path: &str| {
        let path = path.split('?').next().unwrap_or_default();
        let guide = path.strip_prefix("/guides/");
        PAGES.contains(&path)
            || guide.is_some_and(|slug| guides.iter().any(|guide| guide.slug.as_str() == slug))
    };
    for guide in &guides {
        for piece in lines(guide).flatten() {
            match piece {
                Inline::Link {
                    to: Target::Here(path),
                    ..
                } => {
                    assert!(known(path), "{}: {path}", guide.slug);
                    assert!(
                        !path.ends_with(guide.slug.as_str()),
                        "{} leads to itself",
                        guide.slug
                    );
                }
                Inline::Link {
                    to: Target::Elsewhere(address),
                    ..
                } => {
                    assert!(
                        address.as_str().starts_with("https://"),
                        "{}: {address:?}",
                        guide.slug
                    );
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_guide_s_words_can_be_indexed() {
    let guides = guides();
    let assessment = guides
        .iter()
        .find(|guide| guide.slug.as_str() == "ehc-needs-assessment");
    let text = assessment.unwrap().plain_text();
    assert!(
        text.starts_with("An EHC needs assessment is a close look"),
        "{text}"
    );
    assert!(text.contains("\nHow long it takes\n"), "{text}");
    assert!(!text.contains(['*', '[', '#']), "{text}");
}

#[test]
fn a_faulty_file_says_what_is_wrong() {
    let good = FILES[0].text;
    for (file, says) in [
        ("no head".to_owned(), "begins with a line +++"),
        (
            good.replace("situation = \"starting\"", "situation = \"lost\""),
            "“lost”",
        ),
        (
            good.replace("checked_on = \"", "checked_on = \"x"),
            "its head",
        ),
        (good.replace("name = ", "nmae = "), "nmae"),
        (
            good.replace("## What to do first", "# What to do first"),
            "its text",
        ),
    ] {
        let fault = read("a-guide", &file).unwrap_err().to_string();
        assert!(fault.contains(says), "{fault}");
    }
    assert!(read("Not a name", good).is_err());
}

#[tokio::test]
async fn every_guide_names_services_of_the_sample() {
    let test = TestHub::new().await;
    let (hub, guides) = (&test.hub, test.hub.guides());
    assert_eq!(guides.services(&guides.all()[0]).await.unwrap(), None);
    let stop = CancellationToken::new();
    let follower = tokio::spawn(Follower::new(hub).await.unwrap().follow(stop.clone()));
    let offer = hub.local_offer();
    let import = offer.import(&Actor::System, SAMPLE_SERVICES, Writing::Real);
    let imported = import.await.unwrap().services;
    eventually(async || {
        let found = offer.search(&Query::default()).await.unwrap();
        (found.total == imported).then_some(())
    })
    .await;
    for guide in guides.all() {
        let services = guides.services(guide).await.unwrap().unwrap();
        let names: Vec<_> = services
            .hits
            .iter()
            .map(|hit| hit.listing.name.as_str())
            .collect();
        println!("{} ({}): {}", guide.slug, services.total, names.join(" | "));
        assert!((1..=6).contains(&names.len()), "{}", guide.slug);
    }
    stop.cancel();
    follower.await.unwrap();
}
