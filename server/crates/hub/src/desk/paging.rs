//! Long lists are read a page at a time, each from where the last one ended: what is dealt with meanwhile moves nothing
//! to another page. Where that was stands in the address of the next page.

use std::{fmt::Display, str::FromStr};

use jiff::Timestamp;

/// How many rows a page of a list has.
const ROWS: u32 = 25;
/// How many are asked for: the one too many says that another page follows.
pub(super) const ASKED: u32 = ROWS + 1;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// In the list's order.
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A page of a list that says how long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted<T> {
    /// In the list's order.
    pub rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// How many there are on all pages, counted up to 1,000.
    pub count: u32,
}

/// Of two lists that stand on one page: where the page before ended in each, as it was given with that page; anything
/// else begins anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InTwoLists {
    /// In the upper one.
    pub upper: Option<String>,
    /// In the lower one.
    pub lower: Option<String>,
}

impl<T> Page<T> {
    /// Of what was read when [`ASKED`] were asked for; `place` says where a row stands.
    pub(super) fn of<I: Display>(
        mut rows: Vec<T>,
        place: impl FnOnce(&T) -> (Timestamp, I),
    ) -> Self {
        let more = rows.len() > ROWS as usize;
        rows.truncate(ROWS as usize);
        let last = rows.last().filter(|_| more);
        let next = last.map(|row| {
            let (at, id) = place(row);
            format!("{}.{id}", at.as_millisecond())
        });
        Self { rows, next }
    }

    pub(super) fn map<U>(self, to: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(to).collect(),
            next: self.next,
        }
    }

    pub(super) fn counted(self, count: u32) -> Counted<T> {
        let Self { rows, next } = self;
        Counted { rows, next, count }
    }
}

/// The place that [`Page::next`] tells; none if it is anything else.
pub(super) fn place<I: FromStr>(text: Option<&str>) -> Option<(Timestamp, I)> {
    let (at, id) = text?.split_once('.')?;
    let at = Timestamp::from_millisecond(at.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use domain::ids::MailId;
    use uuid::Uuid;

    use super::*;

    fn rows(count: u32) -> Vec<(Timestamp, MailId)> {
        let at = |number: u32| Timestamp::from_millisecond(i64::from(number)).unwrap();
        let id = |number: u32| MailId::from_uuid(Uuid::from_u128(number.into()));
        (0..count).map(|number| (at(number), id(number))).collect()
    }

    #[test]
    fn a_page_says_where_the_next_one_begins_if_there_is_one() {
        for count in [0, 1, ROWS] {
            let page = Page::of(rows(count), |row| *row);
            assert_eq!((page.rows.len(), page.next), (count as usize, None));
        }
        let page = Page::of(rows(ASKED), |row| *row);
        assert_eq!(page.rows, rows(ROWS));
        let next = place(page.next.as_deref());
        assert_eq!(next, page.rows.last().copied());
    }

    #[test]
    fn what_is_no_place_begins_anew() {
        for text in [
            None,
            Some(""),
            Some("1"),
            Some("1.x"),
            Some("x.y"),
            Some("."),
        ] {
            assert_eq!(place::<MailId>(text), None, "{text:?}");
        }
    }
}
