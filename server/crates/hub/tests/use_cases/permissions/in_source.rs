//! The use cases as they stand in the hub's source.

use std::{fs, path::Path};

use hub::policy::{Act, TABLE};

/// A public function of the hub that may wait for something.
pub(super) struct UseCase {
    /// Its file under `src`, and its name.
    pub(super) name: String,
    /// Whether it takes an actor.
    pub(super) takes_actor: bool,
    /// What it asks the policy in its first line.
    pub(super) act: Option<Act>,
}

/// Every use case that stands in the hub's source.
pub(super) fn use_cases() -> Vec<UseCase> {
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        "",
        &mut found,
    );
    assert!(found.len() > 30, "the source was not read");
    found
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<UseCase>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for piece in source.split("pub async fn ").skip(1) {
            let (function, _) = piece.split_once('(').unwrap();
            let (head, body) = piece.split_once(" {\n").unwrap();
            let (first, _) = body.split_once('\n').unwrap();
            found.push(UseCase {
                name: format!("{prefix}{name} {function}"),
                takes_actor: head.contains("actor: &Actor"),
                act: asked(first),
            });
        }
    }
}

fn asked(line: &str) -> Option<Act> {
    let (call, rest) = line.split_once("(actor, Act::")?;
    let (_, function) = call.rsplit_once(' ')?;
    let (name, _) = rest.split_once(')')?;
    let row = TABLE.iter().find(|row| format!("{:?}", row.act) == name);
    row.map(|row| row.act)
        .filter(|_| ["may", "person", "permit"].contains(&function))
}
