//! Where full postcodes are: the national look-up that a council imports (ONSPD or NSPL), and asking it.
//!
//! The columns are found by their names, so that either product and any year will do. Postcodes that are no longer in
//! use are kept: people go on using them.

use std::io::Read;

use domain::{local_offer::Position, postcode::Postcode};
use tokio::{sync::mpsc, task::spawn_blocking};

use super::LocalOffer;
use crate::{
    Actor, Error,
    policy::{Act, may},
};

/// Rows that are read before they are written; a few of these is all that stands in memory.
const BATCH: usize = 3_000;
/// Batches that may wait to be written.
const WAITING: usize = 4;

type Batch = Vec<(Postcode, Position)>;

/// What an import of postcodes did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PostcodeReport {
    /// Postcodes with a position.
    pub imported: u64,
    /// Postcodes whose place is not known: those of Crown dependencies, and boxes for letters.
    pub without_position: u64,
    /// Rows whose postcode is none.
    pub unreadable: u64,
}

/// Why no postcodes were imported.
#[derive(Debug, thiserror::Error)]
pub enum PostcodeError {
    /// The first line names no such column.
    #[error("there is no column {0} in the first line")]
    NoColumn(&'static str),
    /// Not a single postcode has a position.
    #[error("there is no postcode with a position in it")]
    Empty,
    /// It is no CSV.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] csv::Error),
    /// The hub could not.
    #[error(transparent)]
    Hub(#[from] Error),
}

impl LocalOffer<'_> {
    /// Where a full postcode is, if the look-up was imported and knows it.
    ///
    /// # Errors
    /// [`Error::Internal`] when the look-up cannot be read.
    pub async fn where_is(&self, postcode: &Postcode) -> Result<Option<Position>, Error> {
        Ok(self.0.postcodes().position(postcode).await?)
    }

    /// Replaces the look-up by the one in this CSV, when all of it is read.
    ///
    /// # Errors
    /// [`PostcodeError`]; the look-up is as it was then.
    pub async fn import_postcodes(
        &self,
        actor: &Actor,
        csv: impl Read + Send + 'static,
    ) -> Result<PostcodeReport, PostcodeError> {
        may(actor, Act::ImportPostcodes)?;
        let (sender, mut batches) = mpsc::channel(WAITING);
        let reading = spawn_blocking(move || read(csv, &sender));
        let writer = self.0.postcodes().replace().await;
        let mut writer = writer.map_err(Error::from)?;
        while let Some(batch) = batches.recv().await {
            writer.add(&batch).await.map_err(Error::from)?;
        }
        let report = reading.await.map_err(Error::internal)??;
        if report.imported == 0 {
            return Err(PostcodeError::Empty);
        }
        writer.finish().await.map_err(Error::from)?;
        Ok(report)
    }
}

/// Where the values stand in a row.
struct Columns {
    postcode: usize,
    latitude: usize,
    longitude: usize,
}

impl Columns {
    fn of(headers: &csv::ByteRecord) -> Result<Self, PostcodeError> {
        let name = |header: &[u8]| String::from_utf8_lossy(header).trim().to_lowercase();
        let names: Vec<String> = headers.iter().map(name).collect();
        let first = |wanted: &[&str]| {
            let mut places = wanted.iter().filter_map(|wanted| {
                names
                    .iter()
                    .position(|name| name.trim_start_matches('\u{feff}') == *wanted)
            });
            places.next()
        };
        let postcode = first(&["pcds", "postcode", "pcd", "pcd7", "pcd8", "pcd2"]);
        Ok(Self {
            postcode: postcode.ok_or(PostcodeError::NoColumn("pcds or Postcode"))?,
            latitude: first(&["lat", "latitude"]).ok_or(PostcodeError::NoColumn("lat"))?,
            longitude: first(&["long", "longitude"]).ok_or(PostcodeError::NoColumn("long"))?,
        })
    }

    fn postcode(&self, row: &csv::ByteRecord) -> Option<Postcode> {
        text(row, self.postcode)?.parse().ok()
    }

    /// Unknown is written as nought, or as 99.999 degrees north.
    fn position(&self, row: &csv::ByteRecord) -> Option<Position> {
        let degrees = |column| text(row, column)?.trim().parse::<f64>().ok();
        let (latitude, longitude) = (degrees(self.latitude)?, degrees(self.longitude)?);
        (latitude != 0.0)
            .then(|| Position::new(latitude, longitude))
            .flatten()
    }
}

fn text(row: &csv::ByteRecord, column: usize) -> Option<&str> {
    std::str::from_utf8(row.get(column)?).ok()
}

fn read(csv: impl Read, batches: &mpsc::Sender<Batch>) -> Result<PostcodeReport, PostcodeError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv);
    let columns = Columns::of(reader.byte_headers()?)?;
    let mut report = PostcodeReport::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut row = csv::ByteRecord::new();
    // Nobody takes the rows any more when writing failed, which is told there.
    while !batches.is_closed() && reader.read_byte_record(&mut row)? {
        match (columns.postcode(&row), columns.position(&row)) {
            (Some(postcode), Some(position)) => batch.push((postcode, position)),
            (Some(_), None) => report.without_position += 1,
            (None, _) => report.unreadable += 1,
        }
        if batch.len() == BATCH {
            report.imported += send(&mut batch, batches);
        }
    }
    report.imported += send(&mut batch, batches);
    Ok(report)
}

/// Hands a batch over and says how many rows were taken.
fn send(batch: &mut Batch, batches: &mpsc::Sender<Batch>) -> u64 {
    let count = batch.len() as u64;
    let full = std::mem::replace(batch, Vec::with_capacity(BATCH));
    if batches.blocking_send(full).is_err() {
        return 0;
    }
    count
}
