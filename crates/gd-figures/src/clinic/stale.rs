//! Gradients that are added up because nobody set them back to 0.

use gd_core::Objective;
use ndarray::Array1;

use super::{WAVE_LR, chart, wave};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::Ink;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 1_000;
/// Twice the rate: the right gradient still bears it.
const DOUBLE_LR: f64 = 2.0 * WAVE_LR;

/// `clinic-stale`.
pub struct Stale;

/// Losses.
pub struct Data {
    sick: Vec<f64>,
    cured: Vec<f64>,
    /// The number of updates after which the sick run at the double rate is no longer finite, and
    /// the last loss of the sound one there.
    double: (usize, f64),
}

/// Descent along g + keep·(what was used before): keep 0 is right, keep 1 forgets `zero_grad`.
fn walk(lr: f64, keep: f64) -> Vec<f64> {
    let (risk, mut theta) = wave();
    let mut grad = theta.clone();
    let mut used = Array1::zeros(theta.len());
    let mut losses = Vec::new();
    for _ in 0..=STEPS {
        let loss = risk.value_and_gradient(&theta, &mut grad);
        losses.push(loss);
        if !loss.is_finite() {
            break;
        }
        used.zip_mut_with(&grad, |used, g| *used = keep * *used + g);
        theta.scaled_add(-lr, &used);
    }
    losses
}

impl Experiment for Stale {
    const NAME: &'static str = "clinic-stale";
    type Data = Data;

    fn data() -> Data {
        let last = |losses: Vec<f64>| losses[losses.len() - 1];
        Data {
            sick: walk(WAVE_LR, 1.0),
            cured: walk(WAVE_LR, 0.0),
            double: (walk(DOUBLE_LR, 1.0).len() - 1, last(walk(DOUBLE_LR, 0.0))),
        }
    }

    fn values(data: &Data) -> Values {
        let half = &data.sick[STEPS / 2..];
        Values::new()
            .number("lr", WAVE_LR)
            .number("double-lr", DOUBLE_LR)
            .count("steps", STEPS)
            .number("cured", data.cured[STEPS])
            .number(
                "sick-least",
                half.iter().copied().fold(f64::INFINITY, f64::min),
            )
            .number("sick-most", half.iter().copied().fold(0.0, f64::max))
            .count("double-sick-not-finite-at", data.double.0)
            .number("double-cured", data.double.1)
    }
}

impl Figure for Stale {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "step", "loss"]);
        for (name, run) in [("sick", &data.sick), ("cured", &data.cured)] {
            for (t, &loss) in run.iter().enumerate().step_by(5) {
                table.row([name.into(), t.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失", 0.02, 2.0),
        )
        .height(230.0, 210.0);
        let points = |run: &[f64]| -> Vec<Point> { by_step(run).into_iter().step_by(5).collect() };
        chart(
            &mut panel,
            (&points(&data.sick), "病：梯度一直累加", 0.75),
            (&points(&data.cured), "", 0.8),
        );
        panel.label((600.0, 0.05), "治：每步先清零", Ink::Data, &[Side::Below]);
        layout::arrange(form, &[panel])
    }
}
