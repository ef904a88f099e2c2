//! `demo`: the main job from end to end on three small fictional cities, served on loopback by this very process.

use std::net::SocketAddr;
use std::path::Path;

use archive::Signer;
use mirror::{Ports, Site, word_search};
use model::{Country, Language, Portal};
use url::Url;

use super::evaluate::{scratch, unhurried};
use super::serve;
use super::survey::{new_survey, quietly, summary};
use crate::args::DemoArgs;
use crate::config::{self, Chosen};
use crate::exit::{Exit, Fault};
use crate::{ground, say, seals};

/// A fictional city: its folder, its host, its country and language, and its search form.
struct City {
    folder: &'static str,
    name: &'static str,
    host: &'static str,
    country: &'static str,
    language: &'static str,
    search: Option<(&'static str, &'static str)>,
}

const CITIES: [City; 3] = [
    City {
        folder: "alderhaven",
        name: "Alderhaven",
        host: "www.alderhaven.example",
        country: "GB",
        language: "en",
        search: Some(("/search/", "q")),
    },
    City {
        folder: "wadi-nakheel",
        name: "وادي النخيل",
        host: "www.wadi-nakheel.example",
        country: "AE",
        language: "ar",
        search: Some(("/ar/Pages/Search.html", "k")),
    },
    City {
        folder: "rochevigne",
        name: "Rochevigne",
        host: "www.rochevigne.example",
        country: "FR",
        language: "fr",
        search: Some(("/recherche.html", "mots")),
    },
];

/// The outside service host of the French city.
const SERVICE: (&str, &str) = ("guichet-orle", "demarches.guichet-orle.example");

/// Surveys the cities and shows what was found and how to look further.
pub(crate) async fn run(rules: Chosen<'_>, args: &DemoArgs) -> anyhow::Result<Exit> {
    let config = config::load(rules)?;
    let mut sites = vec![site(&args.sites, SERVICE.0, &[SERVICE.1], None)?];
    let mut portals = Vec::new();
    let mut hosts = vec![SERVICE.1];
    for city in &CITIES {
        let bare = city.host.trim_start_matches("www.");
        sites.push(site(&args.sites, city.folder, &[city.host, bare], city.search)?);
        hosts.extend([city.host, bare]);
        portals.push(portal(city));
    }
    let mirror = mirror::serve(sites, Ports::free()).await?;
    let (raw, data) = (config.raw.clone(), scratch("demo")?);
    let digest = config.digest;
    let ground = ground::open(&data, config).await?;
    let store = ground.store.clone();
    let reach = unhurried(&raw, &mirror, &hosts)?;
    let survey = store.begin_survey(&new_survey("demo".to_owned(), digest, &raw, &portals, 1)).await?;
    let outcomes = quietly(ground, survey, raw.survey(1), portals.clone(), reach.clone()).await?;
    let signer = Signer::new("demo").map_err(anyhow::Error::msg)?;
    signer.save(&data.join("demo.key"))?;
    seals::sign_by(&data, &signer)?;
    let config = config::load(rules)?;
    let listed = crate::args::FindingsArgs { survey: None, portal: None, answer: None, format: crate::args::Format::Table };
    super::findings::run(&data, config, &listed).await?;
    say::out("");
    let exit = summary(survey, &outcomes);
    let tallies = store.tallies(survey).await?;
    for run in store.runs(survey).await? {
        if let Some(tally) = tallies.get(&run.id) {
            let missed: Vec<String> = tally.missed.iter().map(|(miss, count)| format!("{count} {miss}")).collect();
            let missed = if missed.is_empty() { "none".to_owned() } else { missed.join(", ") };
            say::out(format_args!(
                "{}: {} requests answered ({} kB), {} shared, misses: {missed}",
                run.portal.id,
                tally.captured,
                tally.bytes / 1000,
                tally.shared
            ));
        }
    }
    say::out(format_args!(
        "\nEverything is kept in {0}. To look further:\n  portolan --data {0} findings --portal rochevigne --answer present\n  portolan --data {0} show 42        (any number after # above)\n  portolan --data {0} judge\n  portolan verify {0}\n  portolan --data {0} --key {0}/demo.key pack 1 --out {0}/packs",
        data.display()
    ));
    if let Some(address) = args.serve {
        let people = (!args.bare).then_some(portals);
        try_out(&data, config::load(rules)?, address, reach, people).await?;
    } else {
        say::out(format_args!("To decide as people do: portolan demo --serve"));
    }
    mirror.shutdown().await;
    Ok(exit)
}

/// Serves the application over the cities, with people to be and a campaign over the portals given, or with nobody.
async fn try_out(
    data: &Path,
    config: config::Config,
    address: SocketAddr,
    reach: survey::Reach,
    portals: Option<Vec<Portal>>,
) -> anyhow::Result<()> {
    let key = data.join("demo.key");
    let app = serve::open(data, config, Some(&key), Ok(reach), None).await?;
    let listener = serve::listen(address).await?;
    let Some(portals) = portals else {
        let home = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        say::out(format_args!("\nPortolan listens on {home}"));
        serve::invite(&app, &home).await?;
        return serve::serve(listener, None, app).await;
    };
    let tryout = review::tryout(&app, "demo", "Demo", portals).await?;
    say::out(format_args!("\nThe application listens on http://{}. Sign in as", listener.local_addr()?));
    for (person, duties) in &tryout.people {
        let duties: Vec<&str> = duties.iter().map(|duty| duty.as_str()).collect();
        say::out(format_args!("  {person:<6} {}", duties.join(", ")));
    }
    say::out(format_args!("with the password  {}  (for all of them; Ctrl-C ends it)", tryout.password));
    serve::serve(listener, None, app).await
}

fn site(root: &Path, folder: &str, hosts: &[&str], search: Option<(&str, &str)>) -> anyhow::Result<Site> {
    let dir = root.join(folder);
    if !dir.is_dir() {
        let hint = "run the demo in the source tree, or name the folder of the fictional cities with --sites";
        return Err(Fault::usage(format!("`{}` is not there", dir.display()), hint).into());
    }
    let dynamic = search.map(|(path, parameter)| word_search(&dir, path, parameter)).transpose()?;
    Ok(Site { dynamic, ..Site::saved(&dir, hosts) })
}

fn portal(city: &City) -> Portal {
    Portal {
        id: city.folder.to_owned(),
        city: city.name.to_owned(),
        country: Country::new(city.country).expect("it is assigned"),
        home: Url::parse(&format!("https://{}/", city.host)).expect("it is a URL"),
        hosts: Vec::new(),
        languages: Language::new(city.language).into_iter().collect(),
        notes: "fictional".to_owned(),
    }
}
