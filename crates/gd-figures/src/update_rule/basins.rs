//! Which start of x² sin x ends where: with a small learning rate by valleys, with a large one not.

use gd_core::objective::XSquaredSinX;
use gd_core::optim::Sgd;

use super::on_curve;
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::end;
use crate::style::{Dash, Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const SMALL: f64 = 0.01;
/// Above 2/f″ at the deep bottom, so that nothing settles there, but not so large that a run overflows.
const LARGE: f64 = 0.15;
/// Enough for every start that leaves the flat place at 0; see `NEAR`.
const STEPS: usize = 3000;
/// At 0 the slope vanishes like 3x², so after t steps x ≈ 1/(3ηt): 0.011 after 3000.
const NEAR: f64 = 0.05;
/// Starts of the small rate: a grid that misses the tops and the flat place by half a step.
const FROM: f64 = -5.5;
const TO: f64 = 9.0;
const STARTS: usize = 580;

/// `update-rule-basins`.
pub struct Basins;

/// Starts and ends.
pub struct Data {
    /// With the small rate, over the whole range.
    small: Vec<Point>,
    /// With the large rate, from 0 to 8.
    large: Vec<Point>,
    /// The places between −6 and 9 where the slope is zero, from left to right.
    flat: Vec<f64>,
}

/// Where the slope changes its sign between `lo` and `hi`, by bisection.
fn zero_of_slope(mut lo: f64, mut hi: f64) -> f64 {
    let sign = super::slope(lo).signum();
    for _ in 0..60 {
        let middle = (lo + hi) / 2.0;
        if super::slope(middle).signum() == sign {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    (lo + hi) / 2.0
}

impl Experiment for Basins {
    const NAME: &'static str = "update-rule-basins";
    type Data = Data;

    fn data() -> Data {
        let ends = |lr: f64, from: f64, to: f64, n: usize| -> Vec<Point> {
            let start = |i: usize| from + (i as f64 + 0.5) * (to - from) / n as f64;
            (0..n)
                .map(start)
                .map(|x| (x, end(&XSquaredSinX, Sgd::plain(), lr, &[x], STEPS)[0]))
                .collect()
        };
        let flat = [
            (-6.0, -4.0),
            (-3.0, -1.0),
            (1.0, 3.0),
            (4.0, 6.0),
            (7.0, 9.0),
        ];
        Data {
            small: ends(SMALL, FROM, TO, STARTS),
            large: ends(LARGE, 0.0, 8.0, 320),
            flat: flat.map(|(lo, hi)| zero_of_slope(lo, hi)).into(),
        }
    }

    fn values(data: &Data) -> Values {
        let share = |wanted: f64, within: f64| {
            let hits = data.large.iter().filter(|p| (p.1 - wanted).abs() < within);
            hits.count() as f64 / data.large.len() as f64
        };
        let keys = [
            "left-top",
            "left-valley",
            "middle-top",
            "valley",
            "right-top",
        ];
        let mut values = Values::new()
            .number("lr", SMALL)
            .number("large-lr", LARGE)
            .count("steps", STEPS);
        for (key, &x) in keys.iter().zip(&data.flat) {
            values = values
                .number(format!("{key}.x"), x)
                .number(format!("{key}.f"), on_curve(x).1);
        }
        let right = data.small[data.small.len() - 1].1;
        // a start near 0 on its right
        let creeping = end(&XSquaredSinX, Sgd::plain(), SMALL, &[1.0], STEPS)[0];
        values
            .number("right-valley.x", right)
            .number("right-valley.f", on_curve(right).1)
            .number("creeping.final-x", creeping)
            .number("large.share-of-valley", share(data.flat[3], 1e-3))
            .number("large.share-of-left-valley", share(data.flat[1], 1e-3))
            .number("large.share-of-flat-place", share(0.0, NEAR))
    }
}

impl Figure for Basins {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "start", "end"]);
        for (lr, runs) in [(SMALL, &data.small), (LARGE, &data.large)] {
            for &(start, end) in runs {
                table.row([lr.into(), start.into(), end.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut curve = Panel::new(
            Axis::linear("起点 *x*₀", -6.0, 9.4).ticks_at(&[-5.0, -2.5, 0.0, 2.5, 5.0, 7.5]),
            Axis::linear("函数值 *f*(*x*₀)", -42.0, 72.0),
        )
        .title(format!("*η* = {SMALL}：山顶是分界"))
        .height(270.0, 250.0);
        let (left, middle, right) = (data.flat[0], data.flat[2], data.flat[4]);
        let pieces = [
            (left, 0.0, data.flat[1]),
            (0.0, middle, 0.0),
            (middle, right, data.flat[3]),
        ];
        for (i, (from, to, end)) in pieces.into_iter().enumerate() {
            let at = |k: i32| from + (to - from) * f64::from(k) / 100.0;
            let piece: Vec<Point> = (0..=100).map(at).map(on_curve).collect();
            let stroke = Stroke::series(i).width(2.4);
            curve.curve(&piece, stroke);
            let stop = on_curve(end);
            let (dot, size) = if i == 1 {
                (Dot::Ring, 4.5)
            } else {
                (Dot::Star, 6.0)
            };
            curve.dots(&[stop], dot, size, stroke.ink);
            let (name, sides) = match i {
                0 => (text::fixed(end, 2), [Side::Below, Side::BelowLeft]),
                1 => ("0：不是谷".to_owned(), [Side::AboveLeft, Side::Above]),
                _ => (text::fixed(end, 2), [Side::Below, Side::BelowRight]),
            };
            curve.label(stop, &name, stroke.ink, &sides);
        }
        for (from, to) in [(-6.0, left), (right, 9.4)] {
            let at = |k: i32| from + (to - from) * f64::from(k) / 40.0;
            let piece: Vec<Point> = (0..=40).map(at).map(on_curve).collect();
            curve.curve(&piece, Stroke::solid(Ink::Muted));
        }
        let tops = [left, middle, right].map(on_curve);
        curve.dots(&tops, Dot::Square, 3.2, Ink::Muted);
        for top in tops {
            let name = text::fixed(top.0, 2);
            curve.label(top, &name, Ink::Muted, &[Side::Above]);
        }

        let mut ends = Panel::new(
            Axis::linear("起点 *x*₀", 0.0, 8.0),
            Axis::linear("走 3000 步后停在", -3.5, 6.5),
        )
        .title(format!("*η* = {LARGE}：深谷留不住人"))
        .height(270.0, 230.0);
        let deep = Stroke::thin(Ink::Third).dash(Dash::Dashed);
        ends.rule_y(data.flat[3], deep, "深谷 5.09：没有一个停在这里");
        for (i, stop) in [data.flat[1], 0.0, data.flat[3]].into_iter().enumerate() {
            let close = |p: &&Point| (p.1 - stop).abs() < NEAR;
            let runs: Vec<Point> = data.large.iter().filter(close).copied().collect();
            ends.dots(&runs, Dot::Speck, 1.6, Stroke::series(i).ink);
            if let Some(&last) = runs.last() {
                let name = if i == 0 {
                    "浅谷 −2.29"
                } else {
                    "0：不是谷"
                };
                ends.label((5.0, last.1), name, Stroke::series(i).ink, &[Side::Above]);
            }
        }
        layout::arrange(form, &[curve, ends])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_the_small_rate_the_tops_and_the_flat_place_part_the_starts() {
        let data = Basins::data();
        let [left, left_valley, middle, valley, right] = data.flat[..] else {
            panic!("five places");
        };
        for (start, end) in data.small {
            let expected = match start {
                x if x < left || x > right => continue,
                x if x < 0.0 => left_valley,
                x if x < middle => 0.0,
                _ => valley,
            };
            // a start just left of 0 needs longer than 3000 steps to get away
            assert!(
                (end - expected).abs() < NEAR || (-0.1..0.0).contains(&start),
                "{start}: {end}"
            );
        }
    }
}
