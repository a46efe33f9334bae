//! The browser's half: `app` compiled for WebAssembly, and the JavaScript that loads it.
//!
//! Where rustup could not bring the `wasm32-unknown-unknown` standard library, `.ci/wasm-std`
//! builds it from Debian's `rust-src`; `-L` its folder is all that the compiler then needs.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{Outcome, Problem, cargo, read, root, run, target_dir};

const TARGET: &str = "wasm32-unknown-unknown";

/// Where the target's standard library comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StandardLibrary {
    /// rustup's, found by the compiler by itself.
    Installed,
    /// Built by `.ci/wasm-std` and kept in this folder.
    Folder(PathBuf),
    /// Nowhere; pages are then served without islands.
    Missing,
}

pub(crate) fn standard_library() -> Outcome<StandardLibrary> {
    let installed = PathBuf::from(read(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]))?);
    if installed.is_dir() {
        return Ok(StandardLibrary::Installed);
    }
    let output = Command::new(root().join(".ci/wasm-std"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    match output.status.code() {
        Some(0) => {
            let words = String::from_utf8_lossy(&output.stdout);
            let folder = words.lines().last().unwrap_or_default();
            Ok(StandardLibrary::Folder(PathBuf::from(folder)))
        }
        Some(3) => Ok(StandardLibrary::Missing),
        _ => Err(Problem::new(".ci/wasm-std failed; its words stand above")),
    }
}

/// Points a cargo call at the target and its standard library.
pub(crate) fn aim(command: &mut Command, library: &StandardLibrary) {
    command.args(["--target", TARGET]);
    if let StandardLibrary::Folder(folder) = library {
        command.env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            format!("-L {}", folder.display()),
        );
    }
}

/// Builds `app` for the browser; `None` where there is no standard library to build with.
///
/// Returns the folder that holds `app.js` and `app_bg.wasm`.
pub(crate) fn build() -> Outcome<Option<PathBuf>> {
    let library = standard_library()?;
    if library == StandardLibrary::Missing {
        return Ok(None);
    }
    let mut command = cargo();
    command.args([
        "build",
        "--package",
        "app",
        "--lib",
        "--profile",
        "wasm-release",
        "--no-default-features",
        "--features",
        "hydrate",
    ]);
    aim(&mut command, &library);
    run(&mut command)?;
    let input = target_dir().join(TARGET).join("wasm-release/app.wasm");
    let out = target_dir().join("browser");
    let modified = |file: PathBuf| file.metadata().and_then(|data| data.modified()).ok();
    let made = modified(out.join("app_bg.wasm"));
    if made.is_some() && made >= modified(input.clone()) {
        return Ok(Some(out));
    }
    fs::create_dir_all(&out)?;
    Bindgen::new()
        .input_path(&input)
        .web(true)
        .and_then(|bindgen| {
            bindgen
                .typescript(false)
                .remove_name_section(true)
                .remove_producers_section(true)
                .generate(&out)
        })
        .map_err(|error| Problem::new(format!("wasm-bindgen: {error:#}")))?;
    Ok(Some(out))
}
