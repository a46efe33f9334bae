//! `/guides`: what is written for families, and one page for each guide.
//!
//! [`list`] shows all of them by situation, [`guide`] one with the services that belong to it; [`text`] draws what a
//! guide says.

mod guide;
mod list;
mod text;

pub(crate) use guide::GuidePage;
pub(crate) use list::GuidesPage;

use domain::{guide::Guide, keys::GuideSlug};

/// The address of a guide.
pub(crate) fn address(slug: &GuideSlug) -> String {
    format!("/guides/{slug}")
}

/// The first guide of each situation: a few that show what there is.
pub(crate) fn one_of_each(guides: &[Guide]) -> impl Iterator<Item = &Guide> {
    guides
        .chunk_by(|one, next| one.situation == next.situation)
        .filter_map(<[Guide]>::first)
}
