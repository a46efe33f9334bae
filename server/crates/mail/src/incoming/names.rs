//! Names of attachments that are safe to show, and to save a file under.

use super::letters;

/// Letters in a name, its ending included. File systems take 255 bytes.
const LONGEST: usize = 100;

/// The name `given`, or one made from what the part is.
pub(super) fn safe(given: Option<&str>, media_type: &str) -> String {
    given
        .map(cleaned)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| made_from(media_type))
}

/// No folder, no letter that steers or that a file system refuses, no dot in front.
fn cleaned(given: &str) -> String {
    let japanese = letters::japanese(given.as_bytes());
    let line = letters::one_line(japanese.as_deref().unwrap_or(given));
    let name = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .map(|letter| {
            if "<>:\"|?*".contains(letter) {
                '-'
            } else {
                letter
            }
        })
        .collect();
    let name = shortened(name.trim_matches(['.', ' ']));
    if is_reserved(&name) {
        format!("_{name}")
    } else {
        name
    }
}

/// The ending stays: it says what the file is.
fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending)
        .filter(|ending| ending.chars().count() <= 10);
    let kept = LONGEST - ending.map_or(0, |ending| ending.chars().count() + 1);
    let mut short: String = name.chars().take(kept).collect();
    if let Some(ending) = ending {
        short.push('.');
        short.push_str(ending);
    }
    short
}

/// Windows takes these for devices, whatever ending they have.
fn is_reserved(name: &str) -> bool {
    let stem = name
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    let numbered = |start: &str| {
        stem.strip_prefix(start)
            .is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

fn made_from(media_type: &str) -> String {
    let ending = match media_type {
        "application/msword" => "doc",
        "application/pdf" => "pdf",
        "application/pgp-signature" => "asc",
        "application/rtf" | "text/rtf" => "rtf",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/zip" => "zip",
        "audio/mpeg" => "mp3",
        "audio/wav" | "audio/x-wav" => "wav",
        "image/gif" => "gif",
        "image/heic" => "heic",
        "image/jpeg" | "image/jpg" => "jpg",
        "image/png" => "png",
        "text/plain" => "txt",
        "text/csv" => "csv",
        "text/html" => "html",
        "text/vcard" | "text/x-vcard" => "vcf",
        "video/mp4" => "mp4",
        "video/quicktime" => "mov",
        other if other.starts_with("message/") => "txt",
        _ => "bin",
    };
    match media_type {
        "message/delivery-status" => "delivery-status.txt".to_owned(),
        "message/rfc822" => "message.eml".to_owned(),
        "text/calendar" => "invitation.ics".to_owned(),
        "text/rfc822-headers" => "headers.txt".to_owned(),
        _ => format!("attachment.{ending}"),
    }
}
