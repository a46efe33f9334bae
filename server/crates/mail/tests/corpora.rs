//! Real mail of others, where it lies beside the checkout; `-- --nocapture` prints the figures.
//!
//! The collections are not ours to carry: `../shared/corpus/mail` holds bounces, mail of public bodies and
//! replies. Without them these tests say so and pass: what must hold is tested beside the code.
#![allow(
    clippy::unwrap_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]
#![allow(clippy::print_stdout, reason = "the figures are to be read")]

use std::fs;
use std::path::{Path, PathBuf};

use mail::delivery_report;

/// The files of one collection in their order, or `None`, said out loud.
fn collection(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/corpus/mail");
    let folder = root.join(name);
    let Ok(listed) = fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return None;
    };
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    Some(paths.into_iter().map(read).collect())
}

#[test]
fn bounces_of_many_systems_are_known_for_reports() {
    let Some(bounces) = collection("bounces") else {
        return;
    };
    let mut known = 0;
    for (name, raw) in &bounces {
        match delivery_report::read(raw) {
            Some(report)
                if !report.recipients.is_empty() || report.reported_message_id.is_some() =>
            {
                known += 1;
            }
            Some(_) => println!("{name}: a report that names nobody and nothing"),
            None => println!("{name}: not a report"),
        }
    }
    println!(
        "bounces: {known} of {} are reports that say whom or what they are about",
        bounces.len()
    );
    assert!(known * 100 >= bounces.len() * 95);
}

#[test]
fn mail_of_public_bodies_is_no_report_unless_a_mail_system_sent_it() {
    let Some(letters) = collection("council") else {
        return;
    };
    let taken: Vec<&str> = letters
        .iter()
        .filter(|(_, raw)| delivery_report::read(raw).is_some())
        .map(|(name, _)| name.as_str())
        .collect();
    println!("council: reports among {}: {taken:?}", letters.len());
    // Each of them is what Exim sends, from Mailer-Daemon, with X-Failed-Recipients.
    let true_ones = [
        "autoresponse-header.eml",
        "empty-return-path.eml",
        "humberside-police-odd-mime-type.eml",
    ];
    assert_eq!(taken, true_ones);
}

#[test]
fn replies_of_people_are_no_reports() {
    let Some(replies) = collection("replies/emails") else {
        return;
    };
    for (name, body) in replies {
        for head in [
            "Return-Path: <sam@example.org>\nFrom: Sam <sam@example.org>",
            "Return-Path: <>\nFrom: Sam <sam@example.org>",
            "From: postmaster@school.example",
        ] {
            let start = format!("{head}\nTo: send@council.example\nSubject: Undelivered\n\n");
            let raw = [start.as_bytes(), &body].concat();
            assert_eq!(delivery_report::read(&raw), None, "{name}: {head}");
        }
    }
}
