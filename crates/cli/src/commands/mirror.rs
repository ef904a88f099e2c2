//! `mirror`: a saved site on loopback under its own name.

use std::net::{Ipv4Addr, SocketAddr};

use mirror::{Ports, Site, serve};

use crate::args::MirrorArgs;
use crate::exit::{Exit, Fault};
use crate::say;

/// Serves until interrupted.
pub(crate) async fn run(args: &MirrorArgs) -> anyhow::Result<Exit> {
    let hosts: Vec<&str> = args.hosts.iter().map(String::as_str).collect();
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mirror = serve(vec![Site::saved(&args.dir, &hosts)], Ports { http: at(args.http), https: at(args.https) }).await?;
    let hint = "name another file with --ca";
    std::fs::write(&args.ca, &mirror.ca_pem)
        .map_err(|error| Fault::usage(format!("`{}` cannot be written: {error}", args.ca.display()), hint))?;
    say::note(format_args!("serving {} until Ctrl-C; to survey it, add these flags:", args.dir.display()));
    for host in &args.hosts {
        say::out(format_args!("--connect-to {host}:80:{} --connect-to {host}:443:{}", mirror.http, mirror.https));
    }
    say::out(format_args!("--trust {}", args.ca.display()));
    tokio::signal::ctrl_c().await?;
    mirror.shutdown().await;
    Ok(Exit::Done)
}
