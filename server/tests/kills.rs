//! `kill -9` under load on every channel: nothing is lost, and nobody is answered twice.

#![expect(
    clippy::print_stderr,
    reason = "the report tells what was killed, and the seed"
)]

mod mail_servers {
    use std::sync::Mutex;

    use testing::crash::{Plan, run};

    /// One at a time: both would take the machine from each other.
    static ALONE: Mutex<()> = Mutex::new(());
    const SEED: u64 = 2014;

    fn nothing_is_lost(database: String, processes: usize) {
        let _alone = ALONE.lock();
        let report = run(&Plan {
            binary: env!("CARGO_BIN_EXE_send-hub").into(),
            database,
            processes,
            kills: 10,
            seed: SEED,
        });
        eprintln!("{report}");
        assert!(report.faults.is_empty(), "{report}");
        let silent = report.accepted.iter().find(|(_, count)| *count == 0);
        assert_eq!(silent, None, "a channel without load shows nothing");
        for (count, what) in [
            (report.audits, "proved anything under load"),
            (report.attached, "sent a file"),
            (report.put_off, "had a mail put off"),
            (report.not_answered, "was left without an answer"),
            (report.refused, "was refused"),
        ] {
            assert!(count > 0, "nobody {what}");
        }
    }

    #[test]
    fn ten_kills_lose_nothing_on_one_file() {
        nothing_is_lost("sqlite:".to_owned(), 1);
    }

    mod postgres {
        use testing::Cluster;

        #[test]
        fn ten_kills_of_two_servers_lose_nothing() {
            super::nothing_is_lost(Cluster::shared().database(), 2);
        }
    }
}
