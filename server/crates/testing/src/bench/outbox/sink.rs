//! A mail server that takes everything, keeps nothing but the Message-IDs, and says how fast that went.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::bench::Outcome;

#[derive(Debug, Default)]
struct Taken {
    first: Option<Instant>,
    last: Option<Instant>,
    ids: Vec<String>,
}

/// The server, and what it has taken since it last forgot.
pub(super) struct Sink {
    pub(super) url: String,
    taken: Arc<Mutex<Taken>>,
}

impl Sink {
    pub(super) async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("smtp://{}", listener.local_addr()?);
        let taken = Arc::new(Mutex::new(Taken::default()));
        let book = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let book = Arc::clone(&book);
                tokio::spawn(async move {
                    // Whoever hangs up is counted by what is missing.
                    let _ended = converse(connection, &book).await;
                });
            }
        });
        Ok(Self { url, taken })
    }

    /// Begins anew.
    pub(super) fn forget(&self) {
        *held(&self.taken) = Taken::default();
    }

    /// Mails a second since the first connection; refused unless each of `size` mails came once.
    pub(super) fn a_second(&self, size: u32) -> Outcome<f64> {
        let taken = held(&self.taken);
        let different: BTreeSet<_> = taken.ids.iter().collect();
        if taken.ids.len() != different.len() || different.len() != usize::try_from(size)? {
            let came = taken.ids.len();
            return Err(format!(
                "{came} mails came, {} different ones of {size}",
                different.len()
            )
            .into());
        }
        let (Some(first), Some(last)) = (taken.first, taken.last) else {
            return Err("nothing came".into());
        };
        Ok(f64::from(size) / last.duration_since(first).as_secs_f64())
    }
}

async fn converse(connection: TcpStream, book: &Mutex<Taken>) -> std::io::Result<()> {
    held(book).first.get_or_insert_with(Instant::now);
    connection.set_nodelay(true)?;
    let mut connection = BufReader::new(connection);
    connection.write_all(b"220 sink.example\r\n").await?;
    let (mut line, mut in_data, mut id) = (String::new(), false, String::new());
    loop {
        line.clear();
        if connection.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let said = line.trim_end();
        if in_data && said != "." {
            if let Some(theirs) = said.strip_prefix("Message-ID: ") {
                theirs.clone_into(&mut id);
            }
            continue;
        }
        in_data = said == "DATA";
        let answer: &[u8] = match said {
            "DATA" => b"354 go on\r\n",
            "." => {
                let mut taken = held(book);
                taken.last = Some(Instant::now());
                taken.ids.push(std::mem::take(&mut id));
                b"250 2.0.0 taken\r\n"
            }
            _ => b"250 Ok\r\n",
        };
        connection.write_all(answer).await?;
    }
}

fn held(taken: &Mutex<Taken>) -> std::sync::MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}
