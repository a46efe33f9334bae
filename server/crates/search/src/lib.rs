//! The local offer's index.
