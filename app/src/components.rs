//! GOV.UK patterns and a few of our own as components, drawn by the server only.
//!
//! They hold no rules and ask nobody for data: what they show is handed to them. Start with
//! [`Page`] (the frame of every page), then [`field`] (a form's questions). Their looks are in
//! `style/components/`. Patterns: <https://design-system.service.gov.uk/components/>.

pub mod back_link;
pub mod button;
pub mod card_table;
pub mod due;
pub mod error_summary;
pub mod field;
pub mod help_block;
pub mod mark;
pub mod notification;
pub mod page;
pub mod pagination;
pub mod panel;
pub mod phone_link;
pub mod promise_box;
pub mod qr_code;
pub mod safety_box;
pub mod spoken;
pub mod summary_list;
pub mod tag;
pub mod thread;

pub use back_link::{BackLink, BackTo};
pub use button::{Button, ButtonKind, ButtonLink};
pub use card_table::CardTable;
pub use due::{Due, DueState};
pub use error_summary::ErrorSummary;
pub use field::{
    Checkboxes, Choice, DateFields, Heading, Radios, SelectField, TextArea, TextField, Whose,
    nothing_or,
};
pub use help_block::{Help, HelpBlock};
pub use mark::Mark;
pub use notification::{Done, Notice, NotificationBanner};
pub use page::{NavigationLink, Page, PageWidth, Reader, Site};
pub use pagination::{Pagination, page_steps};
pub use panel::Panel;
pub use phone_link::PhoneLink;
pub use promise_box::PromiseBox;
pub use qr_code::QrCode;
pub use safety_box::SafetyBox;
pub use spoken::unbroken_groups;
pub use summary_list::{SummaryList, SummaryRow};
pub use tag::{Tag, TagColour};
pub use thread::{Entry, ThreadMessage};
