//! Real mail of others, where it lies beside the checkout; `-- --nocapture` prints the figures.
//!
//! The collections are not ours to carry: `../shared/corpus/mail` holds bounces, mail of public bodies and
//! replies. Without them these tests say so and pass: what must hold is tested beside the code.
#![allow(
    clippy::unwrap_used,
    reason = "these stand in helpers of tests, where it ends the test"
)]
#![allow(clippy::print_stdout, reason = "the figures are to be read")]

mod beside;

use std::fs;
use std::path::PathBuf;

use mail::delivery_report;
use mail::quoting::{Part, PartKind, fold};

/// The files of one collection in their order, or `None`, said out loud.
fn collection(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let listed = fs::read_dir(beside::corpus()?.join(name)).unwrap();
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

/// How much two texts have in common, in hundredths: the words of their longest common row, twice, of all.
fn alike(one: &str, other: &str) -> usize {
    let one: Vec<&str> = one.split_whitespace().collect();
    let other: Vec<&str> = other.split_whitespace().collect();
    if one.is_empty() && other.is_empty() {
        return 100;
    }
    let mut row = vec![0; other.len() + 1];
    for word in &one {
        let mut before = 0;
        for (at, seen) in other.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == seen {
                before + 1
            } else {
                above.max(row[at])
            };
            before = above;
        }
    }
    200 * row[other.len()] / (one.len() + other.len())
}

/// One line, its white space as one blank each, without the marks of quotations at its start: the collection writes them
/// in its own way.
fn normalised(line: &str) -> String {
    let is_mark = |symbol: char| symbol.is_whitespace() || matches!(symbol, '>' | '|');
    let line = line.trim_start_matches(is_mark);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines that were hidden and may not be: each must stand in `elided` as a line, or as a part of one.
fn wrongly_hidden<'t>(hidden: &[Part<'t>], elided: &str) -> Vec<&'t str> {
    let allowed: Vec<String> = elided.lines().map(normalised).collect();
    let lines = hidden.iter().flat_map(|part| part.text.lines());
    let wrong = lines.filter(|line| {
        let line = normalised(line);
        !allowed.iter().any(|allowed| allowed.contains(&line))
    });
    wrong.collect()
}

#[test]
fn a_line_is_not_hidden_because_its_letters_stand_in_several() {
    let hidden = |text| {
        [Part {
            kind: PartKind::Quoted,
            text,
        }]
    };
    let elided = "On Monday Sam\nwrote:\n>  Please  come.";
    for allowed in ["> Please come.", "come", "", " wrote:\n"] {
        assert_eq!(wrongly_hidden(&hidden(allowed), elided), [""; 0]);
    }
    for not in ["On Monday Sam wrote:", "Pleasecome.", "Go"] {
        assert_eq!(wrongly_hidden(&hidden(not), elided), [not]);
    }
}

#[test]
fn replies_show_what_is_new_and_hide_only_what_may_be_hidden() {
    let (Some(replies), Some(trimmed)) =
        (collection("replies/emails"), collection("replies/trimmed"))
    else {
        return;
    };
    let elided = collection("replies/elided").unwrap();
    let text_of = |files: &[(String, Vec<u8>)], name: &str| {
        let found = files.iter().find(|(known, _)| known == name);
        let (_, raw) = found.unwrap_or_else(|| panic!("{name} is missing"));
        String::from_utf8_lossy(raw).into_owned()
    };
    let (mut sum, mut same, mut below, mut wrong) = (0, 0, 0, 0);
    for (name, raw) in &replies {
        let text = String::from_utf8_lossy(raw);
        let (new, hidden): (Vec<_>, Vec<_>) = fold(&text)
            .into_iter()
            .partition(|part| part.kind == PartKind::New);
        let new: String = new.iter().map(|part| part.text).collect();
        let likeness = alike(&new, &text_of(&trimmed, name));
        sum += likeness;
        same += usize::from(likeness == 100);
        below += usize::from(likeness < 80);
        if likeness < 100 {
            println!("{name}: {likeness}% alike");
        }
        for line in wrongly_hidden(&hidden, &text_of(&elided, name)) {
            wrong += 1;
            println!("{name}: hidden by mistake: {line}");
        }
    }
    let mean = sum / replies.len();
    println!(
        "replies: new text {mean}% alike on average, the same in {same} of {}, less than 80% alike in {below}; {wrong} lines hidden by mistake",
        replies.len()
    );
    assert!(mean >= 80);
    assert_eq!(wrong, 0);
}
