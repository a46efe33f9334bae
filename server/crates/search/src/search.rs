//! One search, from the query to the page of hits.
//!
//! What was asked is searched for strictly first. Only when that finds nothing are filters that were
//! read out of the words let go, one at a time, and then words; each step is told in the answer.

use std::sync::Arc;

use crate::error::SearchError;
use crate::facet::{Facet, Tick};
use crate::gather::{Gather, Gathered, Sieve};
use crate::index::Index;
use crate::knowledge::Knowledge;
use crate::matching::{Matching, Strictness};
use crate::query::{AskedSpelling, HITS_A_PAGE, Order, Query};
use crate::results::{Held, Hit, Matched, Meant, PlaceOutcome, Results, Spelling, Understood};
use crate::schema::days_since_1970;
use crate::spelling::Speller;
use crate::statistics::Statistics;
use crate::ticks::Ticks;
use crate::understanding::{Asked, Known, Understanding, Wish, understand};

/// With fewer hits than this those that have only some of the words follow, and another spelling is
/// tried …
const FEW: usize = 3;
/// … and told when it finds so many times more.
const FAR_MORE: usize = 4;

/// Everything that one search needs at hand.
struct Search<'a> {
    index: &'a Index,
    query: &'a Query,
    statistics: &'a Statistics<'a>,
    knowledge: &'a Arc<Knowledge>,
}

/// A search that was run.
struct Run {
    meant: Understanding,
    gathered: Gathered,
    matched: Matched,
    order: Order,
}

/// What was found, and what had to be asked for.
struct Climbed {
    /// What the last of the hits have.
    strictness: Strictness,
    gathered: Gathered,
    /// How many of them have all that was asked for.
    all: usize,
}

impl Climbed {
    fn new(gathered: Gathered) -> Self {
        Self {
            strictness: Strictness::All,
            all: gathered.best.total(),
            gathered,
        }
    }

    /// With others after them, which have only some of what was asked for.
    fn followed(self, strictness: Strictness, gathered: Gathered) -> Self {
        Self {
            strictness,
            gathered: gathered.after(self.gathered),
            all: self.all,
        }
    }

    fn is_plenty(&self) -> bool {
        self.gathered.best.total() >= FEW
    }

    fn run(self, meant: Understanding, order: Order) -> Run {
        let matched = match (self.strictness, self.all) {
            (Strictness::All, _) => Matched::All,
            (_, 0) => Matched::Some,
            (_, all) => Matched::AllThenSome(all),
        };
        Run {
            meant,
            gathered: self.gathered,
            matched,
            order,
        }
    }
}

impl Index {
    /// Searches. Whatever was typed, it is no error.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let searcher = self.searcher();
        let knowledge = self.knowledge();
        let search = Search {
            index: self,
            query,
            statistics: &Statistics::new(&searcher),
            knowledge: &knowledge,
        };
        let mut run = search.run(query.spelling)?;
        // What was typed for another word may stand in a listing after all, as it was typed.
        let spelling = search.spelling(&run)?;
        let page = query.page.max(1);
        let skip = search.skip();
        let order = run.order;
        let total = run.gathered.best.total();
        let found = run.gathered.best.page(skip, HITS_A_PAGE).to_vec();
        let from = run.meant.from();
        let hits = found.iter().map(|found| {
            let listing = self.summary(&searcher, found.address)?;
            let places = listing.places.iter().enumerate();
            let miles = |position| Some(from?.miles_to(position));
            let nearest = places
                .filter_map(|(number, place)| Some((number, miles(place.position?)?)))
                .min_by(|(_, one), (_, two)| one.total_cmp(two))
                .map(|(number, _)| number);
            Ok(Hit {
                listing,
                distance_miles: found.miles,
                nearest,
            })
        });
        let hits = hits.collect::<Result<Vec<Hit>, SearchError>>()?;
        let guides = match page {
            1 if run.meant.elsewhere.is_none() => knowledge.guides.search(&run.meant.wishes)?,
            _ => Vec::new(),
        };
        Ok(Results {
            total,
            page,
            pages: u32::try_from(total.div_ceil(HITS_A_PAGE))
                .unwrap_or(u32::MAX)
                .max(1),
            hits,
            guides,
            facets: run.gathered.counts.in_order(),
            place: run.meant.place,
            understood: run.meant.understood,
            spelling,
            matched: run.matched,
            order,
            elsewhere: run.meant.elsewhere.filter(|_| total == 0).map(|it| it.name),
        })
    }
}

impl Search<'_> {
    fn speller(&self) -> Speller<'_> {
        Speller {
            statistics: self.statistics,
            fields: self.index.fields(),
            vocabulary: &self.knowledge.vocabulary,
        }
    }

    /// How many come before the page.
    fn skip(&self) -> usize {
        let page = self.query.page.max(1);
        HITS_A_PAGE.saturating_mul(page as usize - 1)
    }

    /// Understands and searches, letting go of one thing after another until something is found.
    fn run(&self, spelling: AskedSpelling) -> Result<Run, SearchError> {
        let surroundings = self.index.facts().surroundings();
        let query = Query {
            spelling,
            ..self.query.clone()
        };
        let known = Known {
            knowledge: self.knowledge,
            surroundings: &surroundings,
            speller: self.speller(),
        };
        let meant = understand(&query, known)?;
        self.search(meant)
    }

    fn search(&self, mut meant: Understanding) -> Result<Run, SearchError> {
        let order = self.order(&meant);
        if meant.elsewhere.as_ref().is_some_and(|it| it.wholly) {
            return Ok(Run {
                meant,
                gathered: Gathered::default(),
                matched: Matched::All,
                order,
            });
        }
        let found = self.climb(&mut meant, &self.query.ticked)?;
        if self.query.ticked.is_empty() || found.is_plenty() {
            return Ok(found.run(meant, order));
        }
        // A tick narrows what there was without it, so that each count is what its tick shows.
        let mut without = meant.clone();
        let strictness = self.climb(&mut without, &[])?.strictness;
        let first = self.gather(&without, Strictness::All, &self.query.ticked)?;
        let mut narrowed = Climbed::new(first);
        if strictness != Strictness::All {
            let gathered = self.gather(&without, strictness, &self.query.ticked)?;
            narrowed = narrowed.followed(strictness, gathered);
        }
        Ok(match narrowed.gathered.best.is_empty() {
            true => found.run(meant, order),
            false => narrowed.run(without, order),
        })
    }

    /// Asks for less and less until something is found, and a little more than that where all of the
    /// words find only [`FEW`]. An age is let go last: what is for others is of no use.
    fn climb(&self, meant: &mut Understanding, ticked: &[Tick]) -> Result<Climbed, SearchError> {
        let ages = |meant: &Understanding| {
            let mut held = meant.understood.iter();
            held.position(|it| matches!(it.meant, Meant::Ages(_)))
        };
        let climbed = self.climb_with(meant, ticked)?;
        match ages(meant) {
            Some(ages) if climbed.gathered.best.is_empty() => {
                set(&mut meant.understood, &[ages], Held::WouldEmpty);
                let without = self.climb_with(meant, ticked)?;
                if without.gathered.best.is_empty() {
                    set(&mut meant.understood, &[ages], Held::Holds);
                    return Ok(climbed);
                }
                Ok(without)
            }
            _ => Ok(climbed),
        }
    }

    /// The same with the ages that hold.
    fn climb_with(
        &self,
        meant: &mut Understanding,
        ticked: &[Tick],
    ) -> Result<Climbed, SearchError> {
        let asked = meant.wishes.iter().filter(|it| it.asked == Asked::For);
        let asked = asked.count();
        let mut climbed = Climbed::new(Gathered::default());
        for strictness in steps(asked, meant.is_of_a_child) {
            if meant.elsewhere.is_some() && strictness != Strictness::All {
                break;
            }
            let mut gathered = self.gather(meant, strictness, ticked)?;
            if gathered.best.is_empty() && climbed.gathered.best.is_empty() {
                gathered = self.loosened(meant, strictness, ticked)?;
            }
            if strictness == Strictness::All {
                climbed = Climbed::new(gathered);
            } else if gathered.best.total() > climbed.gathered.best.total() {
                climbed = climbed.followed(strictness, gathered);
            }
            if climbed.is_plenty() || meant.is_a_name {
                return Ok(climbed);
            }
        }
        if climbed.gathered.best.is_empty() {
            // Nothing at all: the counts are those of everything that was asked.
            climbed.gathered = self.gather(meant, Strictness::All, ticked)?;
        }
        Ok(climbed)
    }

    /// Lets go of one understood filter, or else of all of them, if that finds something.
    fn loosened(
        &self,
        meant: &mut Understanding,
        strictness: Strictness,
        ticked: &[Tick],
    ) -> Result<Gathered, SearchError> {
        let held: Vec<usize> = loosening_order(&meant.understood);
        let mut tries: Vec<Vec<usize>> = held.iter().map(|one| vec![*one]).collect();
        if held.len() > 1 {
            tries.push(held);
        }
        for let_go in tries {
            set(&mut meant.understood, &let_go, Held::WouldEmpty);
            let gathered = self.gather(meant, strictness, ticked)?;
            if !gathered.best.is_empty() {
                return Ok(gathered);
            }
            set(&mut meant.understood, &let_go, Held::Holds);
        }
        Ok(Gathered::default())
    }

    fn gather(
        &self,
        meant: &Understanding,
        strictness: Strictness,
        ticked: &[Tick],
    ) -> Result<Gathered, SearchError> {
        let held = || {
            let understood = meant.understood.iter();
            understood.filter(|it| it.held == Held::Holds)
        };
        let ages = held().find_map(|it| match it.meant {
            Meant::Ages(ages) => Some(ages),
            Meant::Place | Meant::Tick(_) => None,
        });
        let mut ticked = ticked.to_vec();
        ticked.extend(held().filter_map(narrowing).cloned());
        let gather = Gather {
            sieve: Sieve {
                from: meant.from(),
                half_at: self.index.facts().surroundings().half_at,
                miles: self.query.miles,
                ages: self.query.ages.or(ages),
                order: self.order(meant),
                wanted: self.skip().saturating_add(HITS_A_PAGE),
                counting: self.query.counting,
                today: self.query.today.map(days_since_1970),
            },
            ticks: Ticks::new(ticked, &self.knowledge.districts),
            knowledge: Arc::clone(self.knowledge),
            facts: self.index.facts(),
        };
        let matching = Matching {
            fields: self.index.fields(),
            statistics: self.statistics,
        };
        let query = matching.query(&meant.wishes, strictness, &self.query.words)?;
        let searcher = self.statistics.searcher;
        Ok(searcher.search_with_statistics_provider(&query, &gather, self.statistics)?)
    }

    /// What comes first, if nobody said.
    fn order(&self, meant: &Understanding) -> Order {
        let has_words = !meant.wishes.is_empty();
        let has_place = matches!(meant.place, PlaceOutcome::Known { .. });
        match self.query.order {
            Some(Order::Nearest) if !has_place => Order::BestMatch,
            Some(Order::BestMatch) | None if !has_words && has_place => Order::Nearest,
            Some(Order::BestMatch) | None if !has_words => Order::Name,
            Some(order) => order,
            None => Order::BestMatch,
        }
    }

    /// What became of misspelt words; another spelling is proposed only when it finds far more.
    fn spelling(&self, run: &Run) -> Result<Spelling, SearchError> {
        if let Some(words) = &run.meant.mended {
            return Ok(match run.gathered.best.is_empty() {
                true => Spelling::Right,
                false => Spelling::Mended {
                    words: words.clone(),
                },
            });
        }
        let total = match run.matched {
            Matched::All => run.gathered.best.total(),
            Matched::AllThenSome(all) => all,
            Matched::Some => 0,
        };
        let asked_as_typed = self.query.spelling == AskedSpelling::AsTyped;
        if total >= FEW || asked_as_typed || run.meant.elsewhere.is_some() {
            return Ok(Spelling::Right);
        }
        let Some((words, wishes)) = self.other_spelling(&run.meant.wishes)? else {
            return Ok(Spelling::Right);
        };
        let other = Understanding {
            wishes,
            place: run.meant.place.clone(),
            understood: run.meant.understood.clone(),
            mended: None,
            elsewhere: None,
            is_of_a_child: run.meant.is_of_a_child,
            is_a_name: run.meant.is_a_name,
        };
        let found = self.gather(&other, Strictness::All, &self.query.ticked)?;
        let found = found.best.total();
        Ok(if found >= FAR_MORE * total.max(1) {
            Spelling::DidYouMean { words }
        } else {
            Spelling::Right
        })
    }

    /// The wishes with their rare words read as commoner ones, and all of them in words.
    fn other_spelling(&self, wishes: &[Wish]) -> Result<Option<(String, Vec<Wish>)>, SearchError> {
        let speller = self.speller();
        let mut changed = false;
        let mut others = wishes.to_vec();
        for wish in others.iter_mut().filter(|wish| !wish.is_known()) {
            if let [word] = wish.typed.as_slice() {
                let commoner = speller.frequency(word)?.max(1) * FAR_MORE as u64;
                if let Some(other) = speller.nearest(word, commoner)? {
                    wish.typed = vec![other];
                    changed = true;
                }
            }
        }
        let words = others.iter().flat_map(|wish| &wish.typed);
        let words: Vec<&str> = words.map(|word| word.typed.as_str()).collect();
        let words = words.join(" ");
        Ok(changed.then_some((words, others)))
    }
}

/// All of the words; when nothing has them all most of them, then half, then a third, then any that
/// the vocabulary knows; at last any at all, where the question is about a child.
fn steps(asked: usize, is_of_a_child: bool) -> impl Iterator<Item = Strictness> {
    let most = asked.saturating_sub(1);
    let half = asked.div_ceil(2);
    // A long story names many things beside the one that it is about.
    let third = asked.div_ceil(3).max(2);
    let mut fewer = vec![most, half, third];
    fewer.retain(|least| *least < asked);
    fewer.dedup();
    let fewer = fewer.into_iter().map(Strictness::AtLeast);
    let fewer = fewer.chain([Strictness::AnyKnown]);
    let fewer = fewer.chain(is_of_a_child.then_some(Strictness::AnySubject));
    std::iter::once(Strictness::All).chain(fewer.filter(move |_| asked > 1))
}

/// The tick of something that narrows as a filter does; a need narrows as a word.
fn narrowing(understood: &Understood) -> Option<&Tick> {
    match &understood.meant {
        Meant::Tick(tick) if tick.facet != Facet::Need => Some(tick),
        Meant::Tick(_) | Meant::Ages(_) | Meant::Place => None,
    }
}

/// Which understood filters may be let go, the least important first.
fn loosening_order(understood: &[Understood]) -> Vec<usize> {
    let rank = |meant: &Meant| match meant {
        Meant::Tick(tick) => match tick.facet {
            Facet::TimeOfDay => Some(0),
            Facet::Delivery => Some(1),
            Facet::Day => Some(2),
            Facet::Charge => Some(3),
            Facet::District => Some(4),
            _ => None,
        },
        Meant::Ages(_) | Meant::Place => None,
    };
    let numbered = understood.iter().enumerate();
    let mut ranked: Vec<(u8, usize)> = numbered
        .filter_map(|(number, it)| Some((rank(&it.meant)?, number)))
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, number)| number).collect()
}

fn set(understood: &mut [Understood], numbers: &[usize], held: Held) {
    for number in numbers {
        if let Some(one) = understood.get_mut(*number) {
            one.held = held;
        }
    }
}
