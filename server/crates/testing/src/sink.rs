//! A mail server that takes everything, keeps of each mail what tells it from the others, and says when it came.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::sleep,
};

/// A mail that was taken: from here on whoever sent it may be told so, or may have died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its Message-ID, with its angle brackets.
    pub message_id: String,
    /// The envelope's recipient.
    pub to: String,
    /// The subject's first line.
    pub subject: String,
    /// When its last byte had come.
    pub at: Instant,
}

#[derive(Debug, Default)]
struct Book {
    first_connection: Option<Instant>,
    taken: Vec<Taken>,
}

/// The server, and what it has taken since it last forgot.
#[derive(Debug)]
pub struct Sink {
    url: String,
    book: Arc<Mutex<Book>>,
}

impl Sink {
    /// One that answers at once, within the runtime that calls this.
    ///
    /// # Errors
    /// When this machine has no free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_slow(Duration::ZERO).await
    }

    /// One that takes its time between having a mail and saying so: whoever dies then has sent what it does not know
    /// of.
    ///
    /// # Errors
    /// When this machine has no free port.
    pub async fn start_slow(pause: Duration) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("smtp://{}", listener.local_addr()?);
        let book = Arc::new(Mutex::new(Book::default()));
        let sink = Self {
            url,
            book: Arc::clone(&book),
        };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let book = Arc::clone(&book);
                tokio::spawn(async move {
                    // Whoever hangs up is counted by what is missing.
                    let _ended = converse(connection, &book, pause).await;
                });
            }
        });
        Ok(sink)
    }

    /// What `smtp_url` says to send by it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Begins anew.
    pub fn forget(&self) {
        *held(&self.book) = Book::default();
    }

    /// What was taken, the first first; a mail that came twice is there twice.
    #[must_use]
    pub fn taken(&self) -> Vec<Taken> {
        held(&self.book).taken.clone()
    }

    /// From the first connection to the last mail that was taken; `None` when none was.
    #[must_use]
    pub fn busy_for(&self) -> Option<Duration> {
        let book = held(&self.book);
        let last = book.taken.last()?.at;
        Some(last.duration_since(book.first_connection?))
    }
}

async fn converse(connection: TcpStream, book: &Mutex<Book>, pause: Duration) -> io::Result<()> {
    held(book).first_connection.get_or_insert_with(Instant::now);
    connection.set_nodelay(true)?;
    let mut connection = BufReader::new(connection);
    connection.write_all(b"220 sink.example\r\n").await?;
    let (mut line, mut mail) = (String::new(), Mail::default());
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said = line.trim_end();
        if mail.in_data && said != "." {
            mail.read(said);
            continue;
        }
        mail.in_data = said == "DATA";
        let answer: &[u8] = match said {
            "DATA" => b"354 go on\r\n",
            "." => {
                held(book).taken.push(std::mem::take(&mut mail).taken());
                sleep(pause).await;
                b"250 2.0.0 taken\r\n"
            }
            "QUIT" => b"221 2.0.0 bye\r\n",
            _ => {
                if let Some(to) = said.strip_prefix("RCPT TO:<") {
                    to.trim_end_matches('>').clone_into(&mut mail.to);
                }
                b"250 Ok\r\n"
            }
        };
        connection.write_all(answer).await?;
    }
}

/// A mail on its way in.
#[derive(Debug, Default)]
struct Mail {
    in_data: bool,
    message_id: String,
    to: String,
    subject: String,
}

impl Mail {
    fn read(&mut self, line: &str) {
        if let Some(id) = line.strip_prefix("Message-ID: ") {
            id.clone_into(&mut self.message_id);
        } else if let Some(subject) = line.strip_prefix("Subject: ") {
            subject.clone_into(&mut self.subject);
        }
    }

    fn taken(self) -> Taken {
        Taken {
            message_id: self.message_id,
            to: self.to,
            subject: self.subject,
            at: Instant::now(),
        }
    }
}

fn held(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}
