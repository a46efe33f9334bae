//! Benches write rows of their own, and are run by hand: here each does a little, so that one which knows the tables as
//! they were is found out. They measure nothing here.

/// They need both databases.
mod postgres {
    use testing::bench::{audit, mail, sweep};

    #[tokio::test]
    async fn the_bench_of_the_audit_finds_a_whole_hub_whole_and_a_broken_one_broken() {
        audit::run(80).await.unwrap();
    }

    #[tokio::test]
    async fn the_bench_of_mails_makes_acknowledged_enquiries() {
        mail::run(5).await.unwrap();
    }

    #[tokio::test]
    async fn the_bench_of_the_sweep_sweeps() {
        sweep::run(5_000).await.unwrap();
    }
}
