//! The processes that serve: started, killed, started again.

use std::{
    fs::File,
    net::TcpListener,
    process::{Child, Command},
    thread,
    time::{Duration, Instant},
};

use super::world::World;

/// After that long without a ready server the test has failed.
const PATIENCE: Duration = Duration::from_secs(60);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// One `send-hub serve`.
struct Process {
    child: Child,
    address: String,
    ready: bool,
}

/// All of them, and when one was killed.
pub(super) struct Processes<'a> {
    world: &'a World,
    running: Vec<Process>,
    pub(super) kills: Vec<Instant>,
    pub(super) while_starting: usize,
}

impl<'a> Processes<'a> {
    pub(super) fn start(world: &'a World) -> Self {
        let mut processes = Self {
            world,
            running: (0..world.processes)
                .map(|number| spawn(world, number))
                .collect(),
            kills: Vec::new(),
            while_starting: 0,
        };
        processes.all_ready();
        processes
    }

    pub(super) fn count(&self) -> usize {
        self.running.len()
    }

    /// Waits until each serves.
    pub(super) fn all_ready(&mut self) {
        for number in 0..self.count() {
            self.ready(number);
        }
    }

    /// Waits until this one serves, and lets people reach it.
    pub(super) fn ready(&mut self, number: usize) {
        let process = &mut self.running[number];
        let begun = Instant::now();
        while !process.ready {
            process.ready = ureq::get(format!("{}/readyz", process.address))
                .call()
                .is_ok();
            let ended = process.child.try_wait().expect("its state");
            assert!(ended.is_none(), "a server ended by itself: {ended:?}");
            assert!(begun.elapsed() < PATIENCE, "a server does not come up");
            if process.ready {
                self.world.front.add(&process.address);
            } else {
                thread::sleep(BETWEEN_LOOKS);
            }
        }
    }

    /// Ends them as a system does that shuts down: what is under way is finished, and nothing new is begun. What is
    /// compared afterwards stands still. Gives what did not end well.
    pub(super) fn stop(&mut self) -> Vec<String> {
        let mut faults = Vec::new();
        for process in &mut self.running {
            let id = process.child.id().to_string();
            let told = Command::new("kill").arg(id).status().expect("kill");
            assert!(told.success(), "a server ended by itself");
        }
        for process in &mut self.running {
            let ended = process.child.wait().expect("its end");
            if !ended.success() {
                faults.push(format!("a server that was told to stop ended with {ended}"));
            }
        }
        faults
    }

    /// `kill -9`, and a start anew.
    pub(super) fn kill_and_start(&mut self, number: usize) {
        let process = &mut self.running[number];
        process.child.kill().expect("kill -9");
        self.kills.push(Instant::now());
        process.child.wait().expect("its end");
        self.world.front.remove(&process.address);
        self.while_starting += usize::from(!process.ready);
        *process = spawn(self.world, number);
    }
}

impl Drop for Processes<'_> {
    fn drop(&mut self) {
        for process in &mut self.running {
            let _ = process.child.kill();
            let _ = process.child.wait();
        }
    }
}

fn spawn(world: &World, number: usize) -> Process {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let listen = listener.local_addr().expect("its address").to_string();
    drop(listener);
    let log = world.folder().join(format!("log-{number}"));
    let log = File::options().create(true).append(true).open(log);
    let mut command: Command = world.command();
    command
        .arg("serve")
        .env(
            "SEND_HUB_DATA",
            world.folder().join(format!("data-{number}")),
        )
        .env("SEND_HUB_LISTEN", &listen)
        .stderr(log.expect("a log"));
    Process {
        child: command.spawn().expect("send-hub"),
        address: format!("http://{listen}"),
        ready: false,
    }
}
