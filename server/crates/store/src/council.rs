//! Teams, topics and districts: kept in step with the council's settings.

use domain::council::Council;

use crate::dialect::execute;
use crate::{StoreError, Tx};

/// The names that enquiries point at.
#[derive(Debug)]
pub struct CouncilKeys<'t> {
    pub(crate) tx: &'t mut Tx,
}

impl CouncilKeys<'_> {
    /// Adds what the settings name and renames what they rename. Nothing is deleted: a topic that the council
    /// gave up still stands on old enquiries.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn sync(&mut self, council: &Council) -> Result<(), StoreError> {
        for team in &council.teams {
            self.save_team(team.key.as_str(), &team.name).await?;
        }
        for topic in &council.topics {
            self.save_topic(topic.key.as_str(), &topic.name).await?;
        }
        for district in &council.districts {
            self.save_district(district.key.as_str(), &district.name)
                .await?;
        }
        Ok(())
    }

    async fn save_team(&mut self, key: &str, name: &str) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO teams (key, name) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET name = excluded.name";
        execute!(self.tx, SQL, key, name)
    }

    async fn save_topic(&mut self, key: &str, name: &str) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO topics (key, name) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET name = excluded.name";
        execute!(self.tx, SQL, key, name)
    }

    async fn save_district(&mut self, key: &str, name: &str) -> Result<u64, StoreError> {
        const SQL: &str = "INSERT INTO districts (key, name) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET name = excluded.name";
        execute!(self.tx, SQL, key, name)
    }
}
