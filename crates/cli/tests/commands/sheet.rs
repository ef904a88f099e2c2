//! The child process that reads sheets: what is hostile is refused in words, and ends nobody else.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What the child answers to a file.
fn asked(file: &[u8]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portolan"));
    let mut child = command.arg("read-sheet").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    // A child that has read enough closes its end.
    child.stdin.take().unwrap().write_all(file).ok();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_child_reads_sheets_and_refuses_hostile_ones() {
    let read = asked(b"code,answer\n1,yes\n");
    assert_eq!(read["Ok"]["sheets"][0]["rows"].as_array().unwrap().len(), 2, "{read}");
    let refused = |file: &[u8]| asked(file)["Err"]["why"].clone();
    assert!(refused(&vec![b'a'; 17 << 20])["large"].is_object());
    assert!(refused("1,".repeat(300).as_bytes())["columns"].is_number());
    assert!(refused("1\n".repeat(100_001).as_bytes())["rows"].is_number());
    assert!(refused(b"PK\x03\x04 and nothing behind it")["damaged"].is_string());
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "old");
    assert_eq!(refused(b"\xff\xfe\x00\x01"), "unknown");
}
