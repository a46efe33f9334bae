//! Where earlier mail begins.

use super::PartKind;
use super::attribution;
use super::letterhead;
use super::line::Line;
use super::marks;
use super::pointing;
use super::signature;

/// Marks the lines of earlier mail at the end, and says how many lines stand before it: those may end in a
/// signature.
pub(super) fn mark(lines: &[Line<'_>], kinds: &mut [PartKind]) -> usize {
    let Some((start, end)) = find(lines) else {
        if let Some((start, end)) = answered_below(lines) {
            kinds[start..end].fill(PartKind::Quoted);
        }
        return lines.len();
    };
    let own = &lines[..start];
    if !own.iter().any(|line| line.has_words() && !line.is_marked())
        || pointing::points_into_it(own)
    {
        return lines.len();
    }
    kinds[start..end].fill(PartKind::Quoted);
    // What stands below a quotation can only be signatures: `find` saw to it.
    kinds[end..].fill(PartKind::Signature);
    start
}

/// The lines of earlier mail, with nothing of the writer's own below.
fn find(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let end = signature::start(lines);
    // Where the quotation began that has reached this line.
    let mut quotation: Option<usize> = None;
    let mut at = 0;
    while at < end {
        let line = &lines[at];
        if line.is_blank() {
            at += 1;
            continue;
        }
        if marks::is_forward(line.inner) {
            return None;
        }
        if marks::is_original(line.text)
            || marks::is_of_groupwise(line.text)
            || letterhead::begins(&lines[at..], |line| line.text)
        {
            let start = quotation.unwrap_or_else(|| with_rule(lines, at));
            return Some((start, lines.len()));
        }
        if line.is_marked() {
            let inside = marked_end(lines, at);
            if lines[at..inside]
                .iter()
                .any(|line| marks::is_forward(line.inner))
            {
                return None;
            }
            if quotation.is_none() && is_attributed_inside(&lines[at..inside]) {
                quotation = Some(at);
            }
            at = inside;
            continue;
        }
        if let Some(found) = attribution::read(&lines[at..], |line| line.text) {
            let after = at + found.lines;
            if next_is_marked(lines, after) {
                let start = *quotation.get_or_insert(at);
                let inside = marked_end(lines, next_written(lines, after));
                // The marks may be bars.
                at = inside.max(after);
                quotation = Some(start);
                continue;
            }
            if found.sure {
                return Some((quotation.unwrap_or(at), lines.len()));
            }
        }
        if !line.is_rule() {
            quotation = None;
        }
        at += 1;
    }
    quotation.map(|start| (start, end))
}

/// One quotation at the very top with all of the answer below it: the other way to answer. With a second
/// quotation, the answers stand between the lines, and both stay.
fn answered_below(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let at = next_written(lines, 0);
    let found = attribution::read(lines.get(at..)?, |line| line.text)?;
    let after = at + found.lines;
    let end = marked_end(lines, next_written(lines, after));
    let quotes_once = next_is_marked(lines, after) && !lines[end..].iter().any(Line::is_marked);
    let forwards = lines.iter().any(|line| marks::is_forward(line.inner));
    (quotes_once && !forwards).then_some((at, end))
}

/// Where the marked lines that begin at `at` end; blank lines between them belong to them.
fn marked_end(lines: &[Line<'_>], at: usize) -> usize {
    let bar = lines.get(at).is_some_and(|line| line.text.starts_with('|'));
    let is_marked = |line: &Line<'_>| line.is_marked() || bar && line.text.starts_with('|');
    let mut end = at;
    for (number, line) in lines.iter().enumerate().skip(at) {
        if is_marked(line) {
            end = number + 1;
        } else if !line.is_blank() {
            break;
        }
    }
    end
}

fn next_written(lines: &[Line<'_>], at: usize) -> usize {
    let blank = lines[at..]
        .iter()
        .take_while(|line| line.is_blank())
        .count();
    at + blank
}

fn next_is_marked(lines: &[Line<'_>], at: usize) -> bool {
    lines
        .get(next_written(lines, at))
        .is_some_and(|line| line.is_marked() || line.text.starts_with("| "))
}

/// Some programs mark the attribution or the head as well.
fn is_attributed_inside(marked: &[Line<'_>]) -> bool {
    const FIRST: usize = 3;
    (0..marked.len().min(FIRST)).any(|at| {
        let lines = &marked[at..];
        attribution::read(lines, |line| line.inner).is_some()
            || marks::is_original(lines[0].inner)
            || letterhead::begins(lines, |line| line.inner)
    })
}

/// A rule right above a head belongs to it.
fn with_rule(lines: &[Line<'_>], at: usize) -> usize {
    let above = lines[..at].iter().rposition(|line| !line.is_blank());
    above.filter(|above| lines[*above].is_rule()).unwrap_or(at)
}
