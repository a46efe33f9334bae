//! How many pages of results a second the real server serves, beside a page of the same content made by Express and
//! PostgreSQL (`bench-peer/`), and beside its own `/healthz`: what the same server answers without searching or
//! rendering is the limit of the HTTP stack.

mod frame;
mod peer;
mod same;

use std::time::{Duration, Instant};

use self::peer::Peer;
use super::{
    Outcome, ROUNDS,
    http::{Connection, Encoding},
    offer::{Offer, as_open_referral},
    server::Server,
    table::{Spread, markdown, percentile_ms},
};

const CLIENTS: [usize; 2] = [1, 8];
/// How long each side runs in each round.
const TURN: Duration = Duration::from_secs(2);

/// What parents ask, with and without words, a place, an age and filters; one is misspelt.
const PAGES: [&str; 6] = [
    "/local-offer?q=swimming&postcode=ME14+1XQ",
    "/local-offer?q=gymnastics&postcode=CT1+2EH&miles=10",
    "/local-offer?q=swimming&need=autism&category=wellbeing",
    "/local-offer?q=cookery&age=12",
    "/local-offer?postcode=TN23+1AA",
    "/local-offer?q=falcnry",
];
const HEALTH: [&str; 1] = ["/healthz"];

/// One of the sides that take turns.
struct Side {
    name: &'static str,
    port: u16,
    paths: &'static [&'static str],
    encoding: Encoding,
    clients: usize,
    per_second: Vec<f64>,
    times: Vec<Duration>,
}

/// Serves pages of so many listings for some seconds.
///
/// # Errors
/// When a server cannot be started, or answers anything but a page; or when the two pages are not of the same content.
pub async fn run(count: u32) -> Outcome<String> {
    let offer = Offer::new()?;
    let listings = offer.listings(1, count).collect::<Outcome<Vec<_>>>()?;
    let mut server = Server::start(&as_open_referral(&listings)).await?;
    let all = format!("{count} services found");
    server.wait_for("/local-offer", &all).await?;
    let peer = Peer::start(server.port, &listings).await?;
    drop(listings);
    let compared = same::compare(server.port, peer.port, &PAGES).await?;
    let mut sides = sides(server.port, peer.port);
    for _ in 0..ROUNDS {
        for side in &mut sides {
            side.take_turn().await?;
        }
    }
    Ok(format!(
        "{count} listings. Medians of {ROUNDS} interleaved rounds of {} s a side; servers and clients share this \
         machine. Express runs as a process a core, with prepared statements on PostgreSQL and `NODE_ENV=production`.\n\n\
         {}\n\n{}\n\nBoth pages are of the same content, compressed by brotli of level 3; what stands around the \
         results is the same text.\n\n{compared}",
        TURN.as_secs(),
        table(&mut sides),
        times_the_peer(&sides)
    ))
}

const PEER: &str = "Express, brotli";
const OURS: &str = "results, brotli";

fn sides(ours: u16, peer: u16) -> Vec<Side> {
    let all = [
        ("/healthz: the limit", ours, &HEALTH[..], Encoding::Plain),
        ("results, plain", ours, &PAGES[..], Encoding::Plain),
        (OURS, ours, &PAGES[..], Encoding::Brotli),
        (PEER, peer, &PAGES[..], Encoding::Brotli),
    ];
    CLIENTS
        .into_iter()
        .flat_map(|clients| all.map(|side| (clients, side)))
        .map(|(clients, (name, port, paths, encoding))| Side {
            name,
            port,
            paths,
            encoding,
            clients,
            per_second: Vec::new(),
            times: Vec::new(),
        })
        .collect()
}

impl Side {
    async fn take_turn(&mut self) -> Outcome<()> {
        let begun = Instant::now();
        let mut clients = Vec::new();
        for number in 0..self.clients {
            let client = ask_until(self.port, self.paths, number, self.encoding, begun + TURN);
            clients.push(tokio::spawn(client));
        }
        let mut times = Vec::new();
        for client in clients {
            times.extend(client.await??);
        }
        let answered = u32::try_from(times.len())?;
        let seconds = begun.elapsed().as_secs_f64();
        self.per_second.push(f64::from(answered) / seconds);
        self.times.extend(times);
        Ok(())
    }
}

/// One client: asks one page after another on one connection, and tells how long each took.
async fn ask_until(
    port: u16,
    paths: &'static [&'static str],
    first: usize,
    encoding: Encoding,
    end: Instant,
) -> Outcome<Vec<Duration>> {
    let mut connection = Connection::open(port).await?;
    let mut times = Vec::new();
    for path in paths.iter().cycle().skip(first) {
        let begun = Instant::now();
        if begun >= end {
            break;
        }
        let answer = connection.get(path, encoding).await?;
        times.push(begun.elapsed());
        if answer.status != 200 {
            return Err(format!("{path} was answered {}", answer.status).into());
        }
    }
    Ok(times)
}

/// By how much ours serves more, at each number of connections.
fn times_the_peer(sides: &[Side]) -> String {
    let of = |name: &str, clients: usize| {
        let mut sides = sides.iter();
        let side = sides.find(|side| side.name == name && side.clients == clients);
        side.map_or(0.0, |side| Spread::of(&side.per_second).median)
    };
    let told = CLIENTS.map(|clients| {
        let times = of(OURS, clients) / of(PEER, clients);
        format!("{times:.1} times the pages of Express with {clients} connections")
    });
    format!("SEND Hub serves {}.", told.join(", "))
}

fn table(sides: &mut [Side]) -> String {
    let limits: Vec<(usize, f64)> = sides
        .iter()
        .filter(|side| side.paths == HEALTH)
        .map(|side| (side.clients, Spread::of(&side.per_second).median))
        .collect();
    let rows: Vec<_> = sides
        .iter_mut()
        .map(|side| {
            let spread = Spread::of(&side.per_second);
            let limit = limits.iter().find(|(clients, _)| *clients == side.clients);
            let limit = limit.map_or(1.0, |(_, limit)| *limit);
            vec![
                format!("{}, connections: {}", side.name, side.clients),
                format!("{:.0}", spread.median),
                format!("{:.0} to {:.0}", spread.least, spread.most),
                format!("{:.2}", percentile_ms(&mut side.times, 0.5)),
                format!("{:.2}", percentile_ms(&mut side.times, 0.99)),
                format!("{:.2}", spread.median / limit),
            ]
        })
        .collect();
    markdown(
        &[
            "",
            "a second",
            "least to most",
            "median ms",
            "p99 ms",
            "of the limit",
        ],
        &rows,
    )
}
