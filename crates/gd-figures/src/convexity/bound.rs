//! The bound ‖x₀ − x*‖²/(2ηt) on what descent leaves of a smooth convex function, and four runs
//! below it.

use gd_core::Objective;
use gd_core::objective::{FnObjective, Quadratic, Quartic};
use gd_core::optim::Sgd;
use ndarray::ArrayRef1;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 1000;
/// The step at which the worst function comes nearest to the bound.
const WORST_AT: usize = 20;
/// Curvatures from 1 to 10⁴, five in each decade: at every t some of them are being worked on.
const SPREAD: (f64, usize) = (1e4, 21);

/// `convexity-bound`.
pub struct Bound;

/// One run: what is left of f(x_t) − f*, divided by ‖x₀ − x*‖²/(2η), so that the bound is 1/t.
pub struct Run {
    key: &'static str,
    name: &'static str,
    /// The same for a phone.
    short: &'static str,
    left: Vec<Point>,
}

impl Run {
    /// The largest share of the bound that the run reaches.
    fn nearest(&self) -> f64 {
        self.left
            .iter()
            .map(|(t, left)| t * left)
            .fold(0.0, f64::max)
    }
}

/// A run from `start` with η = 1/`l`; the minimum is 0, at the origin.
fn run(
    key: &'static str,
    [name, short]: [&'static str; 2],
    f: &impl Objective<f64>,
    l: f64,
    start: &[f64],
) -> Run {
    let path = descend(f, Sgd::plain(), 1.0 / l, start, STEPS);
    let square: f64 = start.iter().map(|x| x * x).sum();
    let scale = square * l / 2.0;
    let values = path.values(f);
    let left = values.iter().enumerate().skip(1);
    Run {
        key,
        name,
        short,
        left: left
            .map(|(t, value)| (t as f64, value / scale))
            .take_while(|(_, left)| *left > 1e-12)
            .collect(),
    }
}

/// x²/2 near 0 and straight beyond: with this width descent from 1 is as slow as it can be for
/// `WORST_AT` steps (Drori and Teboulle 2014).
fn worst() -> impl Objective<f64> {
    let width = 1.0 / (2 * WORST_AT + 1) as f64;
    FnObjective::new(
        1,
        move |x: &ArrayRef1<f64>| match x[0].abs() {
            r if r <= width => 0.5 * r * r,
            r => width * r - 0.5 * width * width,
        },
        move |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            grad[0] = x[0].clamp(-width, width);
        },
    )
}

impl Experiment for Bound {
    const NAME: &'static str = "convexity-bound";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        let (kappa, dim) = SPREAD;
        let spread = Quadratic::with_condition_number(kappa, dim);
        let narrow = Quadratic::with_condition_number(10.0, 2);
        vec![
            run(
                "worst",
                ["专门造的最坏情形", "最坏情形"],
                &worst(),
                1.0,
                &[1.0],
            ),
            run(
                "spread",
                ["碗，曲率 1 到 10⁴", "碗，1 到 10⁴"],
                &spread,
                kappa,
                &vec![1.0; dim],
            ),
            // on [−1, 1] the curvature 12x² is at most 12
            run("quartic", ["*x*⁴"; 2], &Quartic, 12.0, &[1.0]),
            run(
                "narrow",
                ["碗，曲率 1 和 10", "碗，1 和 10"],
                &narrow,
                10.0,
                &[1.0, 1.0],
            ),
        ]
    }

    fn values(data: &Vec<Run>) -> Values {
        let values = Values::new()
            .count("steps", STEPS)
            .count("worst-at", WORST_AT);
        data.iter().fold(values, |values, run| {
            values.number(format!("{}.nearest", run.key), run.nearest())
        })
    }
}

impl Figure for Bound {
    fn table(data: &Vec<Run>) -> Table {
        let mut table = Table::new(&["function", "step", "left", "bound"]);
        for run in data {
            for &(t, left) in &run.left {
                table.row([run.key.into(), t.into(), left.into(), (1.0 / t).into()]);
            }
        }
        table
    }

    fn draw(data: &Vec<Run>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::log("步数 *t*", 1.0, STEPS as f64),
            Axis::log("还剩多少（上界在 *t* = 1 处记作 1）", 1e-8, 2.0),
        )
        .height(310.0, 280.0);
        let bound = [(1.0, 1.0), (STEPS as f64, 1.0 / STEPS as f64)];
        panel.curve(&bound, Stroke::truth().width(2.2));
        for (i, run) in data.iter().enumerate() {
            panel.curve(&run.left, Stroke::series(i));
        }
        let line: Vec<Point> = (0..=60)
            .map(|i| 10f64.powf(f64::from(i) / 20.0))
            .map(|t| (t, 1.0 / t))
            .collect();
        panel.along(&line, 0.9, "上界 1/*t*", Ink::Truth);
        // where each is clear of the others in both forms
        let places = [
            (2, Side::Above),
            (60, Side::AboveRight),
            (400, Side::BelowLeft),
            (50, Side::BelowLeft),
        ];
        for (i, (run, (t, side))) in data.iter().zip(places).enumerate() {
            let at = run.left[t - 1];
            panel.label_off(
                at,
                form.pick(run.name, run.short),
                Stroke::series(i).ink,
                &[side; 2],
                4.0,
            );
        }
        layout::arrange(form, &[panel])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_run_stays_below_the_bound() {
        for run in Bound::data() {
            assert!(run.nearest() < 1.0, "{}: {}", run.key, run.nearest());
        }
    }

    #[test]
    fn the_worst_function_reaches_half_of_it() {
        let worst = &Bound::data()[0];
        let expected = WORST_AT as f64 / (2 * WORST_AT + 1) as f64;
        assert!((worst.nearest() - expected).abs() < 1e-12);
    }
}
