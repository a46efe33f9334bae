//! How much of a message is read, so that no message can stop the reading of the others.

/// Caps on the reading of one message. What is over a cap is left out of what is read, never out
/// of the raw message, and said in [`super::Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Parts in all, at any depth. Default 200: a mail with a hundred photographs is read whole.
    pub parts: usize,
    /// Parts inside parts. Default 12; usual mail has three or four.
    pub depth: usize,
    /// Bytes of the headers of the message, and of each part. Default 256 KiB. A single header is
    /// read up to 64 KiB.
    pub header_bytes: usize,
    /// Bytes of text to read, and a quarter of the bytes of HTML. Default 2 MiB, some 300,000 words.
    pub text_bytes: usize,
    /// Bytes of all attachments together once they are decoded. Default 64 MiB.
    pub decoded_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            parts: 200,
            depth: 12,
            header_bytes: 256 * 1024,
            text_bytes: 2 * 1024 * 1024,
            decoded_bytes: 64 * 1024 * 1024,
        }
    }
}
