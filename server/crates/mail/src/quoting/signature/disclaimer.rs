//! What mail systems put below: who may read it, that it was scanned, that paper is dear.

use super::super::line::{Line, lower_start};
use super::says_i;

/// How many lines the paragraph at the end takes, if it is a disclaimer.
pub(super) fn lines(lines: &[Line<'_>]) -> Option<usize> {
    const LINES_MAX: usize = 40;
    const LETTERS_MAX: usize = 4_000;
    let paragraph: Vec<&str> = lines
        .iter()
        .rev()
        .take(LINES_MAX)
        .map(|line| line.text)
        .take_while(|text| !text.is_empty())
        .collect();
    if paragraph.iter().map(|text| text.len()).sum::<usize>() > LETTERS_MAX {
        return None;
    }
    let text = paragraph
        .iter()
        .rev()
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let text = text.trim_start_matches(|symbol: char| !symbol.is_alphanumeric());
    is_disclaimer(text).then_some(paragraph.len())
}

fn is_disclaimer(text: &str) -> bool {
    /// As many letters as the longest beginning has, and more.
    const BEGINNING: usize = 64;
    const BEGINS: [&str; 63] = [
        "this email and any",
        "this e-mail and any",
        "this email, and any",
        "this e-mail, and any",
        "this email (",
        "this e-mail (",
        "this email message",
        "this e-mail message",
        "this email is",
        "this e-mail is",
        "this email has been scanned",
        "this e-mail has been scanned",
        "this email may",
        "this message and any",
        "this message is",
        "this message may",
        "this message has been",
        "this communication",
        "this transmission",
        "the information contained in this",
        "the information in this e",
        "the contents of this e",
        "the content of this e",
        "any views or opinions",
        "confidentiality",
        "disclaimer",
        "email disclaimer",
        "if you are not the intended",
        "if you have received this e",
        "please consider the environment",
        "please think before",
        "virus-free",
        "any views expressed",
        "any views stated",
        "the views expressed",
        "this email has been checked",
        "this e-mail has been checked",
        "this email was scanned",
        "this e-mail was scanned",
        "this e-mail may",
        "this email contains",
        "this e-mail contains",
        "this email, its",
        "this email and its",
        "this e-mail and its",
        "this email transmission",
        "the information transmitted",
        "the information in this message",
        "the information in this transmission",
        "information in this e",
        "important notice",
        "legal notice",
        "notice: this",
        "note: this e",
        "privileged",
        "private and confidential",
        "email confidentiality",
        "you received this message because",
        "you are receiving this",
        "mae'r e-bost hwn",
        "mae’r e-bost hwn",
        "mae'r neges hon",
        "mae’r neges hon",
    ];
    const SAYS: [&str; 34] = [
        "intended recipient",
        "addressee",
        "intended solely",
        "solely for the use",
        "named above",
        "individual or entity",
        "person or entity",
        "received this email in error",
        "received this e-mail in error",
        "received this message in error",
        "received it in error",
        "for viruses",
        "presence of viruses",
        "scanned by",
        "environment before",
        "before you print",
        "avast.com",
        "to whom it is addressed",
        "to whom they are addressed",
        "whom this email is addressed",
        "whom this e-mail is addressed",
        "legally privileged",
        "may be privileged",
        "necessarily represent",
        "necessarily reflect",
        "necessarily those of",
        "those of the author",
        "those of the sender",
        "have received this in error",
        "unsubscribe from this group",
        "received this communication in error",
        "received this transmission in error",
        "derbynnydd",
        "at ddefnydd",
    ];
    // Most paragraphs begin otherwise: no more of them is looked at.
    let beginning = lower_start(text, BEGINNING);
    if !BEGINS.iter().any(|begin| beginning.starts_with(begin)) {
        return false;
    }
    let text = &text.to_lowercase();
    SAYS.iter().any(|says| text.contains(says))
        && !text.contains('?')
        && !says_i(text)
        && sentences(text).all(speaks_of_mail)
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(". ")
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
}

/// Whether a sentence is about mail, secrets or the law. Somebody may begin like a disclaimer and go on about their child.
fn speaks_of_mail(sentence: &str) -> bool {
    const SHORT_MAX: usize = 3;
    const PARTS: [&str; 56] = [
        "email",
        "e-mail",
        "mail",
        "message",
        "attachment",
        "communication",
        "transmission",
        "recipient",
        "addressee",
        "confiden",
        "privileg",
        "disclos",
        "disseminat",
        "distribut",
        "cop",
        "virus",
        "scan",
        "malware",
        "software",
        "sender",
        "delet",
        "destroy",
        "error",
        "notify",
        "unauthori",
        "prohibit",
        "unlawful",
        "liab",
        "law",
        "legal",
        "views",
        "opinions",
        "expressed",
        "contents",
        "information",
        "registered",
        "company",
        "limited",
        "trust",
        "charity",
        "council",
        "authority",
        "monitor",
        "record",
        "security",
        "privacy",
        "data",
        "policy",
        "print",
        "paper",
        "environment",
        "www",
        "http",
        "neges",
        "e-bost",
        "atodiad",
    ];
    PARTS.iter().any(|part| sentence.contains(part))
        || sentence.split_whitespace().count() <= SHORT_MAX && sentence.contains("thank")
}
