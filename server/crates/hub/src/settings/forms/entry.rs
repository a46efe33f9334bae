//! A list of the settings: showing, adding, changing, moving and taking away one of its entries.

use std::str::FromStr;

use domain::{
    council::Council,
    form::{Faults, Fields},
};

use super::Item;
use crate::Error;

/// One kind of list.
pub(super) trait Entry: Clone + Sized {
    /// The list, in the settings.
    fn list(council: &mut Council) -> &mut Vec<Self>;

    /// The same, to look at.
    fn listed(council: &Council) -> &[Self];

    /// The entry as its form shows it.
    fn show(&self) -> Fields;

    /// The entry that a form makes of the one that was there.
    fn read(fields: &Fields, before: Option<&Self>, council: &Council) -> Result<Self, Faults>;

    /// What becomes of an entry that is taken away: nothing, unless something may still name it.
    fn retire(self, _council: &mut Council) {}

    /// Takes back what was taken away, by its key.
    fn bring_back(_council: &mut Council, _key: &str) -> Option<Self> {
        None
    }
}

/// Which button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Press {
    /// Keep what was typed.
    Save,
    /// Take it away.
    Remove,
    /// Put it one place higher.
    Up,
    /// Offer something again that was taken away.
    BringBack,
}

impl FromStr for Press {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        match code {
            "" | "save" => Ok(Self::Save),
            "remove" => Ok(Self::Remove),
            "up" => Ok(Self::Up),
            "bring-back" => Ok(Self::BringBack),
            _ => Err(Error::NotFound),
        }
    }
}

pub(super) fn show_entry<T: Entry>(council: &Council, item: Item) -> Option<Fields> {
    match item {
        Item::New => Some(Fields::default()),
        Item::At(place) => T::listed(council).get(place.checked_sub(1)?).map(T::show),
        Item::Whole | Item::Letter(_) => None,
    }
}

pub(super) fn change_list<T: Entry>(
    council: &mut Council,
    item: Item,
    press: Press,
    fields: &Fields,
) -> Result<(), Error> {
    match (item, press) {
        (Item::New, Press::Save) => {
            let new = T::read(fields, None, council)?;
            T::list(council).push(new);
        }
        (Item::New, Press::BringBack) => {
            let back = T::bring_back(council, fields.one("key")).ok_or(Error::NotFound)?;
            T::list(council).push(back);
        }
        (Item::At(place), press) => {
            let index = place.checked_sub(1).ok_or(Error::NotFound)?;
            let before = T::listed(council).get(index).cloned();
            let before = before.ok_or(Error::NotFound)?;
            at(council, index, before, &press, fields)?;
        }
        _ => return Err(Error::NotFound),
    }
    Ok(())
}

fn at<T: Entry>(
    council: &mut Council,
    index: usize,
    before: T,
    press: &Press,
    fields: &Fields,
) -> Result<(), Error> {
    match press {
        Press::Save => {
            let changed = T::read(fields, Some(&before), council)?;
            if let Some(place) = T::list(council).get_mut(index) {
                *place = changed;
            }
        }
        Press::Remove => {
            T::list(council).remove(index);
            before.retire(council);
        }
        Press::Up if index > 0 => T::list(council).swap(index - 1, index),
        Press::Up => {}
        Press::BringBack => return Err(Error::NotFound),
    }
    Ok(())
}
