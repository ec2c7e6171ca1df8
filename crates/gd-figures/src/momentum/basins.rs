//! x⁴ − 4x² + 0.5x: in which valley the heavy ball ends, by start and momentum.

use gd_core::objective::DoubleWell;

use super::heavy_ball;
use crate::axis::Axis;
use crate::bands::Bands;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::end;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const LR: f64 = 0.01;
/// Enough to come to rest, and few enough for 33 000 runs in two seconds.
const STEPS: usize = 1_000;
/// Starts and momenta: a lattice as fine as a stripe is wide.
const NODES: (usize, usize) = (361, 91);
const LEAST_MOMENTUM: f64 = 0.7;
const MOST_MOMENTUM: f64 = 0.98;

/// `momentum-basins`.
pub struct Basins;

/// −1 where it ends in the deep valley, 1 where in the shallow one.
pub struct Data {
    ends: Grid,
    /// Of all starts right of the pass, how many end in the deep valley, by momentum: the least
    /// and the greatest one.
    escaped: [f64; 2],
    fallen_back: [f64; 2],
}

impl Experiment for Basins {
    const NAME: &'static str = "momentum-basins";
    type Data = Data;

    fn data() -> Data {
        let pass = DoubleWell::maximum();
        let momenta = (LEAST_MOMENTUM, MOST_MOMENTUM);
        let ends = Grid::sample((-2.6, 2.6), momenta, NODES.0, NODES.1, |x, mu| {
            let last = end(&DoubleWell, heavy_ball(mu), LR, &[x], STEPS)[0];
            (last - pass).signum()
        });
        let share = |row: usize, right: bool| {
            let starts = ends.xs().iter().enumerate();
            let on_side: Vec<usize> = starts
                .filter(|(_, x)| (**x > pass) == right)
                .map(|(i, _)| i)
                .collect();
            let crossed = on_side
                .iter()
                .filter(|i| (ends.height(**i, row) > 0.0) != right);
            crossed.count() as f64 / on_side.len() as f64
        };
        let last = NODES.1 - 1;
        Data {
            escaped: [share(0, true), share(last, true)],
            fallen_back: [share(0, false), share(last, false)],
            ends,
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("most-momentum", MOST_MOMENTUM)
            .number("escaped.least", data.escaped[0])
            .number("escaped.most", data.escaped[1])
            .number("fallen-back.least", data.fallen_back[0])
            .number("fallen-back.most", data.fallen_back[1])
    }
}

impl Figure for Basins {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["start", "momentum", "valley"]);
        let (xs, ys) = (data.ends.xs(), data.ends.ys());
        for (j, &mu) in ys.iter().enumerate().step_by(4) {
            for (i, &x) in xs.iter().enumerate().step_by(4) {
                let valley = if data.ends.height(i, j) < 0.0 {
                    "deep"
                } else {
                    "shallow"
                };
                table.row([x.into(), mu.into(), valley.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("起点 *x*₀", -2.6, 2.6),
            Axis::linear("动量 *μ*", LEAST_MOMENTUM, MOST_MOMENTUM),
        )
        .height(270.0, 240.0);
        panel.bands(&data.ends, &Bands::at(&[0.0]));
        let pass = DoubleWell::maximum();
        let line = [(pass, LEAST_MOMENTUM), (pass, MOST_MOMENTUM)];
        panel.curve(&line, Stroke::truth());
        panel.label((-1.1, 0.78), "停在深谷", Ink::Text, &[Side::On]);
        panel.label((1.1, 0.78), "停在浅谷", Ink::Text, &[Side::On]);
        panel.label((pass, 0.72), "山顶", Ink::Truth, &[Side::Right]);
        layout::arrange(form, &[panel])
    }
}
