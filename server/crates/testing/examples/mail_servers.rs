//! Postfix and Dovecot for the journeys in a browser: says in one line where they are, and runs them until its
//! input ends. An example, because `cargo test` builds those with the very dependencies of the tests.

use std::io::{self, Read, Write};

use testing::mail_servers::{MailServers, PASSWORD};

fn main() -> io::Result<()> {
    let servers = MailServers::start();
    let told = serde_json::json!({
        "smtp": servers.plain_url(),
        "imap": servers.imap_port(),
        "imaps": servers.imaps_port(),
        "authority": servers.authority(),
        "password": PASSWORD,
    });
    let mut output = io::stdout();
    writeln!(output, "{told}")?;
    output.flush()?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
