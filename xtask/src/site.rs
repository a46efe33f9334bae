//! The folder that the server serves files from: style sheet, scripts, WebAssembly, images.
//!
//! Every file whose content may change carries a piece of its hash in its name, so that browsers
//! may keep it for ever; `assets.json` says which name is today's. Everything that shrinks lies
//! beside its brotli form.

use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    fs,
    hash::{Hash, Hasher},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    shell::{Outcome, Problem, npm_ci, root, run, step, target_dir},
    wasm,
};

/// Makes the whole folder and returns it.
pub(crate) fn build() -> Outcome<PathBuf> {
    let styles = step("The style sheet and script", styles)?;
    let browser = step("The browser's WebAssembly (minutes at first)", wasm::build)?;
    if browser.is_none() {
        println!(
            "\n!! No standard library for wasm32-unknown-unknown was found or could be built.\n\
             !! Every page will work, without the islands (suggestions while typing).\n\
             !! To mend it: rustup target add wasm32-unknown-unknown\n"
        );
    }
    assemble(&styles, browser.as_deref())
}

/// Compiles the style sheet and bundles the small script; returns their folder.
pub(crate) fn styles() -> Outcome<PathBuf> {
    let style = root().join("style");
    npm_ci(&style)?;
    let out = target_dir().join("styles");
    fs::create_dir_all(&out)?;
    let tool = |name: &str| {
        let mut command = Command::new(style.join("node_modules/.bin").join(name));
        command.current_dir(&style);
        command
    };
    run(tool("sass")
        .args(["--style=compressed", "--no-source-map", "--quiet-deps"])
        .args(["--load-path=node_modules", "main.scss"])
        .arg(out.join("site.css")))?;
    run(tool("esbuild")
        .args(["script.js", "islands=../app/src/islands/loader.js"])
        .args(["--bundle", "--minify"])
        .args(["--format=esm", "--log-level=warning"])
        .arg(format!("--outdir={}", out.display())))?;
    Ok(out)
}

fn assemble(styles: &Path, browser: Option<&Path>) -> Outcome<PathBuf> {
    let site = target_dir().join("site");
    let made = target_dir().join("site.new");
    if made.exists() {
        fs::remove_dir_all(&made)?;
    }
    fs::create_dir_all(made.join("assets"))?;
    copy(&root().join("public"), &made)?;
    let mut names = BTreeMap::new();
    for name in ["site.css", "script.js", "islands.js"] {
        add(&made, styles, name, &mut names)?;
    }
    if let Some(browser) = browser {
        for name in ["app.js", "app_bg.wasm"] {
            add(&made, browser, name, &mut names)?;
        }
    }
    let list: Vec<String> = names
        .iter()
        .map(|(name, path)| format!("  {name:?}: {path:?}"))
        .collect();
    fs::write(
        made.join("assets.json"),
        format!("{{\n{}\n}}\n", list.join(",\n")),
    )?;
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    fs::rename(&made, &site)?;
    Ok(site)
}

/// Adds one file under a name that carries its hash, with its brotli form beside it.
fn add(site: &Path, from: &Path, name: &str, names: &mut BTreeMap<String, String>) -> Outcome {
    let content = fs::read(from.join(name))?;
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let (stem, extension) = name
        .rsplit_once('.')
        .ok_or_else(|| Problem::new(format!("{name} has no extension")))?;
    let path = format!("assets/{stem}.{:016x}.{extension}", hasher.finish());
    fs::write(site.join(&path), &content)?;
    compress(&site.join(&path), &content)?;
    names.insert(name.to_owned(), format!("/{path}"));
    Ok(())
}

fn compress(beside: &Path, content: &[u8]) -> Outcome {
    let mut path = beside.as_os_str().to_owned();
    path.push(".br");
    let file = fs::File::create(path)?;
    let mut writer = brotli::CompressorWriter::new(file, 1 << 16, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
