//! What `send-hub` can be told to do.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand};
use domain::{
    codes::{ErasureReason, Role},
    email::EmailAddress,
    keys::TeamKey,
    reference::Reference,
};
use hub::audit::Noted;
use secrecy::SecretString;

#[derive(Debug, Parser)]
#[command(
    name = "send-hub",
    version,
    about = "One place for SEND: a local offer and an inbox that answers"
)]
pub(crate) struct Arguments {
    /// The settings file
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the pages and run the jobs
    Serve(Serve),
    /// Run jobs only, beside a server
    Work,
    /// Bring the database up to date
    Migrate(Migrate),
    /// Copy a SQLite database into a file while it is in use, and check the copy
    Backup {
        /// The new file
        file: PathBuf,
    },
    /// Move everything from SQLite to PostgreSQL, once
    Move {
        /// The other database, with nothing in it yet
        #[arg(long, value_name = "postgres://…")]
        to: SecretString,
    },
    /// Bring listings or postcodes in
    #[command(subcommand)]
    Import(Import),
    /// Write listings to files
    #[command(subcommand)]
    Export(Export),
    /// Write the council's settings to a file, or read them from one
    #[command(subcommand)]
    Settings(Settings),
    /// Invite, add, list or disable officers
    #[command(subcommand)]
    User(User),
    /// Erase names, addresses, words and mails of a closed enquiry; what proves the promise stays
    Erase(Erase),
    /// Take in one message from standard input, for a mail server; ends with 0 once it is kept
    Receive(Receive),
    /// Prove that no message is lost and none is forgotten, and that nobody changed the record of who did what
    Audit(Audit),
    /// Check the settings and everything they point to
    Doctor,
    /// Print every address of the pages and forms, and whom it is for
    Routes,
}

#[derive(Debug, Args)]
pub(crate) struct Migrate {
    /// Accept another key than the one that signed the links sent so far: they all stop working
    #[arg(long)]
    pub(crate) new_key: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// What an earlier run printed: it must still be there
    #[arg(long, value_name = "POSITION:SEAL")]
    pub(crate) noted: Option<Noted>,
    /// How late a job, a step or a pause may be before that counts as broken
    #[arg(long, value_name = "MINUTES", default_value_t = 10)]
    pub(crate) grace: u32,
    /// Answer as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    /// The enquiry's reference
    pub(crate) reference: Reference,
    /// Every closed enquiry of the same name and address or number as well
    #[arg(long)]
    pub(crate) all_of_person: bool,
    /// asked (by the person), kept-long-enough (for the council's rules) or not-ours
    #[arg(long)]
    pub(crate) reason: ErasureReason,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Use the sample council, and fill an empty database with its services and officers
    #[arg(long)]
    pub(crate) sample: bool,
    /// With the sample: fill its desk with made-up enquiries as well
    #[arg(long, requires = "sample")]
    pub(crate) enquiries: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Receive {
    /// The envelope's sender; empty for a null return path
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    pub(crate) from: OsString,
    /// The envelope's recipient; one that begins with a hyphen is written as --to=ADDRESS
    // Several may follow. If each might begin with a hyphen, --from would be taken for one of them.
    #[arg(long, value_name = "ADDRESS", required = true, num_args = 1..)]
    pub(crate) to: Vec<OsString>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Open Referral UK 3.0 as JSON: a file, or a folder of them
    OpenReferral {
        /// The file or folder
        file: PathBuf,
        #[command(flatten)]
        how: ImportHow,
    },
    /// Open Referral UK 3.0 as tables: a folder with one CSV file a table
    Csv {
        /// The folder
        folder: PathBuf,
        #[command(flatten)]
        how: ImportHow,
    },
    /// The national look-up of postcodes (ONSPD or NSPL) as CSV, in place of the one before
    Postcodes {
        /// The file; the columns pcds or Postcode, lat and long are found by name
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ImportHow {
    /// List what would be new or changed, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Leave faulty records out and import the others; ends with 3 if there were any
    #[arg(long)]
    pub(crate) partial: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Export {
    /// Open Referral UK 3.0 as JSON, as `import open-referral` reads it
    OpenReferral {
        /// The folder to write into; files of an earlier export are replaced
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Settings {
    /// Write the settings that count now to standard output, as TOML
    Export,
    /// Make a file's settings count from now on, and say what that changes
    Import {
        /// The file, as `export` writes it
        file: PathBuf,
        /// Only say what would change
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Add an officer; the password is read from standard input
    Add(NewAccount),
    /// Invite somebody by e-mail to set their own password; where no mail can be sent, the link is printed
    Invite(NewAccount),
    /// List everybody with an account
    List,
    /// Let an officer sign in no more
    Disable {
        /// What they sign in with
        email: EmailAddress,
    },
}

#[derive(Debug, Args)]
pub(crate) struct NewAccount {
    /// What they will sign in with
    #[arg(long)]
    pub(crate) email: EmailAddress,
    /// Their name as families see it
    #[arg(long)]
    pub(crate) name: String,
    /// officer, team-lead, editor or administrator
    #[arg(long)]
    pub(crate) role: Role,
    /// The key of their team
    #[arg(long)]
    pub(crate) team: Option<TeamKey>,
}
