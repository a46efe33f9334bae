//! Whether all three find the same: before anything is measured, every question is asked of each once.

use super::{
    Answer, Outcome, Side, Sides,
    questions::{Scenario, TYPED},
};

/// Asks all of them, and says how many that were.
///
/// # Errors
/// When one finds more, or counts otherwise.
pub(super) async fn check(sides: &mut Sides) -> Outcome<usize> {
    let mut asked = 0;
    for scenario in Scenario::ALL {
        for question in scenario.questions() {
            let ours = sides.ours.answer(&question).await?;
            let postgres = sides.postgres.answer(&question).await?;
            let fts5 = sides.fts5.answer(&question).await?;
            asked += 1;
            if ours.total == 0 {
                return Err(format!("nothing is found: {question:?}").into());
            }
            for (name, theirs) in [
                (sides.postgres.name(), &postgres),
                (sides.fts5.name(), &fts5),
            ] {
                same(&format!("{question:?}, {name}"), &ours, theirs)?;
            }
        }
    }
    for typed in TYPED {
        let ours = sides.ours.suggest(typed).await?;
        let theirs = [
            sides.postgres.suggest(typed).await?,
            sides.fts5.suggest(typed).await?,
        ];
        asked += 1;
        if theirs.iter().any(|theirs| *theirs != ours) || ours == 0 {
            return Err(
                format!("“{typed}” suggests {ours} of ours, of the others {theirs:?}").into(),
            );
        }
    }
    Ok(asked)
}

/// Names the first thing that differs: an answer whole is a screenful.
fn same(what: &str, ours: &Answer, theirs: &Answer) -> Outcome<()> {
    let figures = [
        ("listings", ours.total, theirs.total),
        ("hits read", ours.hits, theirs.hits),
    ];
    for (figure, ours, theirs) in figures {
        if ours != theirs {
            return Err(
                format!("{figure} differ: {ours} of ours, {theirs} of theirs ({what})").into(),
            );
        }
    }
    let values = ours.counts.keys().chain(theirs.counts.keys());
    for value in values {
        let count = |answer: &Answer| answer.counts.get(value).copied().unwrap_or_default();
        let (ours, theirs) = (count(ours), count(theirs));
        if ours != theirs {
            return Err(format!(
                "{}={} counts {ours} of ours, {theirs} of theirs ({what})",
                value.0, value.1
            )
            .into());
        }
    }
    Ok(())
}
