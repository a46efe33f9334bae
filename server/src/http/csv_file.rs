//! Files for a spreadsheet.

use axum::response::{IntoResponse, Response};
use csv::Writer;
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};

/// The file that `write` fills, to be saved under this name, which is one of ours.
pub(crate) fn answer(
    name: &'static str,
    write: impl FnOnce(&mut Writer<Vec<u8>>) -> csv::Result<()>,
) -> Response {
    let mut table = Writer::from_writer(Vec::new());
    let written = write(&mut table).and_then(|()| {
        let bytes = table.into_inner();
        bytes.map_err(|error| error.into_error().into())
    });
    match written {
        Ok(bytes) => file(name, bytes),
        Err(error) => {
            tracing::error!(file = name, %error, "a table cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn file(name: &'static str, bytes: Vec<u8>) -> Response {
    (
        [
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}\""),
            ),
            (CACHE_CONTROL, "no-store".to_owned()),
        ],
        bytes,
    )
        .into_response()
}

/// Words that others wrote, so that no spreadsheet takes them for a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>), and on one line.
pub(crate) fn harmless(words: &str) -> String {
    let line: String = words
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    let line = line.trim();
    if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{line}")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_no_formula() {
        for (words, told) in [
            ("550 5.1.1 No such user", "550 5.1.1 No such user"),
            ("=HYPERLINK(\"https://x\")", "'=HYPERLINK(\"https://x\")"),
            ("\t=1+1", "'=1+1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("550 one\r\n=two", "550 one  =two"),
        ] {
            assert_eq!(harmless(words), told);
        }
    }
}
