//! How far the local offer reaches: a mile is far in a borough and near in a county.

use domain::local_offer::Position;

/// So many places of a segment tell enough.
const MOST_PLACES: usize = 1_000;

/// Where some of the places are.
#[derive(Debug)]
pub(crate) struct Reach {
    places: Vec<Position>,
    /// One place in so many is kept.
    every: usize,
    seen: usize,
}

impl Default for Reach {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            every: 1,
            seen: 0,
        }
    }
}

impl Reach {
    /// Takes in a place.
    pub(crate) fn add(&mut self, place: Position) {
        if self.seen.is_multiple_of(self.every) {
            self.places.push(place);
        }
        self.seen += 1;
        if self.places.len() > MOST_PLACES {
            let mut number = 0;
            self.places.retain(|_| {
                number += 1;
                number % 2 == 1
            });
            self.every *= 2;
        }
    }

    /// Takes in those of another part of the index.
    pub(crate) fn add_all(&mut self, others: &Self) {
        self.places.extend(&others.places);
    }

    /// How far from their midst half of the places are; a few far away make no difference. `None` without places.
    pub(crate) fn miles(&self) -> Option<f64> {
        let midst = Position::new(
            median(self.places.iter().map(|place| place.latitude))?,
            median(self.places.iter().map(|place| place.longitude))?,
        )?;
        median(self.places.iter().map(|place| midst.miles_to(*place)))
    }
}

fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f64::total_cmp).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(latitudes: impl Iterator<Item = f64>) -> Option<f64> {
        let mut reach = Reach::default();
        for latitude in latitudes {
            reach.add(Position::new(latitude, 0.1).unwrap());
        }
        assert!(reach.places.len() <= MOST_PLACES);
        reach.miles()
    }

    #[test]
    fn a_few_far_away_make_no_difference() {
        let borough = [51.45, 51.46, 51.47, 51.48, 51.49];
        let miles = reach(borough.into_iter()).unwrap();
        let with_one_far = reach(borough.into_iter().chain([54.0])).unwrap();
        assert!((0.5..1.5).contains(&miles), "{miles}");
        assert!((0.5..1.5).contains(&with_one_far), "{with_one_far}");
        assert_eq!(reach([].into_iter()), None);
    }

    #[test]
    fn many_places_are_told_by_some() {
        let miles = reach((0..5_000).map(|n| 51.0 + f64::from(n) / 5_000.0)).unwrap();
        assert!((16.0..19.0).contains(&miles), "{miles}");
    }
}
