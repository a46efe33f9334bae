//! Real mail of others, where it lies beside the checkout: `../shared/corpus/mail`. It is not ours to carry.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of the corpus. Where there is none the test says so past its harness, which keeps to itself what a test
/// printed that passes.
///
/// # Panics
/// Where a corpus is to be expected and is not there: a checkout alone has nothing beside it.
pub(crate) fn corpus() -> Option<PathBuf> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .find(|folder| folder.join("rust-toolchain.toml").is_file())?;
    let shared = checkout.with_file_name("shared");
    let corpus = shared.join("corpus/mail");
    if corpus.is_dir() {
        return Some(corpus);
    }
    let on_ci = std::env::var_os("CI").is_some_and(|it| it == "true");
    let is_expected = shared.join("corpus").is_dir() || (on_ci && shared.is_dir());
    assert!(!is_expected, "{} is to be there", corpus.display());
    let test = std::thread::current();
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED: {}: there is no ../shared/corpus/mail beside the checkout",
        test.name().unwrap_or_default()
    );
    None
}
