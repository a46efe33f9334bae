//! One body of code for two databases: [`both!`] and three short forms of it.
//!
//! SQL is written so that both understand it: `$1`, `ON CONFLICT`, `RETURNING`, partial indexes, row values
//! in comparisons. For a list of ids a statement takes them one at a time (`ANY` is PostgreSQL's alone).
//! Where the two truly differ a method matches on the [`crate::Tx`] itself, and says why.

/// Runs one body on whichever connection the transaction holds: `both!(self.tx, |c| … .execute(c).await)`.
macro_rules! both {
    ($tx:expr, |$connection:ident| $body:expr) => {
        match &mut *$tx {
            $crate::Tx::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::Tx::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

/// Runs a statement; gives the number of rows it changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query($sql)
            $(.bind($value))*
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))
        .map_err($crate::StoreError::from)
    };
}

/// Fetches the one row there may be, as the given `FromRow` type.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_optional(connection)
            .await)
        .map_err($crate::StoreError::from)
    };
}

/// Fetches the one row there always is.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_one(connection)
            .await)
        .map_err($crate::StoreError::from)
    };
}

/// Fetches all rows.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_all(connection)
            .await)
        .map_err($crate::StoreError::from)
    };
}

pub(crate) use {both, execute, fetch_all, fetch_one, fetch_optional};
