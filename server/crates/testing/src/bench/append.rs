//! The physical limit of one commit: a page appended to a file and forced to the disk.

use std::{fs::File, io::Write, path::Path, time::Instant};

use super::Outcome;

const PAGE: [u8; 4096] = [0x5a; 4096];

/// Appends `count` pages of 4 KiB, each followed by fdatasync, and says how many that were a second.
pub(super) fn appends_per_second(folder: &Path, count: u32) -> Outcome<f64> {
    let path = folder.join("append");
    let mut file = File::options().create(true).append(true).open(&path)?;
    let begun = Instant::now();
    for _ in 0..count {
        file.write_all(&PAGE)?;
        file.sync_data()?;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}
