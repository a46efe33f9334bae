//! A mail server that keeps of each mail what tells it from the others, and says when it came. It takes everything,
//! unless it is given a temper.

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

/// What the server says to a mail whose last byte has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It has it.
    Taken,
    /// It has it, and hangs up without a word.
    Silence,
    /// Not now (an answer of the 400s).
    Later,
    /// Never to this recipient (an answer of the 500s).
    Never,
}

/// A mail that came: whoever sent it may be told what became of it, or may have died.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Came {
    /// Its Message-ID, with its angle brackets.
    pub message_id: String,
    /// The envelope's recipient.
    pub to: String,
    /// The subject's first line.
    pub subject: String,
    /// When its last byte had come.
    pub at: Instant,
    /// What was said to it.
    pub answer: Answer,
}

impl Came {
    /// Whether the server has it.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(self.answer, Answer::Taken | Answer::Silence)
    }
}

/// Decides what is said to the mail with this Message-ID for this recipient; what came before it is told as well.
pub type Temper = fn(message_id: &str, to: &str, before: &[Came]) -> Answer;

/// What the server does, and what has come since it last forgot.
#[derive(Debug)]
struct Counter {
    temper: Temper,
    pause: Duration,
    book: Mutex<Book>,
}

#[derive(Debug, Default)]
struct Book {
    first_connection: Option<Instant>,
    came: Vec<Came>,
}

/// The server.
#[derive(Debug)]
pub struct Sink {
    url: String,
    counter: Arc<Counter>,
}

impl Sink {
    /// One that takes everything at once, within the runtime that calls this.
    ///
    /// # Errors
    /// When this machine has no free port.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(Duration::ZERO, |_, _, _| Answer::Taken).await
    }

    /// One with a temper, that takes its time between having a mail and answering: whoever dies then has sent what it
    /// does not know of.
    ///
    /// # Errors
    /// When this machine has no free port.
    pub async fn start_with(pause: Duration, temper: Temper) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("smtp://{}", listener.local_addr()?);
        let counter = Arc::new(Counter {
            temper,
            pause,
            book: Mutex::default(),
        });
        let sink = Self {
            url,
            counter: Arc::clone(&counter),
        };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let counter = Arc::clone(&counter);
                tokio::spawn(async move {
                    // Whoever hangs up is counted by what is missing.
                    let _ended = counter.converse(connection).await;
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
        *self.counter.book() = Book::default();
    }

    /// What came, whatever was said to it, the first first; a mail that came twice is there twice.
    #[must_use]
    pub fn came(&self) -> Vec<Came> {
        self.counter.book().came.clone()
    }

    /// What of it was taken.
    #[must_use]
    pub fn taken(&self) -> Vec<Came> {
        let mut came = self.came();
        came.retain(Came::is_taken);
        came
    }

    /// From the first connection to the last mail that came; `None` when none did.
    #[must_use]
    pub fn busy_for(&self) -> Option<Duration> {
        let book = self.counter.book();
        let last = book.came.last()?.at;
        Some(last.duration_since(book.first_connection?))
    }
}

impl Counter {
    async fn converse(&self, connection: TcpStream) -> io::Result<()> {
        let now = Instant::now();
        self.book().first_connection.get_or_insert(now);
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
                    let answer = self.write_down(std::mem::take(&mut mail));
                    sleep(self.pause).await;
                    match answer {
                        Answer::Taken => b"250 2.0.0 taken\r\n",
                        Answer::Silence => return Ok(()),
                        Answer::Later => b"451 4.2.0 try again later\r\n",
                        Answer::Never => b"550 5.1.1 nobody of this name\r\n",
                    }
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

    fn write_down(&self, mail: Mail) -> Answer {
        let mut book = self.book();
        let answer = (self.temper)(&mail.message_id, &mail.to, &book.came);
        book.came.push(Came {
            message_id: mail.message_id,
            to: mail.to,
            subject: mail.subject,
            at: Instant::now(),
            answer,
        });
        answer
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
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
}
