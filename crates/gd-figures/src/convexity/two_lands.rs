//! The same starts on a bowl and on the same bowl with waves: where they end.

use gd_core::Objective;
use gd_core::objective::{Quadratic, Rastrigin};
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::end;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STARTS: [f64; 6] = [-4.3, -2.7, -1.2, 0.4, 1.8, 3.3];
/// Half of 1/L on either land at most, so that no step crosses a top: L is 2 and 2 + 40π².
const BOWL_LR: f64 = 0.1;
const RUGGED_LR: f64 = 0.001;
const STEPS: usize = 300;
/// Where Rastrigin's function is usually looked at.
const EDGE: f64 = 5.12;
/// Evenly spaced starts, enough for three digits of a share.
const MANY: usize = 4096;

/// `convexity-two-lands`.
pub struct TwoLands;

/// Starts and ends on both lands.
pub struct Data {
    bowl: Vec<Point>,
    rugged: Vec<Point>,
    /// Of `MANY` starts on the rugged land, the share that reaches the lowest pit.
    share: f64,
    /// How many pits the `MANY` starts end in.
    pits: usize,
}

fn ends(land: &impl Objective<f64>, lr: f64) -> Vec<Point> {
    STARTS
        .map(|x| (x, end(land, Sgd::plain(), lr, &[x], STEPS)[0]))
        .into()
}

impl Experiment for TwoLands {
    const NAME: &'static str = "convexity-two-lands";
    type Data = Data;

    fn data() -> Data {
        let rugged = Rastrigin::new(1);
        let start = |i: usize| -EDGE + (i as f64 + 0.5) * 2.0 * EDGE / MANY as f64;
        let mut places: Vec<f64> = (0..MANY)
            .map(|i| end(&rugged, Sgd::plain(), RUGGED_LR, &[start(i)], STEPS)[0])
            .collect();
        let lowest = places.iter().filter(|x| x.abs() < 1e-3).count();
        places.sort_by(f64::total_cmp);
        places.dedup_by(|a, b| (*a - *b).abs() < 0.1);
        Data {
            bowl: ends(&Quadratic::square(), BOWL_LR),
            rugged: ends(&rugged, RUGGED_LR),
            share: lowest as f64 / MANY as f64,
            pits: places.len(),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .number("bowl-lr", BOWL_LR)
            .number("rugged-lr", RUGGED_LR)
            .count("steps", STEPS)
            .count("many", MANY)
            .number("edge", EDGE)
            .number("share", data.share)
            .number("share-in-ten-dimensions", data.share.powi(10))
            .count("pits", data.pits);
        for (i, (start, end)) in data.rugged.iter().enumerate() {
            values = values
                .number(format!("start.{i}"), *start)
                .number(format!("rugged-end.{i}"), *end);
        }
        let farthest = data.bowl.iter().map(|p| p.1.abs()).fold(0.0, f64::max);
        values.number("bowl-farthest-end", farthest)
    }
}

impl Figure for TwoLands {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["land", "start", "end"]);
        for (land, runs) in [("bowl", &data.bowl), ("rugged", &data.rugged)] {
            for &(start, end) in runs {
                table.row([land.into(), start.into(), end.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let bowl = |x: f64| x * x;
        let waves = Rastrigin::new(1);
        let rugged = |x: f64| waves.value(&array![x]);
        let mut left = empty("*x*²：六个起点，一个终点", 29.0);
        left.graph(bowl, Stroke::solid(Ink::Data));
        walks(&mut left, &data.bowl, bowl);
        let mut right = empty("加上波纹：六个起点，六个终点", 48.0);
        right.graph(rugged, Stroke::solid(Ink::Data));
        walks(&mut right, &data.rugged, rugged);
        for panel in [&mut left, &mut right] {
            panel.label((0.0, 0.0), "最低点", Ink::Truth, &[Side::Below]);
        }
        layout::arrange(form, &[left, right])
    }
}

fn empty(title: &str, top: f64) -> Panel {
    let ticks = [0.0, 10.0, 20.0, 30.0, 40.0];
    let below = ticks.iter().filter(|tick| **tick < top).count();
    Panel::new(
        Axis::linear("参数 *x*", -5.2, 5.2).ticks_at(&[-4.0, -2.0, 0.0, 2.0, 4.0]),
        Axis::linear("函数值 *f*(*x*)", -0.2 * top, top).ticks_at(&ticks[..below]),
    )
    .title(title)
    .height(250.0, 230.0)
}

fn walks(panel: &mut Panel, runs: &[Point], f: impl Fn(f64) -> f64) {
    for &(start, end) in runs {
        let at = |i: i32| start + f64::from(i) / 40.0 * (end - start);
        let along: Vec<Point> = (0..=40).map(|i| (at(i), f(at(i)))).collect();
        panel.curve(&along, Stroke::solid(Ink::Path).width(2.2));
    }
    for &(start, end) in runs {
        panel.head_on(&f, start, end, 9.0, Ink::Path);
        panel.dots(&[(start, f(start))], Dot::Ring, 4.0, Ink::Path);
        panel.dots(&[(end, f(end))], Dot::Disc, 3.4, Ink::Path);
    }
    panel.dots(&[(0.0, 0.0)], Dot::Star, 6.5, Ink::Truth);
}
