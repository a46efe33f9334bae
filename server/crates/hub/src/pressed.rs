//! A form that is sent twice: a double press, a reload, a phone that tries again after a tunnel.
//!
//! The page gives each form the id that its message will have ([`crate::Hub::new_message_id`], in
//! the hidden field [`FIELD`]). Whoever sends the same words under the same id again finds them
//! kept, and nothing is written or mailed a second time. Other words under that id (somebody went
//! back and wrote more) are another message, with an id of its own: no words are ever lost to this.

use domain::{
    codes::{DeliveryState, MessageKind},
    enquiry::Enquiry,
    form::Fields,
    ids::MessageId,
};
use jiff::Timestamp;
use store::{StoreError, Tx};

use crate::Hub;

/// The hidden field's name.
pub const FIELD: &str = "once";

/// What a press of a form's button is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// The first with these words: the message gets this id.
    First(MessageId),
    /// The words are kept already.
    Again,
}

/// Tells a second press from a first one. The enquiry is held ([`store::Enquiries::hold`]), so
/// that of two presses at the same moment one sees what the other wrote.
pub(crate) async fn pressed(
    hub: &Hub,
    tx: &mut Tx,
    enquiry: &Enquiry,
    fields: &Fields,
    words: (MessageKind, &str),
    at: Timestamp,
) -> Result<Pressed, StoreError> {
    let fresh = || Pressed::First(hub.random(|random| MessageId::generate(at, random)));
    // A page from before this field existed posts none.
    let Ok(id) = fields.one(FIELD).parse::<MessageId>() else {
        return Ok(fresh());
    };
    Ok(match tx.messages().get(id).await? {
        None => Pressed::First(id),
        // What was taken back meanwhile is not sent: pressed again, it is another message.
        Some(kept) if kept.delivery == Some(DeliveryState::TakenBack) => fresh(),
        Some(kept) if kept.enquiry == enquiry.id && (kept.kind, kept.body.as_str()) == words => {
            Pressed::Again
        }
        Some(_) => fresh(),
    })
}
