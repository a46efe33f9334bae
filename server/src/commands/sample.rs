//! The sample council's services and officers, put into an empty database; with enquiries, if they are wanted.

mod enquiries;

use std::{fs, io::Write, path::Path};

use domain::codes::Role;
use hub::{Actor, Hub, Officer, accounts::NewOfficer, local_offer::Writing};
use rand::{RngCore, SeedableRng, rngs::StdRng};

use super::{Stopped, stopped};

const SERVICES: &str = include_str!("../../sample/services.json");
/// Where the sign-ins are kept, so that every start can show them.
const SIGN_INS: &str = "sample-sign-ins.txt";

const OFFICERS: [(&str, &str, Role, Option<&str>); 4] = [
    (
        "officer@example.org",
        "Olu Officer",
        Role::Officer,
        Some("send-enquiries"),
    ),
    (
        "lead@example.org",
        "Lena Lead",
        Role::TeamLead,
        Some("send-enquiries"),
    ),
    ("editor@example.org", "Eddie Editor", Role::Editor, None),
    ("admin@example.org", "Ada Admin", Role::Administrator, None),
];

/// What stands on the sample's desk at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Desk {
    /// Nothing.
    Empty,
    /// A day's enquiries.
    Busy,
}

/// Fills an empty database; a database that holds anything is left alone. Returns the sign-ins.
pub(super) async fn fill(hub: &Hub, data: &Path, desk: Desk) -> Result<String, Stopped> {
    if hub.local_offer().count().await.map_err(stopped)? == 0 {
        hub.local_offer()
            .import(&Actor::System, SERVICES, Writing::Real)
            .await
            .map_err(stopped)?;
    }
    let file = data.join(SIGN_INS);
    let accounts = hub.accounts().list(&Actor::System).await.map_err(stopped)?;
    if accounts.is_empty() {
        // A fixed password would open every sample that somebody left running.
        let password = password();
        let mut lines = String::new();
        for (email, name, role, team) in OFFICERS {
            add(hub, email, name, role, team, &password).await?;
            lines.push_str(&format!("{email} {password} ({role})\n"));
        }
        keep(&file, &lines).map_err(stopped)?;
        if desk == Desk::Busy {
            enquiries::add(hub, &first_officer(hub).await?).await?;
        }
    }
    Ok(fs::read_to_string(&file).unwrap_or_default())
}

/// The officer who works on the sample's enquiries.
async fn first_officer(hub: &Hub) -> Result<Actor, Stopped> {
    let (email, ..) = OFFICERS[0];
    let mut tx = hub.database().read().await.map_err(stopped)?;
    let account = tx.accounts().by_email(email).await.map_err(stopped)?;
    let account = account.ok_or_else(|| stopped("the sample's officer is not there"))?;
    Ok(Actor::Officer(Officer::from(account)))
}

async fn add(
    hub: &Hub,
    email: &str,
    name: &str,
    role: Role,
    team: Option<&str>,
    password: &str,
) -> Result<(), Stopped> {
    let new = NewOfficer {
        email: email.parse().map_err(stopped)?,
        name: name.to_owned(),
        role,
        team: team.map(str::parse).transpose().map_err(stopped)?,
        password: password.into(),
    };
    hub.accounts()
        .add(&Actor::System, new)
        .await
        .map(drop)
        .map_err(stopped)
}

/// Four groups of letters and digits that cannot be mistaken for each other: 80 bits.
fn password() -> String {
    const SYMBOLS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz-";
    let mut random = StdRng::from_os_rng();
    let groups: Vec<String> = (0..4)
        .map(|_| {
            (0..4)
                .map(|_| {
                    let place = random.next_u32() % 31;
                    SYMBOLS
                        .get(place as usize)
                        .map_or('x', |symbol| char::from(*symbol))
                })
                .collect()
        })
        .collect();
    groups.join("-")
}

fn keep(file: &Path, lines: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(lines.as_bytes())
}
