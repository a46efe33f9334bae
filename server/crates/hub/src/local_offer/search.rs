//! Searching. The index blocks, so it is asked from a thread of its own.

use domain::local_offer::Position;
use search::{Counting, Query, Results, SearchError, Suggestion};
use tokio::task::spawn_blocking;

use super::LocalOffer;
use crate::Error;

/// How many are suggested while somebody types.
const SUGGESTIONS: usize = 8;

impl LocalOffer<'_> {
    /// What fits a query, best first.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index cannot be read.
    pub async fn search(&self, query: &Query) -> Result<Results, Error> {
        let asked = Query {
            today: Some(self.0.today()),
            exact: self.exact(query).await,
            ..query.clone()
        };
        metrics::counter!("send_hub_searches_total").increment(1);
        let results = self.ask(move |index| index.search(&asked)).await?;
        self.note(query, &results);
        Ok(results)
    }

    /// Where the query's full postcode is. A look-up that fails costs a few hundred yards, not the search.
    async fn exact(&self, query: &Query) -> Option<Position> {
        let postcode = query.full_postcode().filter(|_| query.exact.is_none());
        let Some(postcode) = postcode else {
            return query.exact;
        };
        let found = self.where_is(&postcode).await;
        found.unwrap_or_else(|error| {
            tracing::warn!(%error, "the look-up of postcodes cannot be read");
            None
        })
    }

    /// How many services fit a query. Nobody looks at them, so nothing else is counted.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index cannot be read.
    pub async fn how_many(&self, query: &Query) -> Result<usize, Error> {
        let query = Query {
            today: Some(self.0.today()),
            counting: Counting::Nothing,
            ..query.clone()
        };
        let found = self.ask(move |index| index.search(&query)).await?;
        Ok(found.total)
    }

    /// Services, needs, kinds of help and guides that begin with what was typed so far.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index cannot be read.
    pub async fn suggest(&self, typed: &str) -> Result<Vec<Suggestion>, Error> {
        let typed: String = typed.chars().take(60).collect();
        self.ask(move |index| index.suggest(&typed, SUGGESTIONS))
            .await
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&search::Index) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, Error> {
        let index = self.0.index().clone();
        spawn_blocking(move || question(&index))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }
}
