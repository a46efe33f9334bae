//! Folder names as IMAP writes them: modified UTF-7 (RFC 3501, section 5.1.3), in quotation marks.

use base64::Engine as _;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};

const BASE64: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// The name as it stands in a command.
pub(super) fn quoted(name: &str) -> String {
    let mut quoted = String::from("\"");
    let mut others: Vec<u8> = Vec::new();
    for symbol in name.chars() {
        if !(' '..='~').contains(&symbol) {
            let mut units = [0; 2];
            let units = symbol.encode_utf16(&mut units);
            others.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
            continue;
        }
        shift(&mut quoted, &mut others);
        match symbol {
            '&' => quoted.push_str("&-"),
            '"' | '\\' => quoted.extend(['\\', symbol]),
            _ => quoted.push(symbol),
        }
    }
    shift(&mut quoted, &mut others);
    quoted.push('"');
    quoted
}

/// Writes down what is no plain letter, if there is any.
fn shift(quoted: &mut String, others: &mut Vec<u8>) {
    if !others.is_empty() {
        quoted.push('&');
        BASE64.encode_string(&*others, quoted);
        quoted.push('-');
        others.clear();
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("INBOX", r#""INBOX""#)]
    #[case("SEND enquiries", r#""SEND enquiries""#)]
    #[case("Questions & answers", r#""Questions &- answers""#)]
    #[case(r#"a"b\c"#, r#""a\"b\\c""#)]
    // The RFC's own example.
    #[case("~peter/mail/台北/日本語", r#""~peter/mail/&U,BTFw-/&ZeVnLIqe-""#)]
    #[case("Entwürfe", r#""Entw&APw-rfe""#)]
    #[case("📬", r#""&2D3c7A-""#)]
    // A line break would end the command.
    #[case("a\r\nb", r#""a&AA0ACg-b""#)]
    fn a_name_is_written_in_seven_bits(#[case] name: &str, #[case] written: &str) {
        assert_eq!(quoted(name), written);
    }
}
