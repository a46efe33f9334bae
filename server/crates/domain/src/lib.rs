//! The rules of the hub as pure types.
