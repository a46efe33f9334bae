//! A sending server that does as it is told: takes mail, refuses it, says nothing or hangs up.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

/// What it does with the mails from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Takes them.
    Take,
    /// Takes them, and never says so.
    TakeAndSayNothing,
    /// Answers the command that begins with these four letters so, instead of yes.
    Say(&'static str, &'static str),
    /// Says nothing more once it was greeted.
    Hang,
    /// Hangs up in the middle of the mail.
    HangUpInTheMail,
}

struct Inner {
    then: Mutex<Then>,
    taken: Mutex<Vec<String>>,
    arrived: mpsc::Sender<()>,
}

pub(crate) struct Post {
    url: String,
    inner: Arc<Inner>,
    mails: mpsc::Receiver<()>,
}

impl Post {
    pub(crate) fn start(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("smtp://{}", listener.local_addr().expect("its address"));
        let (arrived, mails) = mpsc::channel();
        let inner = Arc::new(Inner {
            then: Mutex::new(then),
            taken: Mutex::default(),
            arrived,
        });
        let serving = Arc::clone(&inner);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let inner = Arc::clone(&serving);
                thread::spawn(move || inner.talk(stream));
            }
        });
        Self { url, inner, mails }
    }

    /// What `smtp_url` says to send by it.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Does something else from now on.
    pub(crate) fn then(&self, then: Then) {
        *self.inner.then.lock().expect("what to do") = then;
    }

    /// Waits until a whole mail has arrived.
    pub(crate) fn next_mail(&self) {
        assert!(
            self.mail_comes_within(Duration::from_secs(60)),
            "no mail came"
        );
    }

    /// Whether another whole mail arrives.
    pub(crate) fn mail_comes_within(&self, time: Duration) -> bool {
        self.mails.recv_timeout(time).is_ok()
    }

    /// The Message-ID of each whole mail that arrived, the first first.
    pub(crate) fn message_ids(&self) -> Vec<String> {
        let taken = self.inner.taken.lock().expect("the mails");
        taken
            .iter()
            .flat_map(|mail| mail.lines())
            .filter_map(|line| line.strip_prefix("Message-ID: "))
            .map(str::to_owned)
            .collect()
    }
}

impl Inner {
    fn talk(&self, mut stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
        stream.write_all(b"220 post.example.org\r\n").ok()?;
        while let Some(Ok(line)) = lines.next() {
            let command = line.get(..4).unwrap_or_default();
            let then = *self.then.lock().ok()?;
            let answer = match (then, command) {
                (Then::Hang, _) => return wait_for_the_end(lines),
                (Then::Say(to, answer), _) if to == command => answer,
                (_, "DATA") => {
                    stream.write_all(b"354 go on\r\n").ok()?;
                    if then == Then::HangUpInTheMail {
                        lines.next()?.ok()?;
                        return None;
                    }
                    let mail: Vec<String> = lines
                        .by_ref()
                        .map_while(Result::ok)
                        .take_while(|line| line != ".")
                        .collect();
                    self.taken.lock().ok()?.push(mail.join("\n"));
                    self.arrived.send(()).ok()?;
                    if then == Then::TakeAndSayNothing {
                        return wait_for_the_end(lines);
                    }
                    "250 taken"
                }
                (_, "QUIT") => "221 bye",
                _ => "250 ok",
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
        }
        Some(())
    }
}

/// Until the other side gives up.
fn wait_for_the_end(lines: impl Iterator<Item = std::io::Result<String>>) -> Option<()> {
    for line in lines {
        line.ok()?;
    }
    None
}
