//! How many pages of results a second the real server serves, beside its own `/healthz`: what the
//! same server answers without searching or rendering is the limit of the HTTP stack.

use std::time::{Duration, Instant};

use super::{
    Outcome, ROUNDS,
    http::{Connection, Encoding},
    listings::{LAST, many},
    server::Server,
    table::{Spread, markdown, percentile_ms},
};

const CLIENTS: [usize; 2] = [1, 8];
/// How long each side runs in each round.
const TURN: Duration = Duration::from_secs(1);

/// What parents ask, with and without a place, an age and a filter.
const PAGES: [&str; 6] = [
    "/local-offer?q=speech&postcode=ME14+1XQ",
    "/local-offer?q=autisim+clubs&postcode=CT1+2EH&miles=10",
    "/local-offer?q=help+for+my+4+year+old+not+talking+near+ME14+1XQ",
    "/local-offer?q=short+breaks&age=12",
    "/local-offer?postcode=TN23+1AA",
    "/local-offer?q=wheelchair+swimming",
];
const HEALTH: [&str; 1] = ["/healthz"];

/// One of the sides that take turns.
struct Side {
    name: &'static str,
    paths: &'static [&'static str],
    encoding: Encoding,
    clients: usize,
    per_second: Vec<f64>,
    times: Vec<Duration>,
}

/// Serves pages for some seconds; `listings` are imported on top of the sample's.
///
/// # Errors
/// When the server cannot be started, or answers anything but a page.
pub async fn run(listings: Option<u32>) -> Outcome<String> {
    let mut server = Server::start().await?;
    server.wait_for(PAGES[0], "href=\"/local-offer/").await?;
    if let Some(count) = listings {
        server.import(&many(count)?).await?;
        // The word alone is said again on the page; only its listing has it in an address.
        let address = format!("-{LAST}\"");
        let page = format!("/local-offer?q={LAST}");
        server.wait_for(&page, &address).await?;
    }
    let mut sides = sides();
    for _ in 0..ROUNDS {
        for side in &mut sides {
            side.take_turn(server.port).await?;
        }
    }
    let sizes = sizes(server.port).await?;
    Ok(format!(
        "Medians of {ROUNDS} interleaved rounds of {} s a side; server and clients share this machine.\n\n{}\n\n{sizes}",
        TURN.as_secs(),
        table(&mut sides)
    ))
}

fn sides() -> Vec<Side> {
    let all = [
        ("/healthz: the limit", &HEALTH[..], Encoding::Plain),
        ("results, plain", &PAGES[..], Encoding::Plain),
        ("results, brotli", &PAGES[..], Encoding::Brotli),
    ];
    CLIENTS
        .into_iter()
        .flat_map(|clients| all.map(|side| (clients, side)))
        .map(|(clients, (name, paths, encoding))| Side {
            name,
            paths,
            encoding,
            clients,
            per_second: Vec::new(),
            times: Vec::new(),
        })
        .collect()
}

impl Side {
    async fn take_turn(&mut self, port: u16) -> Outcome<()> {
        let begun = Instant::now();
        let mut clients = Vec::new();
        for number in 0..self.clients {
            let client = ask_until(port, self.paths, number, self.encoding, begun + TURN);
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

async fn sizes(port: u16) -> Outcome<String> {
    let mut connection = Connection::open(port).await?;
    let mut rows = Vec::new();
    for path in PAGES {
        let plain = connection.get(path, Encoding::Plain).await?;
        let brotli = connection.get(path, Encoding::Brotli).await?;
        if brotli.encoding.as_deref() != Some("br") {
            return Err(format!("{path} was not compressed").into());
        }
        rows.push(vec![
            format!("`{path}`"),
            plain.body.len().to_string(),
            brotli.body.len().to_string(),
        ]);
    }
    Ok(markdown(&["", "bytes plain", "bytes brotli"], &rows))
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
