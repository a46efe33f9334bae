//! Days and instants that belong together. The end of a London day is not for SQL to count: the pairs that there are, few
//! of them, are judged here, and whose they are is asked for the wrong ones alone.

use domain::promise::end_of_day_london;
use jiff::civil::Date;

use super::{Breach, Found, Judged, Proof, Row, broken, found};
use crate::StoreError;
use crate::columns::limit as limit_column;
use crate::dialect::fetch_all;

/// More pairs than these that are wrong tell nothing more: the whole table is.
const PAIRS: usize = 20;

impl Proof<'_> {
    /// A promise runs to the end of its day.
    pub(super) async fn days_and_instants(
        &mut self,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        const PAIRS: &str = "SELECT due_on, due_at FROM promises GROUP BY due_on, due_at";
        const WHOSE: &str = broken!(
            "SELECT e.reference, p.id AS subject, p.due_on AS detail FROM promises p \
             LEFT JOIN enquiries e ON e.id = p.enquiry WHERE p.due_on = $2 AND p.due_at = $3"
        );
        let pairs = fetch_all!(self.tx, (String, i64), PAIRS)?;
        self.whose(Breach::DayAndInstant, WHOSE, pairs, judged)
            .await
    }

    /// A paused enquiry stands in the queue where its pause ends.
    pub(super) async fn pauses_and_times(
        &mut self,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        const PAIRS: &str = "SELECT paused_until_on, due_at FROM enquiries WHERE state = 'paused' \
                             AND paused_until_on IS NOT NULL AND due_at IS NOT NULL GROUP BY paused_until_on, due_at";
        const WHOSE: &str = broken!(
            "SELECT e.reference, e.id AS subject, e.paused_until_on AS detail FROM enquiries e \
             WHERE e.state = 'paused' AND e.paused_until_on = $2 AND e.due_at = $3"
        );
        let pairs = fetch_all!(self.tx, (String, i64), PAIRS)?;
        self.whose(Breach::PauseTime, WHOSE, pairs, judged).await
    }

    async fn whose(
        &mut self,
        breach: Breach,
        sql: &'static str,
        pairs: Vec<(String, i64)>,
        judged: &Judged,
    ) -> Result<Option<Found>, StoreError> {
        let mut all: Option<Found> = None;
        for (day, instant) in pairs.into_iter().filter(do_not_agree).take(PAIRS) {
            let named = limit_column(judged.named);
            let rows = fetch_all!(self.tx, Row, sql, named, day.as_str(), instant)?;
            let Some(more) = found(breach, rows)? else {
                continue;
            };
            match &mut all {
                None => all = Some(more),
                Some(all) => {
                    all.count += more.count;
                    all.first.extend(more.first);
                }
            }
        }
        if let (Some(all), Ok(named)) = (&mut all, usize::try_from(judged.named)) {
            all.first.truncate(named);
        }
        Ok(all)
    }
}

fn do_not_agree((day, instant): &(String, i64)) -> bool {
    let end = day.parse::<Date>().map(end_of_day_london);
    end.map_or(true, |end| end.as_millisecond() != *instant)
}
