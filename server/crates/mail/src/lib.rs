//! Mail going out: what our letters say, how they are packed, and what carries them; and mail coming
//! in, read
//!
//! Going out, start with [`letters::compose`], which makes a [`Letter`] from facts. The letter waits in the outbox;
//! at the moment of sending it is packed as an [`OutgoingMail`], its private link is filled in
//! ([`message`] says why so late), and a [`Transport`] hands it to a server or writes it to a folder.
//! [`secrets`] signs what goes into a link or a return path.
//!
//! Coming in, start with [`incoming::read`], which makes something readable of any bytes, and
//! [`mailbox`], from which they are fetched.
//!
//! This crate knows no database and no use case: it never decides whether a letter may be sent.

pub mod automatic;
pub mod delivery_report;
pub mod evidence;
pub mod incoming;
pub mod letters;
pub mod mailbox;
pub mod message;
pub mod outgoing;
pub mod quoting;
mod return_path;
pub mod secrets;
#[cfg(test)]
mod tests;
mod tls;
pub mod transport;

pub use letters::{Invitation, InvitationPurpose, invitation};
pub use message::Letter;
pub use outgoing::{Automatic, ComposeError, OutgoingMail, Sender};
pub use secrets::LinkKey;
pub use transport::{Accepted, FolderTransport, SendError, SmtpTransport, Transport};
