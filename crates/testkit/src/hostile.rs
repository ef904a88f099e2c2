//! Servers that misbehave below HTTP, over raw TCP on loopback.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How a server misbehaves after it has accepted a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Reads the request and never answers.
    Silent,
    /// Reads the request and resets the connection.
    Reset,
    /// Closes at once, before the request.
    Slam,
    /// Starts a page and sends one byte per interval for ever.
    Drip(Duration),
    /// Sends a page without end, as fast as it is taken.
    Flood,
    /// Sends header fields without end.
    EndlessHead,
    /// Announces 1,000 bytes, sends ten and closes.
    BreaksOff,
    /// Answers with something that is not HTTP.
    Garbage,
    /// Sends informational responses (103) without end.
    EndlessHints,
    /// Answers the TLS greeting with plain text.
    BadTls,
}

/// A misbehaving server; dropping it ends it.
#[derive(Debug)]
pub struct Hostile {
    /// Where it listens.
    pub at: SocketAddr,
    counts: Arc<Counts>,
    _tasks: JoinSet<()>,
}

#[derive(Debug, Default)]
struct Counts {
    connections: AtomicU64,
    sent: AtomicU64,
}

impl Hostile {
    /// Connections accepted so far.
    pub fn connections(&self) -> u64 {
        self.counts.connections.load(Ordering::Relaxed)
    }

    /// Bytes that clients took so far, as far as the system says.
    pub fn sent(&self) -> u64 {
        self.counts.sent.load(Ordering::Relaxed)
    }

    /// Where `host` is to be sent, for HTTP and HTTPS alike, in the form of curl's `--connect-to`.
    pub fn routes(&self, host: &str) -> Vec<String> {
        [80, 443].map(|port| format!("{host}:{port}:{}", self.at)).to_vec()
    }
}

/// Another address than kind servers have, so that waiting for one does not hold up the others: the pace is kept per
/// address too. Systems with a single loopback address do without.
const APART: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Starts a misbehaving server on a free port of loopback.
///
/// # Panics
/// If loopback cannot be listened on.
pub async fn hostile(behaviour: Behaviour) -> Hostile {
    start(behaviour, false).await
}

/// The same for all but robots.txt, which this server answers as one that has none.
///
/// # Panics
/// If loopback cannot be listened on.
pub async fn hostile_pages(behaviour: Behaviour) -> Hostile {
    start(behaviour, true).await
}

async fn start(behaviour: Behaviour, spares_robots: bool) -> Hostile {
    let listener = match TcpListener::bind((APART, 0)).await {
        Ok(listener) => listener,
        Err(_) => TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a test can listen on loopback"),
    };
    let at = listener.local_addr().expect("a bound listener has an address");
    let counts = Arc::new(Counts::default());
    let mut tasks = JoinSet::new();
    let shared = Arc::clone(&counts);
    tasks.spawn(async move {
        let mut open = JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            shared.connections.fetch_add(1, Ordering::Relaxed);
            let counts = Arc::clone(&shared);
            open.spawn(async move {
                // The client going away is how most of these end.
                let _ = misbehave(stream, behaviour, spares_robots, &counts).await;
            });
        }
    });
    Hostile { at, counts, _tasks: tasks }
}

/// An address of loopback that refuses connections: a port that was free a moment ago.
///
/// # Panics
/// If loopback cannot be listened on.
pub async fn refusing() -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a test can listen on loopback");
    listener.local_addr().expect("a bound listener has an address")
}

async fn misbehave(mut stream: TcpStream, behaviour: Behaviour, spares_robots: bool, counts: &Counts) -> std::io::Result<()> {
    const PAGE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    if behaviour == Behaviour::Slam {
        return Ok(());
    }
    let mut request = [0; 8192];
    let _ = stream.read(&mut request).await?;
    if spares_robots && request.starts_with(b"GET /robots.txt ") {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
    }
    match behaviour {
        Behaviour::Slam => Ok(()),
        Behaviour::Silent => std::future::pending().await,
        Behaviour::Reset => stream.set_zero_linger(),
        Behaviour::Drip(interval) => {
            stream.write_all(format!("{PAGE}\r\n<html>").as_bytes()).await?;
            loop {
                send(&mut stream, b"x", counts).await?;
                tokio::time::sleep(interval).await;
            }
        }
        Behaviour::Flood => {
            stream.write_all(format!("{PAGE}\r\n").as_bytes()).await?;
            repeat(&mut stream, &b"<p>more</p>\n".repeat(4096), counts).await
        }
        Behaviour::EndlessHead => {
            stream.write_all(PAGE.as_bytes()).await?;
            repeat(&mut stream, &b"X-More: and more\r\n".repeat(256), counts).await
        }
        Behaviour::BreaksOff => {
            stream.write_all(format!("{PAGE}Content-Length: 1000\r\n\r\n<h1>Begin").as_bytes()).await?;
            stream.shutdown().await
        }
        Behaviour::Garbage => send(&mut stream, b"220 mail.city.example ESMTP\r\n\0\xff\xfe", counts).await,
        Behaviour::EndlessHints => {
            repeat(&mut stream, b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n", counts).await
        }
        Behaviour::BadTls => send(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\nplain text on a TLS port", counts).await,
    }
}

async fn send(stream: &mut TcpStream, bytes: &[u8], counts: &Counts) -> std::io::Result<()> {
    stream.write_all(bytes).await?;
    counts.sent.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    Ok(())
}

async fn repeat(stream: &mut TcpStream, bytes: &[u8], counts: &Counts) -> std::io::Result<()> {
    loop {
        send(stream, bytes, counts).await?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a patient client gets within 60 ms of sending a request.
    async fn taste(behaviour: Behaviour) -> (Vec<u8>, Hostile) {
        let server = hostile(behaviour).await;
        let mut stream = TcpStream::connect(server.at).await.unwrap();
        let _ = stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await;
        let mut got = Vec::new();
        let mut piece = vec![0; 64 << 10];
        let _ = tokio::time::timeout(Duration::from_millis(60), async {
            while let Ok(n @ 1..) = stream.read(&mut piece).await {
                got.extend_from_slice(&piece[..n]);
                if got.len() > 1 << 20 {
                    break;
                }
            }
        })
        .await;
        (got, server)
    }

    #[tokio::test]
    async fn each_behaviour_is_what_it_says() {
        assert_eq!(taste(Behaviour::Silent).await.0, b"");
        assert_eq!(taste(Behaviour::Reset).await.0, b"");
        assert_eq!(taste(Behaviour::Slam).await.0, b"");
        let (dripped, server) = taste(Behaviour::Drip(Duration::from_millis(10))).await;
        assert!(dripped.ends_with(b"<html>xx") || dripped.len() < 100, "a drip is slow");
        assert!(server.sent() < 50 && server.connections() == 1);
        assert!(taste(Behaviour::Flood).await.0.len() > 1 << 20);
        assert!(!taste(Behaviour::EndlessHead).await.0.windows(4).any(|end| end == b"\r\n\r\n"));
        assert!(taste(Behaviour::BreaksOff).await.0.ends_with(b"<h1>Begin"));
        assert!(taste(Behaviour::Garbage).await.0.starts_with(b"220 "));
        assert!(taste(Behaviour::EndlessHints).await.0.starts_with(b"HTTP/1.1 103"));
        assert!(taste(Behaviour::BadTls).await.0.starts_with(b"HTTP/1.1 400"));
    }

    #[tokio::test]
    async fn robots_txt_may_be_spared() {
        let server = hostile_pages(Behaviour::Silent).await;
        let mut stream = TcpStream::connect(server.at).await.unwrap();
        stream.write_all(b"GET /robots.txt HTTP/1.1\r\n\r\n").await.unwrap();
        let mut got = String::new();
        stream.read_to_string(&mut got).await.unwrap();
        assert!(got.starts_with("HTTP/1.1 404"), "{got}");
    }

    #[tokio::test]
    async fn a_refusing_address_refuses() {
        assert!(TcpStream::connect(refusing().await).await.is_err());
    }
}
