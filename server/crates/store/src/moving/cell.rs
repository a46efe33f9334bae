//! One value of a row on its way, and a digest of a whole table.

use sha2::{Digest as _, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::StoreError;

/// The kinds of columns that our tables have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Bytes,
    Integer,
    Text,
    Real,
    Flag,
}

/// A value, or its absence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Uuid(Option<Uuid>),
    Bytes(Option<Vec<u8>>),
    Integer(Option<i64>),
    Text(Option<String>),
    Real(Option<f64>),
    Flag(Option<bool>),
}

impl Kind {
    /// From PostgreSQL's own name of the type.
    pub(super) fn from_type(name: &str) -> Result<Self, StoreError> {
        match name {
            "uuid" => Ok(Self::Uuid),
            "bytea" => Ok(Self::Bytes),
            "int8" => Ok(Self::Integer),
            "text" => Ok(Self::Text),
            "float8" => Ok(Self::Real),
            "bool" => Ok(Self::Flag),
            other => Err(StoreError::corrupt(format!(
                "a column of the type {other}, which cannot be moved"
            ))),
        }
    }
}

impl Cell {
    pub(super) fn from_sqlite(
        row: &SqliteRow,
        place: usize,
        kind: Kind,
    ) -> Result<Self, sqlx::Error> {
        Ok(match kind {
            Kind::Uuid => Self::Uuid(row.try_get(place)?),
            Kind::Bytes => Self::Bytes(row.try_get(place)?),
            Kind::Integer => Self::Integer(row.try_get(place)?),
            Kind::Text => Self::Text(row.try_get(place)?),
            Kind::Real => Self::Real(row.try_get(place)?),
            Kind::Flag => Self::Flag(row.try_get(place)?),
        })
    }

    fn write(&self, hash: &mut Sha256) {
        let mut value = |bytes: Option<&[u8]>| match bytes {
            Some(bytes) => {
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            None => hash.update(u64::MAX.to_be_bytes()),
        };
        match self {
            Self::Uuid(id) => value(id.as_ref().map(|id| id.as_bytes().as_slice())),
            Self::Bytes(bytes) => value(bytes.as_deref()),
            Self::Integer(number) => value(
                number
                    .map(i64::to_be_bytes)
                    .as_ref()
                    .map(<[u8; 8]>::as_slice),
            ),
            Self::Text(text) => value(text.as_ref().map(String::as_bytes)),
            Self::Real(number) => value(
                number
                    .map(f64::to_be_bytes)
                    .as_ref()
                    .map(<[u8; 8]>::as_slice),
            ),
            Self::Flag(flag) => value(
                flag.map(|flag| [u8::from(flag)])
                    .as_ref()
                    .map(<[u8; 1]>::as_slice),
            ),
        }
    }
}

/// How many rows there are, and a sum of their hashes: the same in whatever order they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Digest {
    rows: u64,
    sum: u128,
}

impl Digest {
    pub(super) fn add(&mut self, row: &[Cell]) {
        let mut hash = Sha256::new();
        for cell in row {
            cell.write(&mut hash);
        }
        let hash: [u8; 32] = hash.finalize().into();
        let (half, _) = hash.split_at(16);
        let mut first = [0; 16];
        first.copy_from_slice(half);
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(first));
        self.rows += 1;
    }

    pub(super) const fn rows(self) -> u64 {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[Cell]]) -> Digest {
        let mut digest = Digest::default();
        for row in rows {
            digest.add(row);
        }
        digest
    }

    #[test]
    fn order_does_not_count_and_everything_else_does() {
        let one = [Cell::Text(Some("a".to_owned())), Cell::Integer(None)];
        let two = [Cell::Text(Some("b".to_owned())), Cell::Integer(Some(0))];
        let empty = [Cell::Text(Some(String::new())), Cell::Integer(None)];
        let none = [Cell::Text(None), Cell::Integer(None)];
        assert_eq!(of(&[&one, &two]), of(&[&two, &one]));
        assert_ne!(of(&[&one, &two]), of(&[&one]));
        assert_ne!(of(&[&one, &one]), of(&[&one, &two]));
        assert_ne!(of(&[&empty]), of(&[&none]));
    }
}
