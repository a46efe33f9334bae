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
                $body.map_err($crate::StoreError::from)
            }
            $crate::Tx::Postgres(tx) => {
                $crate::dialect::on_postgres!(tx, |$connection| $body)
            }
        }
    };
}

/// Runs one body on a connection to PostgreSQL, and waits for it no longer than its transaction does.
macro_rules! on_postgres {
    ($tx:expr, |$connection:ident| $body:expr) => {{
        let (connection, answer) = $tx.limited();
        answer
            .of(async {
                let $connection = connection;
                Ok::<_, $crate::StoreError>($body?)
            })
            .await
    }};
}

/// Runs a statement; gives the number of rows it changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query($sql)
            $(.bind($value))*
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))
    };
}

/// Fetches the one row there may be, as the given `FromRow` type.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_optional(connection)
            .await)
    };
}

/// Fetches the one row there always is.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_one(connection)
            .await)
    };
}

/// Fetches all rows.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::dialect::both!($tx, |connection| sqlx::query_as::<_, $row>($sql)
            $(.bind($value))*
            .fetch_all(connection)
            .await)
    };
}

pub(crate) use {both, execute, fetch_all, fetch_one, fetch_optional, on_postgres};
