//! What an officer finds on the pages when all is over: every file that came, and whoever was told nothing.

use std::fs;

use sha2::{Digest as _, Sha256};

use super::{
    book::Entry,
    browser::Browser,
    mark::Mark,
    rows::{Attachment, Rows},
    world::{World, signed_in},
};

/// The list of those who were told nothing.
const UNTOLD: &str = "/desk/not-acknowledged";

/// Looks at all of it, while the servers serve. Gives what is not as it should be.
pub(super) fn look(world: &World) -> Vec<String> {
    let mut browser = signed_in(world);
    let rows = Rows::read(world);
    let entries = world.book.entries();
    let with_files = entries.iter().filter(|entry| entry.accepted);
    let with_files: Vec<&Entry> = with_files
        .filter(|entry| entry.attached.is_some())
        .collect();
    let files = |browser: &mut Browser<'_>| -> Vec<String> {
        let faults = with_files.iter();
        faults
            .filter_map(|entry| file(&rows, browser, entry).err())
            .collect()
    };
    let mut faults = files(&mut browser);
    // Once more from the mails themselves, for which the copies may go.
    for number in 0..world.processes {
        let copies = world.folder().join(format!("data-{number}/attachments"));
        // A server that filed none has none.
        let _ = fs::remove_dir_all(copies);
    }
    faults.extend(files(&mut browser));
    faults.extend(untold(&rows, &mut browser));
    faults
}

/// The file that came with this message, as it is handed out.
fn file(rows: &Rows, browser: &mut Browser<'_>, entry: &Entry) -> Result<(), String> {
    let mark = entry.mark;
    let word = mark.to_string();
    if rows.quarantined.iter().any(|raw| raw.contains(&word)) {
        return Ok(());
    }
    let found = rows.attachments.iter();
    let found: Vec<&Attachment> = found
        .filter(|one| Mark::in_text(&one.body) == Some(mark))
        .collect();
    let [one] = found.as_slice() else {
        let count = found.len();
        return Err(format!("{mark} came with a file, and has {count}"));
    };
    if entry.attached.map(Vec::from).as_ref() != Some(&one.sha256) {
        return Err(format!("the file of {mark} has another hash"));
    }
    let address = format!("/desk/attachment/{}/{}", one.message, one.ordinal);
    let answer = browser.get(&address);
    if answer.status != 200 || Sha256::digest(&answer.body).as_slice() != one.sha256 {
        let words = answer.told();
        return Err(format!("the file of {mark} is handed out as {words}"));
    }
    Ok(())
}

/// Whoever got no acknowledgement stands in the list of those, and each mail that reached nobody is counted in the other.
fn untold(rows: &Rows, browser: &mut Browser<'_>) -> Vec<String> {
    let list = all_pages_of_untold(browser);
    let enquiries = rows.enquiries.values();
    let failed = enquiries.filter(|one| one.acknowledgement.as_deref() == Some("failed"));
    let failed: Vec<&str> = failed.map(|one| one.reference.as_str()).collect();
    let shown = failed.iter().filter(|one| list.contains(**one)).count();
    let mut faults = Vec::new();
    if shown != failed.len() {
        let all = failed.len();
        faults.push(format!("{shown} of {all} who were told nothing are shown"));
    }
    let dead = rows.mails.iter().filter(|mail| mail.state == "dead");
    let dead = dead.count();
    let page = browser.get("/desk");
    if dead > 1 && !page.text().contains(&format!("{dead} mails did not reach")) {
        faults.push(format!("nobody is told of {dead} mails that were given up"));
    }
    faults
}

/// The pages of that list one after the other, as an officer goes through them.
fn all_pages_of_untold(browser: &mut Browser<'_>) -> String {
    let next = format!("href=\"{UNTOLD}?");
    let (mut all, mut address) = (String::new(), UNTOLD.to_owned());
    loop {
        let answer = browser.get(&address);
        let page = answer.text();
        all.push_str(&page);
        let Some((_, rest)) = page.split_once(&next) else {
            return all;
        };
        let place = rest.split('"').next().unwrap_or_default();
        address = format!("{UNTOLD}?{place}");
    }
}
