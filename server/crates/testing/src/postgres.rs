//! A real PostgreSQL to throw away: a cluster of its own in a temporary folder, on a socket there.
//!
//! [`Cluster::shared`] is one for all tests of a process. It needs the programs of Debian's package
//! `postgresql` and no server that runs already. PostgreSQL refuses to run as root, so a shell starts it as
//! the user `postgres` there. That shell lives as long as a pipe from this process is open: however the
//! tests end, the server is stopped and its folder deleted.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        LazyLock, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

/// What the shell does: `$1` is the folder of PostgreSQL's programs, the rest are the server's settings.
/// It answers each order with one line.
const SUPERVISOR: &str = r#"
set -eu
trap '' INT
bin=$1; shift
folder=$(mktemp -d)
echo "$folder"
"$bin/initdb" --pgdata="$folder/data" --username=hub --auth=trust --encoding=UTF8 --locale=C --no-sync \
  --wal-segsize="$SEGMENT_MIB" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
start() {
  "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=300 "$@" \
    >>"$folder/log" 2>&1 </dev/null &
  server=$!
  until "$bin/pg_isready" --quiet --host="$folder" --username=hub; do
    kill -0 "$server" || { cat "$folder/log" >&2; exit 1; }
    sleep 0.02
  done
  echo started
}
stop() {
  if [ -n "$server" ]; then
    kill "-$1" "$server"
    wait "$server" || true
    server=
  fi
  echo stopped
}
# First the process that starts the others. The soft limit alone, so that it can be lifted again.
limit() {
  prlimit --pid "$server" --fsize="$1:"
  for process in $("$bin/psql" --host="$folder" --username=hub --tuples-only --no-align \
    --command="SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()" postgres); do
    prlimit --pid "$process" --fsize="$1:"
  done
  echo limited
}
server=
start "$@"
while read -r order what; do
  case $order in
    limit) limit "$what" ;;
    start) start "$@" ;;
    stop) stop INT ;;
    crash) stop QUIT ;;
  esac
done
stop INT >/dev/null
rm -rf "$folder"
"#;

/// What is needed of PostgreSQL's programs.
const PROGRAMS: [&str; 5] = ["initdb", "postgres", "pg_isready", "createdb", "psql"];

/// A PostgreSQL of our own.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    talk: Mutex<Talk>,
    databases: AtomicU32,
}

#[derive(Debug)]
struct Talk {
    /// Open as long as the server is wanted.
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    shell: Child,
}

impl Cluster {
    /// The one that all tests of this process share.
    ///
    /// # Panics
    /// As [`Cluster::start`].
    pub fn shared() -> &'static Self {
        // Nothing in it has to outlive a power cut.
        static SHARED: LazyLock<Cluster> =
            LazyLock::new(|| Cluster::start(&["fsync=off", "full_page_writes=off"]));
        &SHARED
    }

    /// Starts one with settings as `postgresql.conf` spells them.
    ///
    /// # Panics
    /// When PostgreSQL's programs are not installed, or it does not start.
    #[must_use]
    pub fn start(settings: &[&str]) -> Self {
        Self::start_with(settings, "16")
    }

    /// Starts one that writes no large file of its own accord, for [`Cluster::let_files_grow_to`]: its log comes in
    /// pieces of 1 MiB.
    ///
    /// # Panics
    /// As [`Cluster::start`].
    #[must_use]
    pub fn start_small() -> Self {
        // What was replaced stays, so that a table only grows.
        Self::start_with(&["autovacuum=off"], "1")
    }

    fn start_with(settings: &[&str], segment_mib: &str) -> Self {
        let programs = programs();
        let mut command = shell();
        command.args(["-c", SUPERVISOR, "postgres"]).arg(&programs);
        for setting in settings {
            command.args(["-c", setting]);
        }
        let mut shell = command
            .env("SEGMENT_MIB", segment_mib)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let orders = shell.stdin.take();
        let mut answers = BufReader::new(shell.stdout.take().expect("its output"));
        let folder = PathBuf::from(line(&mut answers));
        assert_eq!(line(&mut answers), "started", "PostgreSQL did not start");
        Self {
            folder,
            programs,
            talk: Mutex::new(Talk {
                orders,
                answers,
                shell,
            }),
            databases: AtomicU32::new(0),
        }
    }

    /// Makes an empty database and gives its address.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn database(&self) -> String {
        let name = format!("hub_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = Command::new(self.programs.join("createdb"))
            .arg("--host")
            .arg(&self.folder)
            .args(["--username=hub", &name])
            .status();
        assert!(made.expect("createdb").success(), "no database was made");
        self.address(&name)
    }

    /// The address of one of its databases.
    #[must_use]
    pub fn address(&self, database: &str) -> String {
        format!(
            "postgres://hub@localhost/{database}?host={}",
            self.folder.display()
        )
    }

    /// The folder with PostgreSQL's programs.
    #[must_use]
    pub fn programs(&self) -> &Path {
        &self.programs
    }

    /// The folder with the server's socket.
    #[must_use]
    pub fn socket(&self) -> &Path {
        &self.folder
    }

    /// Ends every connection and stops in order.
    ///
    /// # Panics
    /// When it does not.
    pub fn stop(&self) {
        self.order("stop", "stopped");
    }

    /// Stops at once, as a crash does: what was committed is found again in the log.
    ///
    /// # Panics
    /// When it does not.
    pub fn crash(&self) {
        self.order("crash", "stopped");
    }

    /// From now on the kernel lets none of the server's processes write a file beyond so many bytes; `None` gives
    /// room again. PostgreSQL ignores the signal that comes with it, “so that ulimit violations work like disk full”
    /// (`postmaster.c`).
    ///
    /// # Panics
    /// When it cannot be told.
    pub fn let_files_grow_to(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        self.order(&format!("limit {limit}"), "limited");
    }

    /// Starts again what was stopped.
    ///
    /// # Panics
    /// When it does not.
    pub fn start_again(&self) {
        self.order("start", "started");
    }

    fn order(&self, order: &str, answer: &str) {
        let mut talk = self.talk.lock().expect("one order at a time");
        let orders = talk.orders.as_mut().expect("the shell listens");
        writeln!(orders, "{order}").expect("an order");
        assert_eq!(
            line(&mut talk.answers),
            answer,
            "PostgreSQL did not {order}"
        );
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Ok(talk) = self.talk.get_mut() {
            drop(talk.orders.take());
            let _ = talk.shell.wait();
        }
    }
}

fn line(answers: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    answers.read_line(&mut line).expect("an answer");
    line.trim_end().to_owned()
}

/// A shell that is not root.
fn shell() -> Command {
    use std::os::unix::fs::MetadataExt;
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !root {
        return Command::new("sh");
    }
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid=postgres",
        "--regid=postgres",
        "--init-groups",
        "sh",
    ]);
    // It may not be able to look into the folder of whoever runs the tests.
    command.current_dir("/");
    command
}

/// Where the programs are: Debian keeps them beside each other by version, off the path.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").ok();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .filter_map(|version| {
            let folder = version.ok()?;
            let number = folder.file_name().to_str()?.parse().ok()?;
            Some((number, folder.path().join("bin")))
        })
        .collect();
    folders.sort();
    let newest = folders.into_iter().rev().map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest
        .chain(std::env::split_paths(&path))
        .find(|folder| {
            PROGRAMS
                .iter()
                .all(|program| folder.join(program).is_file())
        })
        .expect(
            "PostgreSQL's programs were not found: install Debian's package postgresql, \
             or leave these tests out (cargo xtask test --without postgres)",
        )
}
