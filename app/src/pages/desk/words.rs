//! How the desk and the administrators' pages say dates and the field's short lists in words.

use domain::{
    clock::london,
    codes::{
        ContactPreference, CorrespondentKind, EhcPlan, EndReason, EscalationStep, MessageKind,
        NoAnswerReason, RemindBy, Role, Support, WaitsFor,
    },
};
use jiff::{Timestamp, Zoned, civil::Date};

/// "14 March 2017"
pub(in crate::pages) fn plain_day(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// "Fri 14 Mar"; with the year when it is not this one.
pub(in crate::pages) fn short_day(day: Date, today: Date) -> String {
    let format = if day.year() == today.year() {
        "%a %-d %b"
    } else {
        "%a %-d %b %Y"
    };
    day.strftime(format).to_string()
}

/// "Friday 14 March 2025, 9:05am", by London's clocks.
pub(in crate::pages) fn moment(at: Timestamp) -> String {
    let at = at.to_zoned(london());
    format!("{}, {}", at.strftime("%A %-d %B %Y"), time_of_day(&at))
}

/// "9:05:07am", by London's clocks: where seconds count.
#[must_use]
pub fn to_the_second(at: Timestamp) -> String {
    at.to_zoned(london()).strftime("%-I:%M:%S%P").to_string()
}

/// "9:05am"; midnight and midday by their names
/// (<https://www.gov.uk/guidance/style-guide/a-to-z-of-gov-uk-style#times>).
fn time_of_day(at: &Zoned) -> String {
    match (at.hour(), at.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        _ => at.strftime("%-I:%M%P").to_string(),
    }
}

/// "Fri 14 Mar, 9:05am", by London's clocks; with the year when it is not this one.
pub(in crate::pages) fn short_moment(at: Timestamp, today: Date) -> String {
    let at = at.to_zoned(london());
    let day = short_day(at.date(), today);
    format!("{day}, {}", time_of_day(&at))
}

/// Words on one line, cut at the end of a word where they are too long.
pub(in crate::pages) fn shortened(words: &str, most: usize) -> String {
    let whole = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if whole.chars().count() <= most {
        return whole;
    }
    let cut: String = whole.chars().take(most.saturating_sub(1)).collect();
    let kept = cut.rsplit_once(' ').map_or(cut.as_str(), |(kept, _)| kept);
    format!("{kept}…")
}

/// Why somebody was told of a promise.
pub(in crate::pages) fn step(step: EscalationStep) -> &'static str {
    match step {
        EscalationStep::Half => "Half of the time over",
        EscalationStep::FourFifths => "Most of the time over",
        EscalationStep::DueDay => "Due that day",
        EscalationStep::Breach => "Promise broken",
        EscalationStep::ChasedTwice => "Chased twice",
    }
}

/// What somebody may do, in a word or two.
pub(in crate::pages) fn role(role: Role) -> &'static str {
    match role {
        Role::Officer => "Officer",
        Role::TeamLead => "Team lead",
        Role::Editor => "Local offer editor",
        Role::Administrator => "Administrator",
    }
}

/// "3 days late"
pub(in crate::pages) fn late(due_on: Date, today: Date) -> String {
    match today.duration_since(due_on).as_hours() / 24 {
        ..=0 => "Late".to_owned(),
        1 => "1 day late".to_owned(),
        days => format!("{days} days late"),
    }
}

/// What a mail of ours is, in the middle of a sentence.
pub(in crate::pages) fn mail_kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Acknowledgement => "the acknowledgement",
        MessageKind::HoldingReply => "a message that asks for more time",
        MessageKind::WaitingForYou => "a message that asks for something",
        MessageKind::WaitReminder => "the reminder that we wait",
        MessageKind::PromiseMoved | MessageKind::Reopened => "the mail with the promised day",
        MessageKind::Closed => "the mail that says it is closed",
        _ => "a reply",
    }
}

/// "Tried 4 times. Next try on Fri 14 Mar, 9:05am."
pub(in crate::pages) fn tried(attempts: u32, next_at: Option<Timestamp>, today: Date) -> String {
    let times = match attempts {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    };
    let next = next_at.map_or_else(String::new, |at| {
        format!(" Next try on {}.", short_moment(at, today))
    });
    format!("Tried {times}.{next}")
}

/// "asked again twice"; nothing when they did not.
pub(in crate::pages) fn chasers(count: u32) -> Option<String> {
    match count {
        0 => None,
        1 => Some("Asked again once".to_owned()),
        2 => Some("Asked again twice".to_owned()),
        more => Some(format!("Asked again {more} times")),
    }
}

/// "Rang twice, nobody answered"; nothing when nobody rang in vain.
pub(in crate::pages) fn calls_in_vain(count: usize) -> Option<String> {
    let times = match count {
        0 => return None,
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    };
    Some(format!("Rang {times}, nobody answered"))
}

/// Who has an enquiry, and whether they are here.
pub(in crate::pages) fn officer(
    name: Option<String>,
    away_until: Option<Date>,
    today: Date,
) -> String {
    match (name, away_until) {
        (Some(name), Some(until)) => format!("{name}, away until {}", short_day(until, today)),
        (Some(name), None) => name,
        (None, _) => "Nobody yet".to_owned(),
    }
}

pub(in crate::pages) fn kind(kind: CorrespondentKind) -> &'static str {
    match kind {
        CorrespondentKind::Parent => "Parent or carer",
        CorrespondentKind::YoungPerson => "Young person",
        CorrespondentKind::School => "School, college or nursery",
        CorrespondentKind::Professional => "Professional",
        CorrespondentKind::Other => "Somebody else",
    }
}

/// “Robin Quill, parent or carer”; the name alone of whoever wrote by mail and never said who they are.
pub(in crate::pages) fn who(name: &str, kind: CorrespondentKind) -> String {
    match kind {
        CorrespondentKind::Other => name.to_owned(),
        said => format!("{name}, {}", self::kind(said).to_lowercase()),
    }
}

pub(in crate::pages) fn preference(preference: ContactPreference) -> &'static str {
    match preference {
        ContactPreference::Email => "By email",
        ContactPreference::Telephone => "By phone",
        ContactPreference::Letter => "By letter",
    }
}

pub(in crate::pages) fn support(support: Support) -> &'static str {
    match support {
        Support::Interpreter => "An interpreter",
        Support::LargePrint => "Large print",
        Support::EasyRead => "Easy read",
        Support::TextOnly => "Messages as plain text only",
        Support::NoTelephone => "No phone calls",
    }
}

pub(in crate::pages) fn ehc_plan(plan: EhcPlan) -> &'static str {
    match plan {
        EhcPlan::Yes => "Yes",
        EhcPlan::No => "No",
        EhcPlan::NotSure => "They are not sure",
    }
}

/// What an officer waits for.
pub(in crate::pages) fn waits_for(waits_for: WaitsFor) -> &'static str {
    match waits_for {
        WaitsFor::Answer => "An answer to a question",
        WaitsFor::Document => "A document or a report",
        WaitsFor::Consent => "Their consent or a signature",
        WaitsFor::Day => "A day and time that suits them",
        WaitsFor::Other => "Something else",
    }
}

/// "Ring them: we wait until Fri 14 Mar"
pub(in crate::pages) fn remind(by: RemindBy, until: &str) -> String {
    let act = match by {
        RemindBy::Telephone => "Ring them",
        RemindBy::Letter => "Write to them",
    };
    format!("{act}: we wait until {until}")
}

/// Why a promise ended without an answer, after "Closed: ".
pub(in crate::pages) fn end_reason(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Thanks => "it only said thank you",
        EndReason::Duplicate => "the same question stands elsewhere",
        EndReason::Misdirected => "it was meant for somebody else",
        EndReason::Spam => "it was spam",
        EndReason::Withdrawn => "they no longer want an answer",
    }
}

/// Why nothing was sent by itself to somebody who wrote, as a sentence.
pub(in crate::pages) const fn no_answer(reason: NoAnswerReason) -> &'static str {
    match reason {
        NoAnswerReason::OwnAddress => "It came from one of our own addresses.",
        NoAnswerReason::Report => "It is a report that a mail system sent about another message.",
        NoAnswerReason::SystemSender => "A mail system or a mailing list sent it.",
        NoAnswerReason::OutOfOffice => {
            "It is an out-of-office reply. It does not start a promise to reply."
        }
        NoAnswerReason::AutoSubmitted => {
            "A computer system sent it. It may still be a real question."
        }
        NoAnswerReason::MailingList => "It came through a mailing list.",
        NoAnswerReason::Bulk => "It was sent to many people at once.",
        NoAnswerReason::AnswerUnwanted => "The sender's system asked for no automatic replies.",
        NoAnswerReason::NoReturnPath => "It gives no address for automatic replies.",
        NoAnswerReason::NoSender => "It does not say who sent it.",
        NoAnswerReason::SuspectedSpam => {
            "It may be spam, or not from the person it names. Check before you reply."
        }
    }
}

/// How many there are, where nothing is counted further than 1,000.
pub(super) fn number(count: u32) -> String {
    match count {
        ..1_000 => count.to_string(),
        _ => "1,000 or more".to_owned(),
    }
}

/// How many there are of these.
pub(super) fn how_many(count: u32, one: &str, many: &str) -> String {
    let what = if count == 1 { one } else { many };
    format!("{} {what}", number(count))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn how_late_a_promise_is_is_said_in_days() {
        let today = date(2026, 3, 30);
        assert_eq!(late(date(2026, 3, 29), today), "1 day late");
        assert_eq!(late(date(2026, 3, 20), today), "10 days late");
    }

    #[test]
    fn how_often_a_mail_was_tried_is_told_with_the_next_time() {
        let today = date(2026, 3, 30);
        let next_at = Some("2026-03-30T08:05:00Z".parse().unwrap());
        assert_eq!(
            tried(4, next_at, today),
            "Tried 4 times. Next try on Mon 30 Mar, 9:05am."
        );
        assert_eq!(tried(1, None, today), "Tried once.");
    }

    #[test]
    fn each_reason_for_no_automatic_answer_is_a_sentence_of_its_own() {
        let mut said: Vec<&str> = NoAnswerReason::ALL.iter().copied().map(no_answer).collect();
        said.dedup();
        assert_eq!(said.len(), NoAnswerReason::ALL.len());
        assert!(said.iter().all(|words| words.ends_with('.')));
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("No\n  place", 8), "No place");
        assert_eq!(shortened("No place for September", 12), "No place…");
        assert_eq!(shortened("Donaudampfschiff", 6), "Donau…");
    }

    #[test]
    fn a_moment_is_told_by_londons_clocks() {
        let at = "2026-07-15T23:05:00Z".parse().unwrap();
        assert_eq!(moment(at), "Thursday 16 July 2026, 12:05am");
        let at = "2026-07-15T23:00:00Z".parse().unwrap();
        assert_eq!(moment(at), "Thursday 16 July 2026, midnight");
        let at = "2026-07-16T11:00:00Z".parse().unwrap();
        assert_eq!(short_moment(at, date(2026, 7, 17)), "Thu 16 Jul, midday");
    }

    #[test]
    fn what_is_counted_no_further_is_told_so() {
        for (count, told) in [
            (0, "0 emails"),
            (1, "1 email"),
            (999, "999 emails"),
            (1_000, "1,000 or more emails"),
            (2_000, "1,000 or more emails"),
        ] {
            assert_eq!(how_many(count, "email", "emails"), told);
        }
    }

    #[test]
    fn a_day_of_another_year_is_told_with_it() {
        let today = date(2026, 1, 2);
        assert_eq!(short_day(date(2026, 1, 5), today), "Mon 5 Jan");
        assert_eq!(short_day(date(2025, 12, 31), today), "Wed 31 Dec 2025");
    }
}
