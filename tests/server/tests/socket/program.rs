//! The program: what it prints, and how it fails.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> (Program, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lab_server"));
    let mut child = command
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    (Program(child), line)
}

fn failure(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lab_server"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn its_line_says_where_it_listens() {
    let (_program, line) = start(&[]);
    let address = line
        .strip_prefix("listening on http://")
        .unwrap()
        .strip_suffix("/\n")
        .unwrap();
    assert!(address.starts_with("127.0.0.1:"), "{line}");
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(b"GET /lab/delay/1 HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");

    let port = address.rsplit(':').next().unwrap();
    let sentence = failure(&["--port", port]);
    assert!(
        sentence.starts_with(&format!(
            "lab_server: port {port} of 127.0.0.1 can't be had: "
        )),
        "{sentence}"
    );
    assert_eq!(sentence.lines().count(), 1);
}

#[test]
fn it_says_what_is_wrong() {
    assert!(failure(&["--port", "70000"]).contains("\"70000\" is no port"));
    assert!(failure(&["--port"]).contains("--port needs a value"));
    assert!(
        failure(&["--pages", "/no/such/directory"]).contains("/no/such/directory is no directory")
    );
    assert!(failure(&["--at", "/x/"]).contains("--at needs --pages"));
    assert!(failure(&["--frobnicate"]).contains("\"--frobnicate\" is no option"));
}

/// Where descriptors run out, it ends and says why, instead of leaving clients to wait.
#[cfg(unix)]
#[test]
fn it_ends_when_no_connection_can_be_had() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 16 && exec \"$0\""])
        .arg(env!("CARGO_BIN_EXE_lab_server"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map(Program)
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let address = line.trim_start_matches("listening on http://");
    let address = address.trim_end_matches("/\n");
    let _clients: Vec<_> = (0..16)
        .map_while(|_| TcpStream::connect(address).ok())
        .collect();
    let mut sentence = String::new();
    let mut stderr = child.0.stderr.take().unwrap();
    stderr.read_to_string(&mut sentence).unwrap();
    assert!(
        sentence.starts_with("lab_server: no more connections: "),
        "{sentence}"
    );
    assert!(!child.0.wait().unwrap().success());
}
