//! The folder that xtask makes: which names its files have today.

use std::{collections::HashMap, path::Path};

use app::{Assets, IslandAssets};

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the folder {folder} with the style sheet and the scripts cannot be read ({reason}): build it with `cargo xtask run`, or set SEND_HUB_SITE"
)]
pub(crate) struct AssetsError {
    folder: String,
    reason: String,
}

/// Reads `assets.json`.
pub(crate) fn read(folder: &Path) -> Result<Assets, AssetsError> {
    let error = |reason: String| AssetsError {
        folder: folder.display().to_string(),
        reason,
    };
    let text = std::fs::read_to_string(folder.join("assets.json"))
        .map_err(|problem| error(problem.to_string()))?;
    let names: HashMap<String, String> =
        serde_json::from_str(&text).map_err(|problem| error(problem.to_string()))?;
    let name = |file: &str| names.get(file).map(|path| path.as_str().into());
    let islands = name("islands.js")
        .zip(name("app.js"))
        .zip(name("app_bg.wasm"))
        .map(|((loader, module), wasm)| IslandAssets {
            loader,
            module,
            wasm,
        });
    Ok(Assets {
        css: name("site.css").ok_or_else(|| error("it names no site.css".to_owned()))?,
        script: name("script.js").ok_or_else(|| error("it names no script.js".to_owned()))?,
        islands,
    })
}
