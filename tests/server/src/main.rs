//! `lab_server [--port N] [--pages DIR] [--at PREFIX]`: the Lab on a real socket.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use lab_server::{Pages, Server};

const USAGE: &str = "\
Usage: lab_server [--port N] [--pages DIR] [--at PREFIX]

  --port N      the port of 127.0.0.1; 0 takes any (the default)
  --pages DIR   serves the files of DIR as well
  --at PREFIX   the path under which it serves them, such as /some/prefix/ (default: /)";

#[derive(Default)]
struct Options {
    port: u16,
    pages: Option<PathBuf>,
    at: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match options(arguments).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("lab_server: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn options(arguments: Vec<String>) -> Result<Options, String> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(name) = arguments.next() {
        let value = arguments.next();
        let value = || {
            value
                .clone()
                .ok_or_else(|| format!("{name} needs a value.\n\n{USAGE}"))
        };
        match name.as_str() {
            "--port" => {
                let value = value()?;
                options.port = value
                    .parse()
                    .map_err(|_| format!("{value:?} is no port: 0 to 65535 are."))?;
            }
            "--pages" => options.pages = Some(value()?.into()),
            "--at" => options.at = value()?,
            _ => return Err(format!("{name:?} is no option.\n\n{USAGE}")),
        }
    }
    if options.pages.is_none() && !options.at.is_empty() {
        return Err("--at needs --pages.".to_owned());
    }
    Ok(options)
}

fn run(options: Options) -> Result<(), String> {
    if let Some(directory) = options
        .pages
        .as_ref()
        .filter(|directory| !directory.is_dir())
    {
        return Err(format!("{} is no directory.", directory.display()));
    }
    let pages = options
        .pages
        .map(|directory| Pages::new(directory, &options.at));
    // One thread: requests are cheap, and their order is then the order of their arrival.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|reason| format!("there is no event loop: {reason}"))?;
    runtime.block_on(async {
        let port = options.port;
        let server = Server::bind(port, pages).await;
        let server =
            server.map_err(|reason| format!("port {port} of 127.0.0.1 can't be had: {reason}"))?;
        let address = server.address().map_err(|reason| reason.to_string())?;
        // A line's end flushes: whoever waits for this line may send its first request now.
        println!("listening on http://{address}/");
        server
            .run()
            .await
            .map_err(|reason| format!("no more connections: {reason}"))
    })
}
