//! What an invitation is for, in a few words (iCalendar, RFC 5545).

use super::letters::one_line;

/// Bytes of a calendar that are looked at: a first event stands near the beginning.
const LOOKED_AT: usize = 64 * 1024;

/// The first event of `calendar`, such as `Invitation: Annual review, 4 December 2026 14:00, at School hall`.
pub(super) fn summary(calendar: &str) -> Option<String> {
    let mut end = calendar.len().min(LOOKED_AT);
    while !calendar.is_char_boundary(end) {
        end -= 1;
    }
    let text = calendar[..end]
        .replace("\r\n", "\n")
        .replace("\n ", "")
        .replace("\n\t", "");
    let mut event = Event::default();
    for line in text
        .lines()
        .skip_while(|line| !line.trim().eq_ignore_ascii_case("BEGIN:VEVENT"))
    {
        if line.trim().eq_ignore_ascii_case("END:VEVENT") {
            break;
        }
        event.take(line);
    }
    let method = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("METHOD")
            .then(|| value.trim().to_ascii_uppercase())
    });
    let kind = match method.as_deref() {
        Some("CANCEL") => "Cancelled",
        Some("PUBLISH") => "Event",
        Some("REPLY") => "Answer to an invitation",
        _ => "Invitation",
    };
    event.in_words(kind)
}

#[derive(Default)]
struct Event {
    what: Option<String>,
    when: Option<String>,
    place: Option<String>,
}

impl Event {
    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else {
            return;
        };
        let name = name
            .split(';')
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        match name.as_str() {
            "SUMMARY" => self.what = self.what.take().or_else(|| words(value)),
            "DTSTART" => self.when = self.when.take().or_else(|| day_and_hour(value)),
            "LOCATION" => self.place = self.place.take().or_else(|| words(value)),
            _ => {}
        }
    }

    fn in_words(self, kind: &str) -> Option<String> {
        let place = self.place.map(|place| format!("at {place}"));
        let facts: Vec<String> = [self.what, self.when, place]
            .into_iter()
            .flatten()
            .collect();
        (!facts.is_empty()).then(|| format!("{kind}: {}", facts.join(", ")))
    }
}

/// RFC 5545, section 3.3.11.
fn words(value: &str) -> Option<String> {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => text.push(' '),
                Some(other) => text.push(other),
                None => {}
            },
            letter => text.push(letter),
        }
    }
    let line = one_line(&text);
    (!line.is_empty()).then_some(line)
}

/// `20261204T140000` as it stands, without reckoning: the zone is told where the calendar says UTC.
fn day_and_hour(value: &str) -> Option<String> {
    let value = value.trim();
    let date: jiff::civil::Date = jiff::civil::Date::strptime("%Y%m%d", value.get(..8)?).ok()?;
    let day = date.strftime("%-d %B %Y");
    let Some(time) = value
        .get(9..13)
        .filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()))
    else {
        return Some(day.to_string());
    };
    let zone = if value.ends_with('Z') { " UTC" } else { "" };
    Some(format!("{day} {}:{}{zone}", &time[..2], &time[2..]))
}
