//! `send-hub import …`: the whole feed is checked before anything changes.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use domain::{
    council::LocalOfferSettings,
    open_referral::{Fault, Table},
};
use hub::{
    Actor,
    local_offer::{
        Faulty, Feed, ImportError, ImportReport, ListingToChange, PostcodeError, WhatChanges,
        Writing,
    },
};

use super::{Stopped, say, stopped};
use crate::{
    assemble::{self, FirstSettings, Searching},
    cli::{Import, ImportHow},
    config::Config,
};

/// Faulty records were left out; the others are in.
const IN_PART: u8 = 3;

pub(super) async fn run(config: Config, what: Import) -> Result<ExitCode, Stopped> {
    match what {
        Import::OpenReferral { file, how } => {
            let documents = documents(&file).map_err(|problem| unreadable(&file, problem))?;
            listings(&config, Feed::Documents(documents), &how).await
        }
        Import::Csv { folder, how } => {
            let tables = tables(&folder).map_err(|problem| unreadable(&folder, problem))?;
            listings(&config, Feed::Tables(tables), &how).await
        }
        Import::Postcodes { file } => postcodes(&config, &file).await.map(|()| ExitCode::SUCCESS),
    }
}

async fn postcodes(config: &Config, file: &Path) -> Result<(), Stopped> {
    let csv = fs::File::open(file).map_err(|problem| unreadable(file, problem))?;
    let hub = assemble::hub(config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let offer = hub.local_offer();
    let report = match offer.import_postcodes(&Actor::System, csv).await {
        Ok(report) => report,
        Err(PostcodeError::Hub(error)) => return Err(stopped(error)),
        Err(problem) => return Err(stopped(format!("{}: {problem}", file.display()))),
    };
    say(format!(
        "Imported {} postcodes. Left out: {} without a position, {} that are no postcodes.",
        report.imported, report.without_position, report.unreadable
    ));
    Ok(())
}

fn unreadable(path: &Path, problem: io::Error) -> Stopped {
    stopped(format!("{}: {problem}", path.display()))
}

/// A file without a name of its own, or every JSON file of a folder.
fn documents(path: &Path) -> io::Result<Vec<(String, String)>> {
    if !path.is_dir() {
        return Ok(vec![(String::new(), fs::read_to_string(path)?)]);
    }
    let read = |file: PathBuf| Ok((name_of(&file, Path::file_name), fs::read_to_string(file)?));
    files(path, "json")?.into_iter().map(read).collect()
}

fn tables(folder: &Path) -> io::Result<Vec<Table>> {
    let read = |file: PathBuf| {
        let name = name_of(&file, Path::file_stem);
        let csv = fs::read_to_string(file)?;
        Ok(Table { name, csv })
    };
    files(folder, "csv")?.into_iter().map(read).collect()
}

fn name_of(file: &Path, part: fn(&Path) -> Option<&std::ffi::OsStr>) -> String {
    part(file)
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// The folder's files of that kind, by name.
fn files(folder: &Path, kind: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().unwrap_or_default();
        if ending.eq_ignore_ascii_case(kind) {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        let problem = format!("there is no .{kind} file in it");
        return Err(io::Error::new(io::ErrorKind::NotFound, problem));
    }
    Ok(files)
}

async fn listings(config: &Config, feed: Feed, how: &ImportHow) -> Result<ExitCode, Stopped> {
    let hub = assemble::hub(config, Searching::Nowhere, FirstSettings::File)
        .await
        .map_err(stopped)?;
    let writing = match how.dry_run {
        true => Writing::DryRun,
        false => Writing::Real,
    };
    let faulty = match how.partial {
        true => Faulty::LeaveOut,
        false => Faulty::RefuseAll,
    };
    let import = hub
        .local_offer()
        .import_feed(&Actor::System, feed, writing, faulty)
        .await;
    match import {
        Ok(report) => {
            tell(&report, writing);
            tell_of_taxonomies(&report, &hub.council().local_offer);
            Ok(match report.left_out.as_slice() {
                [] => ExitCode::SUCCESS,
                _ => ExitCode::from(IN_PART),
            })
        }
        Err(ImportError::Faults(faults)) => {
            faults.iter().for_each(say);
            say(format!(
                "Nothing was changed: {} must be mended first, or the records left out with --partial.",
                count(faults.len(), "fault")
            ));
            Ok(ExitCode::FAILURE)
        }
        Err(ImportError::Hub(error)) => Err(stopped(error)),
    }
}

fn tell(report: &ImportReport, writing: Writing) {
    for warning in &report.warnings {
        say(format!("Left out: {warning}"));
    }
    for fault in &report.left_out {
        say(format!("Record left out: {fault}"));
    }
    let did = match writing {
        Writing::DryRun => {
            report.changes.iter().map(line).for_each(say);
            "Would import"
        }
        Writing::Real => "Imported",
    };
    let new = |change: &&ListingToChange| change.what == WhatChanges::New;
    let new = report.changes.iter().filter(new).count();
    say(format!(
        "{did} {} and {}: {new} new, {} changed, {} unchanged.",
        count(report.services, "service"),
        count(report.terms, "term"),
        report.changed - new,
        report.services - report.changed,
    ));
    if !report.left_out.is_empty() {
        let faulty = records(&report.left_out);
        say(format!(
            "{} left out because of faults.",
            count(faulty, "record")
        ));
    }
}

/// A directory's own taxonomies are seldom called as the settings call them.
fn tell_of_taxonomies(report: &ImportReport, settings: &LocalOfferSettings) {
    let quoted = |name: &String| format!("“{name}”");
    let there: Vec<String> = report.taxonomies.iter().map(quoted).collect();
    for (setting, name) in report.not_in_the_feed(settings) {
        say(format!(
            "People cannot filter by these terms yet: {setting} is “{name}” in the settings, and the feed's taxonomies are \
             {}.",
            there.join(", ")
        ));
    }
}

fn line(change: &ListingToChange) -> String {
    let ListingToChange { service, name, .. } = change;
    match &change.what {
        WhatChanges::New => format!("New: {name} ({service})"),
        WhatChanges::Properties(properties) if properties.is_empty() => {
            format!("Changed: {name} ({service}): nothing that shows, it is saved anew")
        }
        WhatChanges::Properties(properties) => {
            format!("Changed: {name} ({service}): {}", properties.join(", "))
        }
    }
}

/// In how many records these faults are.
fn records(faults: &[Fault]) -> usize {
    let mut records: Vec<&str> = faults.iter().map(|fault| fault.record.as_str()).collect();
    records.sort_unstable();
    records.dedup();
    records.len()
}

/// "1 service", "2 services"
fn count(number: usize, thing: &str) -> String {
    match number {
        1 => format!("1 {thing}"),
        _ => format!("{number} {thing}s"),
    }
}
