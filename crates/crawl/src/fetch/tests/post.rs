//! A POST as to a timestamp authority: what goes out, what comes back, and what is no answer.

use std::net::SocketAddr;

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use super::server::{Reply, Server, moved, ok, read_head, send, with};
use super::*;
use crate::fetch::post::{Post, PostError, PostLimits, post};

const REPLY: &str = "application/timestamp-reply";
const LIMITS: PostLimits = PostLimits { bytes: 1000, total: Duration::from_millis(600) };

async fn ask(text: &str, routes: &[String]) -> Result<Vec<u8>, PostError> {
    let (url, routes) = (url(text), routes.iter().map(|route| route.parse().unwrap()).collect());
    let (kind, agent) = ("application/timestamp-query", "Portolan/0.0");
    post(Post { url: &url, body: b"query", kind, answer: REPLY, agent }, routes, &[], LIMITS).await
}

/// What a server that replies so is told to be.
async fn refused(reply: Reply) -> String {
    let server = Server::start(move |_| reply.clone()).await;
    let error = ask("http://tsa.example/", &server.route()).await.unwrap_err();
    assert_eq!(server.paths()[..1], ["/"], "no robots.txt is asked for");
    error.to_string()
}

/// Answers one request with its head and its body.
async fn echo() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let head = read_head(&mut stream).await.unwrap();
        let mut body = [0; 5];
        stream.read_exact(&mut body).await.unwrap();
        let came = [head.as_bytes(), &body].concat();
        send(&mut stream, with("200 OK", &[("content-type", "Application/Timestamp-Reply; x=y")], came)).await;
    });
    address
}

#[tokio::test]
async fn the_body_goes_out_as_it_is_and_the_answer_comes_back() {
    let answer = ask("http://tsa.example:8080/tsr?a", &[format!("tsa.example::{}", echo().await)]).await.unwrap();
    insta::assert_snapshot!(String::from_utf8(answer).unwrap().replace('\r', ""), @r"
    POST /tsr?a HTTP/1.1
    host: tsa.example:8080
    user-agent: Portolan/0.0
    content-type: application/timestamp-query
    accept: application/timestamp-reply
    content-length: 5

    query
    ");
}

#[tokio::test]
async fn another_status_is_no_answer_and_a_redirect_is_not_followed() {
    assert_eq!(
        refused(with("503 Busy", &[("content-type", REPLY)], "")).await,
        "`http://tsa.example/` answered with status 503 instead of 200"
    );
    assert_eq!(refused(moved("/other")).await, "`http://tsa.example/` answered with status 302 instead of 200");
}

#[tokio::test]
async fn another_kind_is_no_answer() {
    assert_eq!(
        refused(ok("text/html", "<p>Welcome")).await,
        "`http://tsa.example/` answered with `text/html` instead of `application/timestamp-reply`"
    );
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_taken_announced_or_not() {
    let expect = "`http://tsa.example/` answered with more than 1000 bytes";
    assert_eq!(refused(ok(REPLY, [0; 1001])).await, expect);
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {REPLY}\r\n\r\n").into_bytes();
    assert_eq!(refused(Reply::Repeat(head, vec![0; 100], Duration::from_millis(1))).await, expect);
    let server = Server::start(|_| ok(REPLY, [7; 1000])).await;
    assert_eq!(ask("http://tsa.example/", &server.route()).await.unwrap(), [7; 1000]);
}

#[tokio::test]
async fn silence_ends() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {REPLY}\r\n\r\n").into_bytes();
    for silent in [Reply::Hang(Vec::new()), Reply::Hang(head)] {
        let expect = "`http://tsa.example/` brought nothing (timeout): no whole answer within 600ms";
        assert_eq!(refused(silent).await, expect);
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_none() {
    let half = format!("HTTP/1.1 200 OK\r\ncontent-type: {REPLY}\r\ncontent-length: 9\r\n\r\nhalf").into_bytes();
    let said = refused(Reply::Close(half)).await;
    assert!(said.starts_with("`http://tsa.example/` brought nothing ("), "{said}");
}

#[tokio::test]
async fn nothing_is_sent_to_a_private_address_but_by_route() {
    for text in ["http://127.0.0.1/", "http://10.0.0.8/tsr", "https://[fd00::1]/", "http://localhost/", "ftp://tsa.example/"] {
        match ask(text, &[]).await {
            Err(PostError::Nothing { miss: Miss::Forbidden, .. }) => {}
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(ask("http://127.0.0.1/", &[format!("127.0.0.1::{}", echo().await)]).await.is_ok());
}
