//! Mail as files in a folder.

use std::fs;

use super::{at, mail_id, outgoing};
use crate::{FolderTransport, SendError, Transport as _};

#[tokio::test]
async fn a_mail_sent_twice_is_one_whole_file() {
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("mail");
    let transport = FolderTransport::new(&folder);
    for _ in 0..2 {
        let accepted = transport.send(&outgoing(), at()).await.unwrap();
        assert_eq!(accepted.answer, format!("written to {}.eml", mail_id()));
    }
    let names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, [format!("{}.eml", mail_id()).as_str()]);
    let written = fs::read_to_string(folder.join(&names[0])).unwrap();
    assert!(written.contains("\r\nTo: sam@example.org\r\n"), "{written}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_tried_again_later() {
    let data = tempfile::tempdir().unwrap();
    let in_the_way = data.path().join("mail");
    fs::write(&in_the_way, "a file").unwrap();
    let refused = FolderTransport::new(&in_the_way)
        .send(&outgoing(), at())
        .await;
    assert!(
        matches!(refused, Err(SendError::Transient { .. })),
        "{refused:?}"
    );
}
