//! Slugs for services and terms, distinct within one file.
//!
//! A slug is made from the name. Where several things of a file would get the same one, *each* of them
//! gets the last eight characters of its id added, so that slugs do not depend on the order of the
//! file (the last, because the first characters of time-ordered ids are alike). Two files may still
//! bring the same slug: whoever saves them keeps the slug a thing already has, and must see to it
//! that a new one is free.

use std::collections::HashMap;

use uuid::Uuid;

use crate::keys::slugify;

/// How much of an id makes a slug distinct.
const PIECE: usize = 8;

/// A slug for each name, in order; at most `longest` characters. `nameless` stands in for a name
/// without a letter or digit that a slug can carry.
pub(super) fn distinct_slugs(
    nameless: &str,
    named: &[(&str, Uuid)],
    longest: usize,
) -> Vec<String> {
    let plain: Vec<String> = named
        .iter()
        .map(|(name, _)| cut(&slugify(name), longest).to_owned())
        .collect();
    let counted = count(&plain);
    let short = |(slug, (_, id)): (&String, &(&str, Uuid))| match slug.as_str() {
        "" => with_piece(nameless, *id, PIECE, longest),
        slug if counted.get(slug).is_some_and(|n| *n > 1) => with_piece(slug, *id, PIECE, longest),
        slug => slug.to_owned(),
    };
    let short: Vec<String> = plain.iter().zip(named).map(short).collect();
    // Ids that end alike, or a name that ends like another's id: then the whole id.
    let counted = count(&short);
    let whole = |(slug, (_, id)): (&String, &(&str, Uuid))| match counted.get(slug) {
        Some(n) if *n > 1 => with_piece(nameless, *id, 32, longest),
        _ => slug.clone(),
    };
    short.iter().zip(named).map(whole).collect()
}

/// A slug from the id alone.
pub(super) fn slug_of_id(nameless: &str, id: Uuid) -> String {
    with_piece(nameless, id, 32, 60)
}

fn count(slugs: &[String]) -> HashMap<String, usize> {
    slugs.iter().fold(HashMap::new(), |mut counted, slug| {
        *counted.entry(slug.clone()).or_default() += 1;
        counted
    })
}

fn with_piece(slug: &str, id: Uuid, piece: usize, longest: usize) -> String {
    let id = id.simple().to_string();
    format!("{}-{}", cut(slug, longest - piece - 1), &id[32 - piece..])
}

/// Slugs are ASCII, so that bytes are characters. Never ends in a hyphen.
fn cut(slug: &str, longest: usize) -> &str {
    slug.get(..longest).unwrap_or(slug).trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_alone_gives_a_plain_slug() {
        let id = Uuid::from_u128(1);
        assert_eq!(
            distinct_slugs("service", &[("Swim & Play", id)], 120)[0],
            slugify("Swim & Play")
        );
    }

    #[test]
    fn each_of_several_of_one_name_gets_a_piece_of_its_id() {
        let named = [
            ("Swim", Uuid::from_u128(0xAB)),
            ("Swim", Uuid::from_u128(0xCD)),
            ("Ski", Uuid::from_u128(1)),
        ];
        assert_eq!(
            distinct_slugs("service", &named, 120),
            ["swim-000000ab", "swim-000000cd", "ski"]
        );
    }

    #[test]
    fn a_name_without_latin_letters_is_called_by_its_id() {
        let slugs = distinct_slugs("service", &[("💧", Uuid::from_u128(0xAB))], 120);
        assert_eq!(slugs, ["service-000000ab"]);
    }

    #[test]
    fn ids_that_end_alike_are_told_apart_by_the_whole_id() {
        let named = [
            ("Swim", Uuid::from_u128(1)),
            ("Swim", Uuid::from_u128(1 << 64 | 1)),
        ];
        let slugs = distinct_slugs("service", &named, 60);
        assert_ne!(slugs[0], slugs[1]);
        assert!(slugs.iter().all(|slug| slug.len() <= 60));
    }
}
