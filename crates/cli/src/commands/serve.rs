//! `serve`: the application in which people decide.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use review::{Advice, App, Setup};
use survey::{Gatherer, Reach};
use tokio::net::TcpListener;
use url::Url;

use crate::args::ServeArgs;
use crate::config::{Config, now};
use crate::exit::{Exit, Fault};
use crate::outside::Rest;
use crate::{advice, crosswalks, ground, maps, reach, say, seals};

/// How long the token for the first administrator can be used.
const SETUP: Duration = Duration::from_secs(24 * 3600);

/// Serves until Ctrl-C.
pub(crate) async fn run(data: &Path, config: Config, key: Option<&Path>, args: &ServeArgs) -> anyhow::Result<Exit> {
    let reached = reach::reach(&config.raw, &args.reach).map_err(|error| match error.downcast_ref::<Fault>() {
        Some(Fault { message, hint: Some(hint), .. }) => format!("{message}; {hint}"),
        _ => format!("{error:#}"),
    });
    if let Err(what) = &reached {
        say::note(format_args!("surveys cannot be started from here: {what}"));
    }
    let listener = listen(args.listen).await?;
    let at = listener.local_addr()?;
    let tls = args.tls_cert.as_deref().zip(args.tls_key.as_deref());
    let scheme = if tls.is_some() { "https" } else { "http" };
    let usual = Url::parse(&format!("{scheme}://{at}"))?;
    let home = args.origin.as_ref().unwrap_or(&usual);
    // Behind TLS cookies are bound to it, whoever ends it.
    let origin = args.origin.clone().or_else(|| tls.map(|_| usual.clone()));
    let app = open(data, config, key, reached, origin).await?;
    say::out(format_args!("Portolan listens on {scheme}://{at}"));
    invite(&app, home).await?;
    serve(listener, tls, app).await?;
    Ok(Exit::Done)
}

/// Says where the first administrator is made, if there is nobody yet.
pub(crate) async fn invite(app: &App, home: &Url) -> anyhow::Result<()> {
    if let Some(token) = review::first_token(app, SETUP).await? {
        say::out(format_args!(
            "First start: make the administrator within 24 hours at\n  {}",
            home.join(&format!("/setup?token={token}"))?
        ));
    }
    Ok(())
}

/// The application over a data directory.
pub(crate) async fn open(
    data: &Path,
    config: Config,
    key: Option<&Path>,
    reached: Result<Reach, String>,
    origin: Option<Url>,
) -> anyhow::Result<Arc<App>> {
    // A wrong key is told now and not when the first city is signed off.
    if seals::signer(key)?.is_none() {
        say::note("there is no key: what is decided is sealed and not signed. `portolan key init` makes one");
    }
    application(data, config, key, reached, origin).await
}

/// The application over a data directory that must be there, for what only reads.
pub(crate) async fn quiet(data: &Path, config: Config) -> anyhow::Result<Arc<App>> {
    if !data.join(ground::LEDGER).exists() {
        let hint = "name the directory with --data";
        return Err(Fault::usage(format!("there is no ledger in `{}`", data.display()), hint).into());
    }
    application(data, config, None, Err("nothing is fetched here".to_owned()), None).await
}

async fn application(
    data: &Path,
    config: Config,
    key: Option<&Path>,
    reached: Result<Reach, String>,
    origin: Option<Url>,
) -> anyhow::Result<Arc<App>> {
    let (raw, instrument) = (config.raw.clone(), config.book.instrument.clone());
    let (advice, earlier) = (advised(&config)?, crosswalks::earlier(&config.sources, &instrument.edition));
    let atlas = maps::read(config.dir.as_deref())?;
    let ground = Arc::new(ground::open(data, config).await?);
    let rest = Rest {
        data: data.to_owned(),
        key: key.map(Path::to_owned),
        gatherer: Gatherer::new(Arc::clone(&ground), raw.survey(1)),
        reach: reached,
        under_way: Mutex::default(),
        packing: tokio::sync::Mutex::default(),
        raw,
        ground: Arc::clone(&ground),
    };
    let setup = Setup {
        store: ground.store.clone(),
        archive: ground.archive.clone(),
        instrument,
        advice,
        atlas,
        earlier,
        origin,
        outside: Arc::new(rest),
        clock: now,
    };
    Ok(App::new(setup)?)
}

/// The advice for the edition of the configuration.
fn advised(config: &Config) -> anyhow::Result<Advice> {
    advice::read(&config.sources, &config.book.instrument).map_err(|mistakes| {
        let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        Fault::configuration(told.join("\n"), "correct these lines, or take the folder `advice` out: pages then have no messages")
            .into()
    })
}

/// A listener on that address.
pub(crate) async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = "choose another address with --listen; port 0 takes a free one";
        Fault::usage(format!("{address} cannot be listened on: {error}"), hint).into()
    })
}

/// Serves until Ctrl-C.
pub(crate) async fn serve(listener: TcpListener, tls: Option<(&Path, &Path)>, app: Arc<App>) -> anyhow::Result<()> {
    let stop = async {
        tokio::signal::ctrl_c().await.ok();
        say::note("ending after the requests under way");
    };
    let ending = Arc::clone(&app);
    match tls {
        None => review::serve(listener, app, stop).await?,
        Some((chain, key)) => {
            let read = |file: &Path| {
                let hint = "name PEM files with --tls-cert and --tls-key";
                std::fs::read(file).map_err(|error| Fault::usage(format!("`{}` cannot be read: {error}", file.display()), hint))
            };
            let secure = mirror::Secure::new(listener, &read(chain)?, &read(key)?);
            let secure = secure.map_err(|what| Fault::usage(what, "name PEM files with --tls-cert and --tls-key"))?;
            review::serve_secure(secure, app, stop).await?;
        }
    }
    let signed = ending.close().await;
    say::note(signed.unwrap_or_else(|what| format!("not signed: {what}")));
    Ok(())
}
