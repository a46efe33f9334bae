//! The sections that are one form: names, contact, the promise.

use domain::{
    council::{AutomaticMail, Contact, Council, Look, MailSettings, PromisePolicy},
    email::EmailAddress,
    form::{Faults, Fields},
};

use crate::typed::{code, line, optional_code};

/// Longest line, in characters.
const LINE: usize = 200;
const EMAIL: &str = "Enter an email address, like enquiries@council.gov.uk";

pub(super) fn show_council(council: &Council) -> Fields {
    let mut fields = Fields::default();
    fields.set("name", council.name.clone());
    fields.set("short_name", council.short_name.clone());
    fields.set("from_name", council.mail.from_name.clone());
    fields.set("from_address", council.mail.from_address.to_string());
    let caps = council.automatic_mail;
    for (name, value) in [
        ("per_address", caps.per_address),
        ("window_minutes", caps.window_minutes),
        ("per_enquiry", caps.per_enquiry),
    ] {
        fields.set(name, value.to_string());
    }
    let unsorted = council.mail.unsorted_topic.as_ref();
    fields.set(
        "unsorted_topic",
        unsorted.map_or_else(String::new, ToString::to_string),
    );
    fields.set("answers", council.mail.answers.as_str());
    fields
}

pub(super) fn read_council(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let name = line(
        &mut faults,
        fields,
        "name",
        LINE,
        "Enter the council’s name",
    );
    let ask = "Enter the name that people say";
    let short_name = line(&mut faults, fields, "short_name", LINE, ask);
    let ask = "Enter the name that mail comes from";
    let from_name = line(&mut faults, fields, "from_name", LINE, ask);
    let from_address: Option<EmailAddress> = code(&mut faults, fields, "from_address", EMAIL);
    let caps = automatic_mail(&mut faults, fields, council.automatic_mail);
    let unsorted_topic = optional_code(&mut faults, fields, "unsorted_topic");
    // A page from before this field existed posts none.
    let answers = fields
        .one("answers")
        .parse()
        .unwrap_or(council.mail.answers);
    faults.clone().into_result()?;
    let (Some(name), Some(short_name), Some(from_name), Some(from_address), Some(caps)) =
        (name, short_name, from_name, from_address, caps)
    else {
        return Err(faults);
    };
    council.automatic_mail = caps;
    council.name = name;
    council.short_name = short_name;
    council.mail = MailSettings {
        from_name,
        from_address,
        unsorted_topic,
        answers,
    };
    Ok(())
}

/// How many automatic mails may go out; what a page from before these fields does not post stays.
fn automatic_mail(
    faults: &mut Faults,
    fields: &Fields,
    now: AutomaticMail,
) -> Option<AutomaticMail> {
    let mut number = |name: &str, now: u16, most: u16| {
        let typed = fields.one(name).trim();
        if typed.is_empty() {
            return Some(now);
        }
        let number = typed
            .parse()
            .ok()
            .filter(|number| (1..=most).contains(number));
        if number.is_none() {
            faults.add(name, format!("Enter a number from 1 to {most}"));
        }
        number
    };
    let per_address = number("per_address", now.per_address, 100);
    let window_minutes = number("window_minutes", now.window_minutes, 1440);
    let per_enquiry = number("per_enquiry", now.per_enquiry, 100);
    Some(AutomaticMail {
        per_address: per_address?,
        window_minutes: window_minutes?,
        per_enquiry: per_enquiry?,
    })
}

pub(super) fn show_contact(council: &Council) -> Fields {
    let contact = &council.contact;
    let mut fields = Fields::default();
    fields.set("email", contact.email.to_string());
    fields.set("telephone", contact.telephone.clone());
    fields.set("telephone_hours", contact.telephone_hours.clone());
    fields.set("messages_read", contact.messages_read.clone());
    fields.set(
        "out_of_hours_telephone",
        contact.out_of_hours_telephone.clone(),
    );
    fields.set("out_of_hours_text", contact.out_of_hours_text.clone());
    fields.set("postal_address", contact.postal_address.join("\n"));
    fields
}

pub(super) fn read_contact(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let email: Option<EmailAddress> = code(&mut faults, fields, "email", EMAIL);
    let mut text =
        |name: &str, ask: &str| line(&mut faults, fields, name, 2 * LINE, ask).unwrap_or_default();
    let telephone = text("telephone", "Enter the phone number for enquiries");
    let telephone_hours = text("telephone_hours", "Say when the phone is answered");
    let messages_read = text("messages_read", "Say when messages are read");
    let out_of_hours_telephone = text(
        "out_of_hours_telephone",
        "Enter the number for when you are closed",
    );
    let out_of_hours_text = text("out_of_hours_text", "Say what that number is for");
    let postal_address: Vec<String> = fields
        .one("postal_address")
        .lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    // “111, option 2” is a number for people; one without digits is none.
    let digits = |number: &str| number.chars().filter(char::is_ascii_digit).count();
    for (name, number, ask) in [
        (
            "telephone",
            &telephone,
            "Enter the phone number for enquiries",
        ),
        (
            "out_of_hours_telephone",
            &out_of_hours_telephone,
            "Enter the number for when you are closed",
        ),
    ] {
        if !number.is_empty() && (digits(number) < 3 || number.chars().count() > 40) {
            faults.add(name, format!("{ask}, like 01632 960100"));
        }
    }
    if postal_address.is_empty() {
        faults.add("postal_address", "Enter the postal address");
    }
    let Some(email) = email.filter(|_| faults.is_empty()) else {
        return Err(faults);
    };
    council.contact = Contact {
        email,
        telephone,
        telephone_hours,
        out_of_hours_telephone,
        out_of_hours_text,
        messages_read,
        postal_address,
    };
    Ok(())
}

pub(super) fn show_look(council: &Council) -> Fields {
    let look = council.look;
    let mut fields = Fields::default();
    fields.set("primary", look.primary.to_string());
    fields.set("link", look.link.to_string());
    fields.set("accent", look.accent.to_string());
    fields
}

/// The colours; two that cannot be read together are told beside the one that decides.
pub(super) fn read_look(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    const ASK: &str = "Enter a colour as # and six letters or numbers, like #124b52";
    let mut faults = Faults::default();
    let primary = code(&mut faults, fields, "primary", ASK);
    let link = code(&mut faults, fields, "link", ASK);
    let accent = code(&mut faults, fields, "accent", ASK);
    let (Some(primary), Some(link), Some(accent)) = (primary, link, accent) else {
        return Err(faults);
    };
    let look = Look {
        primary,
        link,
        accent,
    };
    for pair in look.pairs() {
        if pair.measured() < pair.needed {
            let field = pair.setting.trim_start_matches("look.");
            faults.add(
                field,
                format!(
                    "{}: the contrast is {}, and at least {} is needed",
                    capitalised(pair.words),
                    pair.measured(),
                    pair.needed
                ),
            );
        }
    }
    faults.into_result()?;
    council.look = look;
    Ok(())
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

pub(super) fn show_promise(council: &Council) -> Fields {
    let policy = council.promise;
    let mut fields = Fields::default();
    fields.set("working_days", policy.working_days.to_string());
    fields.set(
        "closes_after_working_days",
        policy.closes_after_working_days.to_string(),
    );
    fields
}

pub(super) fn read_promise(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let days = working_days(&mut faults, fields, "working_days");
    let closes = working_days(&mut faults, fields, "closes_after_working_days");
    let (Some(working_days), Some(closes_after_working_days)) = (days, closes) else {
        return Err(faults);
    };
    council.promise = PromisePolicy {
        working_days,
        closes_after_working_days,
    };
    Ok(())
}

pub(super) fn show_sign_in(council: &Council) -> Fields {
    let mut fields = Fields::default();
    let rule = council.sign_in.second_step;
    fields.set("second_step", rule.as_str());
    fields
}

pub(super) fn read_sign_in(fields: &Fields, council: &mut Council) -> Result<(), Faults> {
    let mut faults = Faults::default();
    let rule = code(&mut faults, fields, "second_step", "Choose one");
    let Some(second_step) = rule else {
        return Err(faults);
    };
    council.sign_in.second_step = second_step;
    Ok(())
}

/// A number of working days, from 1 to 60.
pub(super) fn working_days(faults: &mut Faults, fields: &Fields, name: &str) -> Option<u16> {
    let days = fields.one(name).trim().parse().ok();
    let days = days.filter(|days| (1..=60).contains(days));
    if days.is_none() {
        faults.add(name, "Enter a number of working days from 1 to 60");
    }
    days
}
