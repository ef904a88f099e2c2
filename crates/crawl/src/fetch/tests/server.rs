//! A loopback server that answers with given bytes, well-formed or not, and notes what was asked and when.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A server that lives as long as the test's runtime.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// One request as it came.
#[derive(Clone)]
pub(super) struct Asked {
    pub(super) at: Instant,
    pub(super) path: String,
    pub(super) head: String,
}

/// What a server does with a request.
#[derive(Clone)]
pub(super) enum Reply {
    /// Sends the bytes and waits for the next request.
    Send(Vec<u8>),
    /// Sends the bytes and closes.
    Close(Vec<u8>),
    /// Sends the bytes and then nothing for ever.
    Hang(Vec<u8>),
    /// Sends the first bytes and then the second, again and again, with a pause.
    Repeat(Vec<u8>, Vec<u8>, Duration),
    /// Resets the connection.
    Reset,
}

/// A well-formed answer.
pub(super) fn ok(kind: &str, body: impl AsRef<[u8]>) -> Reply {
    with("200 OK", &[("content-type", kind)], body)
}

/// An answer with status and headers.
pub(super) fn with(status: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!("HTTP/1.1 {status}\r\n{lines}content-length: {}\r\n\r\n", body.len());
    Reply::Send([head.as_bytes(), body].concat())
}

/// A redirect.
pub(super) fn moved(location: &str) -> Reply {
    with("302 Found", &[("location", location)], "")
}

impl Server {
    /// Serves on 127.0.0.1.
    pub(super) async fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_on("127.0.0.1", answer).await
    }

    /// Serves on a loopback address. robots.txt is "not found" unless `answer` is asked for it by name.
    pub(super) async fn start_on(ip: &str, answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let server = Self { address: listener.local_addr().unwrap(), asked: Arc::default() };
        let (asked, answer) = (Arc::clone(&server.asked), Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                tokio::spawn(async move { serve(stream, &asked, &*answer).await });
            }
        });
        server
    }

    /// The route that sends every host here.
    pub(super) fn route(&self) -> Vec<String> {
        vec![format!("::{}", self.address)]
    }

    /// The requests so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The paths asked for so far.
    pub(super) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

async fn serve(mut stream: TcpStream, asked: &Mutex<Vec<Asked>>, answer: &(impl Fn(&str) -> Reply + Sync)) {
    while let Some(head) = read_head(&mut stream).await {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        asked.lock().unwrap().push(Asked { at: Instant::now(), path: path.clone(), head });
        match answer(&path) {
            Reply::Reset => return stream.set_zero_linger().unwrap(),
            reply => {
                if !send(&mut stream, reply).await {
                    return;
                }
            }
        }
    }
}

/// Sends a reply; says whether another request may come.
pub(super) async fn send(stream: &mut (impl AsyncWrite + Unpin), reply: Reply) -> bool {
    match reply {
        Reply::Send(bytes) => return stream.write_all(&bytes).await.is_ok(),
        Reply::Close(bytes) => drop(stream.write_all(&bytes).await),
        Reply::Hang(bytes) => {
            drop(stream.write_all(&bytes).await);
            std::future::pending::<()>().await;
        }
        Reply::Repeat(first, again, pause) => {
            let mut sent = stream.write_all(&first).await;
            while sent.is_ok() {
                tokio::time::sleep(pause).await;
                sent = stream.write_all(&again).await;
            }
        }
        Reply::Reset => {}
    }
    false
}

/// The next request up to its empty line; `None` when the other side is done.
pub(super) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}
