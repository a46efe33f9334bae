//! Mail by SMTP, against a small server that does as it is told.

use std::sync::{Arc, Mutex};

use rstest::rstest;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::{at, outgoing};
use crate::transport::SmtpSettings;
use crate::{OutgoingMail, SendError, SmtpTransport, Transport as _};

/// What the server says to a command that starts so, instead of yes. `None`: it hangs up.
type Whim = (&'static str, Option<&'static str>);

fn by(url: &str) -> SmtpSettings {
    SmtpSettings {
        url: url.into(),
        authority: None,
        oauth: None,
    }
}

struct Server {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn start(whim: Option<Whim>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://user:secret@{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(converse(connection, whim, Arc::clone(&ears)));
            }
        });
        Server { url, heard }
    }

    async fn send(&self, mail: &OutgoingMail) -> Result<String, SendError> {
        let transport = SmtpTransport::new(by(&self.url)).unwrap();
        transport
            .send(mail, at())
            .await
            .map(|accepted| accepted.answer)
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().join("\n")
    }
}

async fn converse(connection: TcpStream, whim: Option<Whim>, heard: Arc<Mutex<Vec<String>>>) {
    let mut connection = BufReader::new(connection);
    let mut in_data = false;
    let mut answer = Some("220 council.example");
    loop {
        if let Some(answer) = answer {
            connection
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .unwrap();
        }
        let mut line = String::new();
        if connection.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = line.trim_end();
        heard.lock().unwrap().push(line.to_owned());
        if in_data && line != "." {
            answer = None;
            continue;
        }
        in_data = line == "DATA";
        answer = Some(match (whim, line) {
            (Some((start, said)), _) if line.starts_with(start) => match said {
                Some(said) => said,
                None => return,
            },
            (_, "DATA") => "354 go on",
            (_, ".") => "250 2.0.0 Ok: queued as 4711",
            _ if line.starts_with("EHLO") => "250-council.example\r\n250 AUTH PLAIN",
            _ if line.starts_with("AUTH") => "235 welcome",
            _ => "250 Ok",
        });
    }
}

#[tokio::test]
async fn a_mail_that_the_server_takes_is_accepted_with_its_words() {
    let server = Server::start(None).await;
    assert_eq!(
        server.send(&outgoing()).await.unwrap(),
        "250 2.0.0 Ok: queued as 4711"
    );
    let heard = server.heard();
    assert!(
        heard.contains("MAIL FROM:<send+b.tag@council.example>"),
        "{heard}"
    );
    assert!(heard.contains("RCPT TO:<sam@example.org>"), "{heard}");
    assert!(heard.contains("\nSubject: Your enquiry\n"), "{heard}");
}

#[rstest]
#[case::mailbox_busy("RCPT", Some("451 4.2.0 Try again later"))]
#[case::service_closing("MAIL", Some("421 4.3.2 Shutting down"))]
#[case::disk_full(".", Some("452 4.3.1 Insufficient system storage"))]
#[case::hangs_up_at_the_start("EHLO", None)]
#[case::hangs_up_at_the_end(".", None)]
#[case::babbles("RCPT", Some("what?"))]
#[tokio::test]
async fn what_may_be_mended_is_tried_again(
    #[case] command: &'static str,
    #[case] said: Option<&'static str>,
) {
    let refused = Server::start(Some((command, said)))
        .await
        .send(&outgoing())
        .await;
    assert!(
        matches!(refused, Err(SendError::Transient { .. })),
        "{refused:?}"
    );
}

#[rstest]
#[case::sign_in_refused("AUTH", "535 5.7.8 Authentication failed")]
#[case::sign_in_wanted("MAIL", "530 5.7.0 Authentication required")]
#[case::relaying("RCPT", "554 5.7.1 <sam@example.org>: Relay access denied")]
#[case::sender("MAIL", "550 5.1.8 Sender address rejected: Domain not found")]
#[case::policy(".", "554 5.7.1 Message refused")]
#[tokio::test]
async fn what_is_refused_because_of_us_waits_until_it_is_mended(
    #[case] command: &'static str,
    #[case] said: &'static str,
) {
    let refused = Server::start(Some((command, Some(said))))
        .await
        .send(&outgoing())
        .await;
    let Err(SendError::OurFault { reason }) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        reason.contains(&said[..3]) && !reason.contains("sam"),
        "{reason}"
    );
}

#[rstest]
#[case::unknown_recipient("RCPT", "550 5.1.1 <sam@example.org>: Recipient address rejected")]
#[case::too_big(".", "552 5.3.4 Message too big")]
#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again(
    #[case] command: &'static str,
    #[case] said: &'static str,
) {
    let refused = Server::start(Some((command, Some(said))))
        .await
        .send(&outgoing())
        .await;
    let Err(SendError::Permanent { reason }) = refused else {
        panic!("{refused:?}")
    };
    assert!(
        reason.contains(&said[..3]) && !reason.contains("sam"),
        "{reason}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let refused = SmtpTransport::new(by(&url))
        .unwrap()
        .send(&outgoing(), at())
        .await;
    assert!(
        matches!(refused, Err(SendError::Transient { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_mail_that_cannot_be_packed_never_reaches_the_server() {
    let server = Server::start(None).await;
    let mail = OutgoingMail {
        subject: "Your\r\nenquiry".to_owned(),
        ..outgoing()
    };
    assert!(matches!(
        server.send(&mail).await,
        Err(SendError::Permanent { .. })
    ));
    assert_eq!(server.heard(), "");
}

#[tokio::test]
async fn a_mail_sent_again_is_the_same_message() {
    let server = Server::start(None).await;
    server.send(&outgoing()).await.unwrap();
    server.send(&outgoing()).await.unwrap();
    let id = format!("Message-ID: {}", outgoing().message_id);
    assert_eq!(server.heard().matches(&id).count(), 2);
}

#[rstest]
#[case("smtp://user:hunter2@host?tls=maybe")]
// Whoever stands between could leave the encryption out, and read the password.
#[case("smtp://user:hunter2@host?tls=opportunistic")]
#[case("http://user:hunter2@host")]
#[case("user:hunter2@host")]
#[case("smtp://user:hunter2@host:port")]
#[tokio::test]
async fn a_wrong_server_address_is_refused_without_repeating_its_password(#[case] url: &str) {
    let refused = SmtpTransport::new(by(url)).unwrap_err();
    assert!(
        !format!("{refused} {refused:?}").contains("hunter2"),
        "{refused:?}"
    );
}

#[rstest]
#[case::to_another_machine("smtp://mail.example.org", true)]
#[case::with_a_password("smtp://user:hunter2@192.0.2.7:2525", true)]
#[case::to_this_machine("smtp://localhost:25", false)]
#[case::by_its_number("smtp://user:hunter2@[::1]:25", false)]
#[case::encrypted_later("smtp://mail.example.org?tls=required", false)]
#[case::encrypted("smtps://mail.example.org", false)]
fn mail_that_others_could_read_is_known(#[case] url: &str, #[case] open: bool) {
    assert_eq!(by(url).is_open_to_others(), open);
}

/// Takes a mail on its first connection and says so only when told; refuses on every other.
async fn answers_late(listener: TcpListener, asked: Arc<Notify>, now: Arc<Notify>) {
    for number in 0.. {
        let (connection, _) = listener.accept().await.unwrap();
        let (asked, now) = (Arc::clone(&asked), Arc::clone(&now));
        tokio::spawn(async move {
            let mut connection = BufReader::new(connection);
            let (mut answer, mut in_data) = (Some("220 council.example"), false);
            loop {
                if let Some(answer) = answer {
                    let line = format!("{answer}\r\n");
                    if connection.write_all(line.as_bytes()).await.is_err() {
                        return;
                    }
                }
                let mut line = String::new();
                if connection.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return;
                }
                let line = line.trim_end();
                if in_data && line != "." {
                    answer = None;
                    continue;
                }
                in_data = line == "DATA";
                answer = Some(match line {
                    "DATA" => "354 go on",
                    "." if number == 0 => {
                        asked.notify_one();
                        now.notified().await;
                        "250 2.0.0 taken at last"
                    }
                    "." => "451 4.3.0 not now",
                    "QUIT" => "221 bye",
                    _ if line.starts_with("EHLO") => "250-council.example\r\n250 AUTH PLAIN",
                    _ if line.starts_with("AUTH") => "235 welcome",
                    _ => "250 Ok",
                });
            }
        });
    }
}

#[tokio::test]
async fn a_late_answer_is_not_taken_for_that_of_the_next_mail() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://user:secret@{}", listener.local_addr().unwrap());
    let (asked, now) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    tokio::spawn(answers_late(listener, Arc::clone(&asked), Arc::clone(&now)));
    let transport = SmtpTransport::new(by(&url)).unwrap();
    // As a worker whose time is over: the sending is dropped with its answer still to come.
    let (mail, at) = (outgoing(), at());
    tokio::select! {
        sent = transport.send(&mail, at) => unreachable!("nothing was answered: {sent:?}"),
        () = asked.notified() => {}
    }
    now.notify_one();
    let next = transport.send(&mail, at).await;
    assert!(matches!(next, Err(SendError::Transient { .. })), "{next:?}");
}
