//! How many steps x² needs from 4 to |x| < 10⁻⁶, for every learning rate below 1.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: f64 = 4.0;
const BOUND: f64 = 1e-6;
/// Where the axis ends: room for a name in the band from 1 on.
const BEYOND: f64 = 1.35;
const NAMED: [(&str, f64); 9] = [
    ("lr-0-01", 0.01),
    ("lr-0-05", 0.05),
    ("lr-0-1", 0.1),
    ("lr-0-3", 0.3),
    ("lr-0-5", 0.5),
    ("lr-0-9", 0.9),
    ("lr-0-95", 0.95),
    ("lr-0-99", 0.99),
    ("lr-0-999", 0.999),
];

/// `learning-rate-steps`.
pub struct Steps;

/// Steps by learning rate.
pub struct Data {
    curve: Vec<(f64, usize)>,
    /// The same as an exact step line.
    stairs: Vec<Point>,
    named: Vec<(&'static str, f64, usize)>,
    /// Below this rate every one needs ten thousand steps or more.
    slow_below: f64,
    /// x₁, x₂ and x₁₀₀₀ with learning rate 1.
    bounces: [f64; 3],
}

fn steps(lr: f64, most: usize) -> Option<usize> {
    let f = Quadratic::square();
    steps_until(&f, Sgd::plain(), lr, &[START], most, |x| largest(x) < BOUND)
}

/// The rates on both sides of ½ at which `t` steps no longer suffice: 4|1 − 2η|ᵗ = 10⁻⁶.
fn edges(t: usize) -> [f64; 2] {
    let factor = (BOUND / START).powf(1.0 / t as f64);
    [(1.0 - factor) / 2.0, (1.0 + factor) / 2.0]
}

/// The number of steps against the rate, level between the edges.
fn stairs() -> Vec<Point> {
    // beyond a hundred a stair is finer than the line is thick
    let mut counts: Vec<usize> = (1..100).collect();
    let mut t = 100;
    while t <= 10_000 {
        counts.push(t);
        t += t / 20;
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut inner = [0.5, 0.5];
    for t in counts {
        let outer = edges(t);
        left.extend([(inner[0], t as f64), (outer[0], t as f64)]);
        right.extend([(inner[1], t as f64), (outer[1], t as f64)]);
        inner = outer;
    }
    left.reverse();
    left.extend(right);
    left
}

impl Experiment for Steps {
    const NAME: &'static str = "learning-rate-steps";
    type Data = Data;

    fn data() -> Data {
        let count = |lr| steps(lr, 20_000).expect("below 1 every rate converges");
        // dense where the curve is steep: near both ends
        let near_end = (2..20).map(|i| f64::from(i) / 2000.0);
        let lower: Vec<f64> = near_end
            .chain((2..=99).map(|i| f64::from(i) / 200.0))
            .collect();
        let upper = lower.iter().rev().map(|lr| 1.0 - lr);
        let rates: Vec<f64> = lower.iter().copied().chain([0.5]).chain(upper).collect();
        let bounces =
            descend(&Quadratic::square(), Sgd::plain(), 1.0, &[START], 1000).coordinate(0);
        Data {
            stairs: stairs(),
            curve: rates.into_iter().map(|lr| (lr, count(lr))).collect(),
            named: NAMED.map(|(key, lr)| (key, lr, count(lr))).into(),
            // 4(1 − 2η)⁹⁹⁹⁹ = 10⁻⁶
            slow_below: (1.0 - (BOUND / START).powf(1.0 / 9_999.0)) / 2.0,
            bounces: [bounces[1], bounces[2], bounces[1000]],
        }
    }

    fn values(data: &Data) -> Values {
        let values = data
            .named
            .iter()
            .fold(Values::new(), |values, (key, _, steps)| {
                values.count(format!("{key}.steps"), *steps)
            });
        values
            .number("ten-thousand-steps-below", data.slow_below)
            .number("lr-1.x.1", data.bounces[0])
            .number("lr-1.x.2", data.bounces[1])
            .number("lr-1.x.1000", data.bounces[2])
    }
}

impl Figure for Steps {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "steps"]);
        for &(lr, steps) in &data.curve {
            table.row([lr.into(), steps.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("学习率 *η*", 0.0, BEYOND),
            Axis::log("走到 |*x*| < 10⁻⁶ 要几步", 1.0, 1e4),
        )
        .height(270.0, 240.0);
        let zone = [(1.0, 1.0), (BEYOND, 1.0), (BEYOND, 1e4), (1.0, 1e4)];
        panel.area(&zone, Ink::Path, 0.14);
        panel.curve(&[(1.0, 1.0), (1.0, 1e4)], Stroke::thin(Ink::Path));
        panel.curve(&data.stairs, Stroke::solid(Ink::Data));
        for (lr, sides) in [
            (0.01, [Side::Right, Side::AboveRight]),
            (0.05, [Side::Right, Side::AboveRight]),
            (0.3, [Side::Right, Side::AboveRight]),
            (0.95, [Side::Left, Side::AboveLeft]),
        ] {
            let named = data.named.iter().find(|(_, rate, _)| *rate == lr);
            let &(_, lr, steps) = named.expect("each of these rates is named");
            let point = (lr, steps as f64);
            panel.dots(&[point], Dot::Disc, 3.5, Ink::Data);
            panel.label(point, &format!("{lr}：{steps} 步"), Ink::Data, &sides);
        }
        panel.dots(&[(0.5, 1.0)], Dot::Star, 6.5, Ink::Truth);
        panel.label(
            (0.5, 1.0),
            "0.5：1 步",
            Ink::Truth,
            &[Side::Right, Side::AboveRight],
        );
        let band = (1.0 + BEYOND) / 2.0;
        panel.label((band, 4e3), "*η* ≥ 1", Ink::Path, &[Side::On]);
        panel.label((band, 1.6e3), "不收敛", Ink::Path, &[Side::On]);
        layout::arrange(form, &[panel])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stairs_agree_with_runs() {
        for t in [2, 3, 17, 145] {
            let ([in_low, in_high], [out_low, out_high]) = (edges(t - 1), edges(t));
            for lr in [(in_low + out_low) / 2.0, (in_high + out_high) / 2.0] {
                assert_eq!(steps(lr, 1000), Some(t), "{lr}");
            }
        }
    }
}
