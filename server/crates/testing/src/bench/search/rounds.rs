//! Taking the time: in each round every side answers a scenario's questions in turn, for a moment.

use std::time::{Duration, Instant};

use super::{
    Built, Outcome, Side, Sides,
    questions::{Question, Scenario, TYPED},
};
use crate::bench::{
    ROUNDS,
    table::{markdown, percentile_ms},
};

/// How long each side answers in each round; every question at least once.
const TURN: Duration = Duration::from_millis(800);

/// How long each answer took, of each side.
#[derive(Default)]
struct Times {
    ours: Vec<Duration>,
    postgres: Vec<Duration>,
    fts5: Vec<Duration>,
}

/// Measures everything and makes the table.
pub(super) async fn run(sides: &mut Sides, built: &Built) -> Outcome<String> {
    let mut rows = Vec::new();
    for scenario in Scenario::ALL {
        let questions = scenario.questions();
        let mut times = Times::default();
        warm(sides, &questions).await?;
        for _ in 0..ROUNDS {
            times
                .ours
                .extend(answer(&mut sides.ours, &questions).await?);
            times
                .postgres
                .extend(answer(&mut sides.postgres, &questions).await?);
            times
                .fts5
                .extend(answer(&mut sides.fts5, &questions).await?);
        }
        rows.push(row(scenario.name(), times));
    }
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        times.ours.extend(suggest(&mut sides.ours).await?);
        times.postgres.extend(suggest(&mut sides.postgres).await?);
        times.fts5.extend(suggest(&mut sides.fts5).await?);
    }
    rows.push(row("suggestion", times));
    rows.push(built_row(built));
    let heads = [
        "ms",
        "SEND Hub",
        "p99",
        "PostgreSQL",
        "p99",
        "FTS5",
        "p99",
        "times PostgreSQL",
        "times FTS5",
    ];
    Ok(format!(
        "Medians and 99th percentiles in milliseconds, {ROUNDS} interleaved rounds of {} ms a side; building is told \
         once. The last two columns: the others' median by ours.\n\n{}",
        TURN.as_millis(),
        markdown(&heads, &rows)
    ))
}

/// Nothing is prepared, planned or read from the disk for the first time while it is measured.
async fn warm(sides: &mut Sides, questions: &[Question]) -> Outcome<()> {
    for _ in 0..3 {
        for question in questions {
            sides.ours.answer(question).await?;
            sides.postgres.answer(question).await?;
            sides.fts5.answer(question).await?;
        }
    }
    Ok(())
}

/// Whole rounds of the questions, so that each weighs alike.
async fn answer(side: &mut impl Side, questions: &[Question]) -> Outcome<Vec<Duration>> {
    let mut times = Vec::new();
    let turn = Instant::now();
    while turn.elapsed() < TURN {
        for question in questions {
            let begun = Instant::now();
            side.answer(question).await?;
            times.push(begun.elapsed());
        }
    }
    Ok(times)
}

async fn suggest(side: &mut impl Side) -> Outcome<Vec<Duration>> {
    let mut times = Vec::new();
    let turn = Instant::now();
    while turn.elapsed() < TURN {
        for typed in TYPED {
            let begun = Instant::now();
            side.suggest(typed).await?;
            times.push(begun.elapsed());
        }
    }
    Ok(times)
}

fn row(name: &str, mut times: Times) -> Vec<String> {
    let [ours, postgres, fts5] = [&mut times.ours, &mut times.postgres, &mut times.fts5]
        .map(|times| (percentile_ms(times, 0.5), percentile_ms(times, 0.99)));
    vec![
        name.to_owned(),
        told(ours.0),
        told(ours.1),
        told(postgres.0),
        told(postgres.1),
        told(fts5.0),
        told(fts5.1),
        format!("{:.1}", postgres.0 / ours.0),
        format!("{:.1}", fts5.0 / ours.0),
    ]
}

fn built_row(built: &Built) -> Vec<String> {
    let [ours, postgres, fts5] =
        [built.ours, built.postgres, built.fts5].map(|time| time.as_secs_f64() * 1000.0);
    let none = String::new;
    vec![
        "index build".to_owned(),
        told(ours),
        none(),
        told(postgres),
        none(),
        told(fts5),
        none(),
        format!("{:.1}", postgres / ours),
        format!("{:.1}", fts5 / ours),
    ]
}

/// Three digits that count.
fn told(ms: f64) -> String {
    match ms {
        ms if ms < 10.0 => format!("{ms:.3}"),
        ms if ms < 100.0 => format!("{ms:.1}"),
        ms => format!("{ms:.0}"),
    }
}
