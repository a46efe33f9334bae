//! By what mail is known whose sender is doubted: the names of the council's own mail server, and what its filter writes.

use domain::{
    council::{Council, DoubtedMail, SpamMark},
    form::{Faults, Fields},
};

/// More are a list that was pasted by mistake.
const MOST: usize = 20;
/// Longest name or mark, in bytes.
const LINE: usize = 200;

pub(super) fn show(council: &Council) -> Fields {
    let DoubtedMail {
        authserv_ids,
        marks,
    } = &council.doubted_mail;
    let marks: Vec<String> = marks
        .iter()
        .map(|mark| format!("{}: {}", mark.header, mark.contains))
        .collect();
    let mut fields = Fields::default();
    fields.set("authserv_ids", authserv_ids.join("\n"));
    fields.set("spam_marks", marks.join("\n"));
    fields
}

pub(super) fn read(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let example = "a name like mail.council.gov.uk";
    let authserv_ids = lines(&mut faults, fields, "authserv_ids", server_name, example);
    let example = "a header and what it says, like X-Spam-Flag: YES";
    let marks = lines(&mut faults, fields, "spam_marks", spam_mark, example);
    faults.into_result()?;
    council.doubted_mail = DoubtedMail {
        authserv_ids,
        marks,
    };
    Ok(())
}

/// A value on each line that is not empty.
fn lines<T>(
    faults: &mut Faults,
    fields: &Fields,
    name: &str,
    read: fn(&str) -> Option<T>,
    example: &str,
) -> Vec<T> {
    let typed = fields.one(name).lines().map(str::trim);
    let typed: Vec<&str> = typed.filter(|line| !line.is_empty()).collect();
    if typed.len() > MOST {
        faults.add(name, format!("Enter {MOST} lines or fewer"));
        return Vec::new();
    }
    let values: Vec<Option<T>> = typed
        .iter()
        .map(|line| read(line).filter(|_| line.len() <= LINE))
        .collect();
    if let Some(place) = values.iter().position(Option::is_none) {
        faults.add(name, format!("Line {} must be {example}", place + 1));
    }
    values.into_iter().flatten().collect()
}

/// A name by which a mail server signs (`authserv-id`): one word.
fn server_name(line: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b";()\"\\,<>".contains(&byte);
    line.bytes().all(plain).then(|| line.to_owned())
}

/// A header and what it says, as it stands in a mail.
fn spam_mark(line: &str) -> Option<SpamMark> {
    let (header, contains) = line.split_once(':')?;
    let (header, contains) = (header.trim(), contains.trim());
    let names = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let right = !header.is_empty()
        && header.bytes().all(names)
        && !contains.is_empty()
        && !contains.chars().any(char::is_control);
    right.then(|| SpamMark {
        header: header.to_owned(),
        contains: contains.to_owned(),
    })
}
