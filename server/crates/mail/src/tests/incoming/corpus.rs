//! Odd mail of other people, where it is there: `../shared/corpus/mail` beside the checkout.

#[path = "../../../tests/beside/mod.rs"]
mod beside;

use std::fs;
use std::path::PathBuf;

use super::any_bytes::check;
use super::read;

fn files(folder: &str) -> Vec<PathBuf> {
    let Some(corpus) = beside::corpus() else {
        return Vec::new();
    };
    let entries = fs::read_dir(corpus.join(folder)).unwrap();
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect()
}

#[test]
fn each_odd_message_has_a_text_a_problem_or_an_attachment() {
    for path in files("council").into_iter().chain(files("bounces")) {
        check(&read(fs::read(&path).unwrap()));
    }
}

#[test]
fn each_reply_is_read_as_it_was_written() {
    for path in files("replies/emails") {
        let body = fs::read_to_string(&path).unwrap();
        let raw = format!(
            "From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}"
        );
        let incoming = read(raw);
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let without_marks = body.replace(['\u{feff}'], "");
        assert_eq!(
            words(&incoming.text),
            words(&without_marks),
            "{}",
            path.display()
        );
    }
}
