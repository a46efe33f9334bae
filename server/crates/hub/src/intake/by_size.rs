//! Work that takes as long as a mail is large.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What is no longer than this is worked on where it stands, in well under a millisecond: most mails are, and handing
/// one to another thread and back takes longer than to read it.
const SHORT: usize = 32 * 1024;

/// The work broke off.
#[derive(Debug, thiserror::Error)]
#[error("the work broke off: the log says where")]
pub(super) struct BrokeOff;

/// Does the work with so many bytes, beside the other work where they are many.
///
/// # Errors
/// When it broke off.
pub(super) async fn do_work<T: Send + 'static>(
    bytes: usize,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, BrokeOff> {
    let done = if bytes > SHORT {
        tokio::task::spawn_blocking(work).await.ok()
    } else {
        catch_unwind(AssertUnwindSafe(work)).ok()
    };
    done.ok_or(BrokeOff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_breaks_off_is_an_error_however_large_it_is() {
        for bytes in [0, SHORT, SHORT + 1] {
            let broken = do_work(bytes, || -> u8 { panic!("a mail that ends its reader") });
            assert!(broken.await.is_err(), "{bytes}");
            assert_eq!(do_work(bytes, || 1).await.ok(), Some(1), "{bytes}");
        }
    }
}
