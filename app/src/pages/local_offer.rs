//! `/local-offer`: searching the local offer, and one page for each service.
//!
//! Start with [`results`] (the search and what it found) or [`listing`] (everything about one
//! service). What a search asks for is in the page's address: [`wanted`] reads and writes it.

mod cards;
mod chosen;
mod filters;
mod guides;
mod list_button;
mod listing;
mod my_list;
mod names;
mod nothing;
mod order;
mod paper;
mod results;
mod search_form;
mod suggested;
#[cfg(test)]
mod tests;
mod told;
mod wanted;
pub(in crate::pages) mod words;

pub(crate) use listing::ListingPage;
pub(crate) use my_list::MyListPage;
pub(crate) use results::ResultsPage;
pub(crate) use search_form::search_form;
pub(crate) use suggested::suggested;
pub(crate) use wanted::{Wanted, browse};
