//! The only code that is shipped to the browser. Each island is a form control that already works
//! as plain HTML; `islands/loader.js` brings it to life when a person first touches it.

mod search_box;

pub use search_box::SearchBox;
