//! As much of HTTP/1.1 as a bench needs: one GET after another on a connection kept alive.

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::Outcome;

/// How the answer's body travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As it is.
    Plain,
    /// Compressed by brotli.
    Brotli,
}

/// An answer with its body as it travelled.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) encoding: Option<String>,
    pub(super) body: Vec<u8>,
}

/// How long the body is.
enum Length {
    Known(usize),
    Chunked,
}

/// One connection to a server on this machine.
pub(super) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(super) async fn open(port: u16) -> Outcome<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    pub(super) async fn get(&mut self, path: &str, encoding: Encoding) -> Outcome<Answer> {
        let accept = match encoding {
            Encoding::Plain => "identity",
            Encoding::Brotli => "br",
        };
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {accept}\r\n\r\n");
        self.0.write_all(request.as_bytes()).await?;
        let status = self.status().await?;
        let (length, encoding) = self.headers().await?;
        let mut body = Vec::new();
        match length {
            Length::Known(bytes) => {
                body.resize(bytes, 0);
                self.0.read_exact(&mut body).await?;
            }
            Length::Chunked => while self.chunk(&mut body).await? > 0 {},
        }
        Ok(Answer {
            status,
            encoding,
            body,
        })
    }

    async fn status(&mut self) -> Outcome<u16> {
        let line = self.line().await?;
        let status = line.split(' ').nth(1).ok_or("no status")?;
        Ok(status.parse()?)
    }

    async fn headers(&mut self) -> Outcome<(Length, Option<String>)> {
        let (mut length, mut encoding) = (Length::Known(0), None);
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(':') else {
                return Ok((length, encoding));
            };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = Length::Known(value.trim().parse()?),
                "transfer-encoding" => length = Length::Chunked,
                "content-encoding" => encoding = Some(value.trim().to_owned()),
                _ => {}
            }
        }
    }

    /// Reads one chunk (RFC 9112, section 7.1) and says how long it was; the last is empty.
    async fn chunk(&mut self, body: &mut Vec<u8>) -> Outcome<usize> {
        let size = usize::from_str_radix(&self.line().await?, 16)?;
        let from = body.len();
        body.resize(from + size, 0);
        self.0.read_exact(&mut body[from..]).await?;
        self.line().await?;
        Ok(size)
    }

    async fn line(&mut self) -> Outcome<String> {
        let mut line = String::new();
        if self.0.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(line.trim_end().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    async fn answered(text: &'static str) -> Answer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.write_all(text.as_bytes()).await.unwrap();
            stream
        });
        let mut connection = Connection::open(port).await.unwrap();
        let answer = connection.get("/", Encoding::Plain).await.unwrap();
        drop(server.await.unwrap());
        answer
    }

    #[tokio::test]
    async fn a_body_of_known_length_is_read() {
        let answer = answered("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello").await;
        assert_eq!(
            (answer.status, answer.body.as_slice()),
            (200, &b"hello"[..])
        );
    }

    #[tokio::test]
    async fn a_body_in_chunks_is_read() {
        let answer = answered(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: br\r\n\r\n\
             5\r\nhello\r\n6\r\n there\r\n0\r\n\r\n",
        )
        .await;
        assert_eq!(answer.body, b"hello there");
        assert_eq!(answer.encoding.as_deref(), Some("br"));
    }
}
