//! A wait over time as a small line: an extra for eyes. The table beside it holds every figure, and
//! whoever hears the page is told the line in one sentence.
//!
//! Nothing is styled here (the page's policy forbids it): classes give lines and words the colour of
//! the text around them, so that paper and forced colours keep it.

use domain::local_offer::WaitingTime;
use jiff::civil::Date;
use leptos::prelude::*;

use super::waits::weeks;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 130.0;
/// Where the line may run: room for a figure at either end, above, and for the dates below.
const LEFT: f64 = 30.0;
const RIGHT: f64 = 290.0;
const TOP: f64 = 28.0;
const BOTTOM: f64 = 100.0;

/// A figure in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    x: f64,
    y: f64,
}

/// The line of one area. `index` tells the charts of a page apart. `history` is the oldest first,
/// two figures at least.
pub(super) fn chart(place: &str, history: &[&WaitingTime], index: usize) -> Option<AnyView> {
    let (first, last) = (history.first()?, history.last()?);
    let points = points(history);
    let line: Vec<String> = points
        .iter()
        .map(|point| format!("{:.1},{:.1}", point.x, point.y))
        .collect();
    let dots: Vec<AnyView> = points.iter().map(dot).collect();
    let ends = [
        (first, points.first(), "start"),
        (last, points.last(), "end"),
    ];
    let ends: Vec<AnyView> = ends
        .into_iter()
        .filter_map(|(wait, point, anchor)| Some(end(wait, point?, anchor)))
        .collect();
    let id = format!("wait-{index}");
    let labelled_by = id.clone();
    let told = told(place, first, last);
    let base = format!("M{LEFT} {BOTTOM}H{RIGHT}");
    Some(
        view! {
            <svg
                class="hub-wait__chart"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role="img"
                aria-labelledby=labelled_by
                focusable="false"
            >
                <title id=id>{told}</title>
                <path class="hub-wait__base" d=base></path>
                <polyline class="hub-wait__line" points=line.join(" ")></polyline>
                {dots}
                {ends}
            </svg>
        }
        .into_any(),
    )
}

fn dot(point: &Point) -> AnyView {
    let (x, y) = (format!("{:.1}", point.x), format!("{:.1}", point.y));
    view! { <circle class="hub-wait__dot" cx=x cy=y r="4"></circle> }.into_any()
}

/// The figure above one end of the line, and its month below.
fn end(wait: &WaitingTime, point: &Point, anchor: &'static str) -> AnyView {
    let x = if anchor == "start" { 0.0 } else { WIDTH };
    let above = format!("{:.1}", point.y - 11.0);
    let below = HEIGHT - 8.0;
    view! {
        <text class="hub-wait__figure" x=x y=above text-anchor=anchor>{weeks(wait.weeks)}</text>
        <text class="hub-wait__month" x=x y=below text-anchor=anchor>{month(wait.stated_on)}</text>
    }
    .into_any()
}

/// What the picture shows, for those who do not see it.
fn told(place: &str, first: &WaitingTime, last: &WaitingTime) -> String {
    format!(
        "Chart of the wait. {place}: {} in {}, {} in {}.",
        weeks(first.weeks),
        month(first.stated_on),
        weeks(last.weeks),
        month(last.stated_on)
    )
}

fn month(day: Date) -> String {
    day.strftime("%B %Y").to_string()
}

/// Each figure in its place: days go to the right by the calendar, weeks up from nought.
fn points(history: &[&WaitingTime]) -> Vec<Point> {
    let days = |wait: &WaitingTime| {
        history.first().map_or(0.0, |first| {
            let hours = first.stated_on.duration_until(wait.stated_on).as_hours();
            f64::from(i32::try_from(hours / 24).unwrap_or(i32::MAX))
        })
    };
    let longest = history.iter().map(|wait| wait.weeks).max().unwrap_or(0);
    let longest = f64::from(longest.max(1));
    let all_days = history.last().map_or(0.0, |last| days(last)).max(1.0);
    history
        .iter()
        .map(|wait| Point {
            x: LEFT + (RIGHT - LEFT) * days(wait) / all_days,
            y: BOTTOM - (BOTTOM - TOP) * f64::from(wait.weeks) / longest,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(weeks: u16, day: &str) -> WaitingTime {
        WaitingTime {
            area: None,
            weeks,
            stated_on: day.parse().unwrap(),
            source: None,
        }
    }

    #[test]
    fn days_lie_to_the_right_by_the_calendar_and_weeks_up_from_nought() {
        let history = [
            wait(20, "2026-01-01"),
            wait(0, "2026-01-11"),
            wait(40, "2026-02-10"),
        ];
        let history: Vec<&WaitingTime> = history.iter().collect();
        let points = points(&history);
        let xs: Vec<f64> = points.iter().map(|point| point.x).collect();
        let ys: Vec<f64> = points.iter().map(|point| point.y).collect();
        assert_eq!(xs, [LEFT, LEFT + (RIGHT - LEFT) / 4.0, RIGHT]);
        assert_eq!(ys, [(TOP + BOTTOM) / 2.0, BOTTOM, TOP]);
    }

    #[test]
    fn a_line_of_nothing_but_no_wait_lies_on_the_ground() {
        let history = [wait(0, "2026-01-01"), wait(0, "2026-01-01")];
        let history: Vec<&WaitingTime> = history.iter().collect();
        for point in points(&history) {
            assert_eq!(point, Point { x: LEFT, y: BOTTOM });
        }
    }

    #[test]
    fn the_picture_is_told_in_a_sentence_and_carries_no_style() {
        let history = [wait(20, "2026-01-01"), wait(30, "2026-06-01")];
        let history: Vec<&WaitingTime> = history.iter().collect();
        let drawn = Owner::new().with(|| chart("Swale <b>", &history, 0).map(|it| it.to_html()));
        let drawn = drawn.unwrap_or_default();
        assert!(
            drawn.contains("Swale &lt;b&gt;: 20 weeks in January 2026, 30 weeks in June 2026."),
            "{drawn}"
        );
        assert!(!drawn.contains("style"), "{drawn}");
    }
}
