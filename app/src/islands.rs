//! The only code that is shipped to the browser.
