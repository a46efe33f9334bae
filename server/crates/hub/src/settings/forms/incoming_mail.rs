//! Which mail may be spam: the names of the council's own mail server, and what its filter writes.

use std::str::FromStr;

use domain::{
    council::{Border, Council},
    form::{Faults, Fields},
};

/// More are a list that was pasted by mistake.
const MOST: usize = 20;

pub(super) fn show(council: &Council) -> Fields {
    let Border {
        authserv_ids,
        spam_marks,
    } = &council.border;
    let names: Vec<&str> = authserv_ids.iter().map(|name| name.as_str()).collect();
    let marks: Vec<String> = spam_marks.iter().map(ToString::to_string).collect();
    let mut fields = Fields::default();
    fields.set("authserv_ids", names.join("\n"));
    fields.set("spam_marks", marks.join("\n"));
    fields
}

pub(super) fn read(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let example = "a name like mail.council.gov.uk";
    let authserv_ids = lines(&mut faults, fields, "authserv_ids", example);
    let example = "a header and what it says, like X-Spam-Flag: YES";
    let spam_marks = lines(&mut faults, fields, "spam_marks", example);
    faults.into_result()?;
    council.border = Border {
        authserv_ids,
        spam_marks,
    };
    Ok(())
}

/// A value on each line that is not empty.
fn lines<T: FromStr>(faults: &mut Faults, fields: &Fields, name: &str, example: &str) -> Vec<T> {
    let typed = fields.one(name).lines().map(str::trim);
    let typed: Vec<&str> = typed.filter(|line| !line.is_empty()).collect();
    if typed.len() > MOST {
        faults.add(name, format!("Enter {MOST} lines or fewer"));
        return Vec::new();
    }
    let mut read = Vec::new();
    for (place, line) in typed.iter().enumerate() {
        match line.parse() {
            Ok(value) => read.push(value),
            Err(_) => {
                faults.add(name, format!("Line {} must be {example}", place + 1));
                return Vec::new();
            }
        }
    }
    read
}
