//! For tests and benches.
