//! Himmelblau's function, three times: only the start changes, only the learning rate, only the method.

use gd_core::objective::{Himmelblau, TestFunction};
use gd_core::optim::{Adam, Sgd};
use gd_core::{Objective, Optimizer};
use ndarray::array;

use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 300;
const LR: f64 = 0.01;

/// `summary-three-things`.
pub struct ThreeThings;

/// One run.
pub struct Run {
    key: &'static str,
    name: &'static str,
    path: Vec<Point>,
}

/// The runs by panel.
pub struct Data {
    map: Grid,
    minima: Vec<Point>,
    starts: Vec<Run>,
    rates: Vec<Run>,
    methods: Vec<Run>,
}

impl Data {
    fn panels(&self) -> [(&'static str, &'static str, &[Run]); 3] {
        [
            ("start", "只换起点", &self.starts),
            ("rate", "只换学习率", &self.rates),
            ("method", "只换走法", &self.methods),
        ]
    }
}

fn minima() -> Vec<Point> {
    let minima = TestFunction::<f64>::minima(&Himmelblau);
    minima.iter().map(|m| (m[0], m[1])).collect()
}

fn run(
    key: &'static str,
    name: &'static str,
    rule: impl Optimizer<f64>,
    lr: f64,
    start: [f64; 2],
) -> Run {
    let run = descend(&Himmelblau, rule, lr, &start, STEPS);
    Run {
        key,
        name,
        path: run.points.iter().map(|x| (x[0], x[1])).collect(),
    }
}

impl Experiment for ThreeThings {
    const NAME: &'static str = "summary-three-things";
    type Data = Data;

    fn data() -> Data {
        let plain = |key, name, lr, start| run(key, name, Sgd::plain(), lr, start);
        let top = [0.5, 4.5];
        Data {
            map: Grid::sample((-5.2, 5.2), (-5.2, 5.2), 61, 61, |x, y| {
                Himmelblau.value(&array![x, y])
            }),
            minima: minima(),
            starts: vec![
                plain("a", "甲", LR, [0.0, 0.0]),
                plain("b", "乙", LR, [-0.5, -0.5]),
                plain("c", "丙", LR, [-0.5, -1.5]),
                plain("d", "丁", LR, [0.0, -1.0]),
            ],
            rates: vec![
                plain("small", "0.0001", 0.0001, [4.5, 4.5]),
                plain("right", "0.01", LR, [4.5, 4.5]),
                plain("large", "0.02", 0.02, [4.5, 4.5]),
            ],
            methods: vec![
                plain("plain", "普通", LR, top),
                run("momentum", "动量", Sgd::default().momentum(0.9), 0.005, top),
                run("adam", "Adam", Adam::default(), 0.1, top),
            ],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new().count("steps", STEPS).number("lr", LR);
        for (panel, _, runs) in data.panels() {
            for run in runs {
                let (x, y) = run.path[run.path.len() - 1];
                let left = data.minima.iter().map(|m| (m.0 - x).hypot(m.1 - y));
                let key = format!("{panel}.{}", run.key);
                values = values
                    .number(format!("{key}.x"), x)
                    .number(format!("{key}.y"), y)
                    .number(format!("{key}.left"), left.fold(f64::INFINITY, f64::min));
            }
        }
        values
    }
}

impl Figure for ThreeThings {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["changed", "run", "step", "x", "y"]);
        for (panel, _, runs) in data.panels() {
            for run in runs {
                for (t, &(x, y)) in run.path.iter().enumerate() {
                    table.row([panel.into(), run.key.into(), t.into(), x.into(), y.into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panels = Vec::new();
        for (_, title, runs) in data.panels() {
            let axis = |name: &str| Axis::linear(name, -5.2, 5.2).ticks_at(&[-4.0, 0.0, 4.0]);
            let mut panel = Panel::new(axis("*x*"), axis("*y*")).title(title).equal();
            let levels = log_levels(4.0, 500.0, 5);
            panel.contours(&data.map, &levels, Stroke::thin(Ink::Contour));
            for (i, run) in runs.iter().enumerate() {
                let stroke = Stroke::series(i).width(1.8);
                panel.curve(&run.path, stroke);
                panel.dots(&run.path[..1], Dot::Ring, 3.6, stroke.ink);
                panel.dots(&run.path[run.path.len() - 1..], Dot::Disc, 3.4, stroke.ink);
            }
            panel.dots(&data.minima, Dot::Star, 5.0, Ink::Truth);
            for (i, run) in runs.iter().enumerate() {
                let end = run.path[run.path.len() - 1];
                let sides = [Side::Above, Side::Below, Side::AboveRight, Side::BelowLeft];
                panel.label(end, run.name, Stroke::series(i).ink, &sides);
            }
            panels.push(panel);
        }
        layout::arrange(form, &panels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_starts_find_four_minima_and_three_methods_three() {
        let data = ThreeThings::data();
        let minimum = |run: &Run| {
            let (x, y) = run.path[run.path.len() - 1];
            let close = |m: &Point| (m.0 - x).hypot(m.1 - y) < 0.01;
            data.minima.iter().position(close)
        };
        let found = |runs: &[Run]| {
            let mut found: Vec<usize> = runs.iter().filter_map(minimum).collect();
            found.sort_unstable();
            found.dedup();
            found.len()
        };
        assert_eq!(found(&data.starts), 4);
        assert_eq!(found(&data.methods), 3);
        let ends: Vec<bool> = data.rates.iter().map(|r| minimum(r).is_some()).collect();
        assert_eq!(ends, [false, true, false]);
    }
}
