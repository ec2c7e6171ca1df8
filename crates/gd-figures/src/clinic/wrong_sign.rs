//! A gradient with the wrong sign.

use gd_core::Objective;
use gd_core::numeric::check_gradient;
use gd_core::objective::FnObjective;
use ndarray::ArrayRef1;

use super::{SICK, WAVE_LR, chart, wave};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::by_step;
use crate::style::Dash;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const STEPS: usize = 200;
/// A hundredth of the rate: were the rate to blame, this would cure it.
const SMALL_LR: f64 = WAVE_LR / 100.0;

/// `clinic-wrong-sign`.
pub struct WrongSign;

/// Losses, and what the check says.
pub struct Data {
    sick: Vec<f64>,
    slow: Vec<f64>,
    cured: Vec<f64>,
    /// The greatest relative error of the right gradient and of the wrong one.
    errors: [f64; 2],
    diverged_at: usize,
}

/// θ ← θ + step·g, by hand, since no solver of gd-core walks uphill. Ends at the first loss that is
/// not finite.
fn walk(step: f64, steps: usize) -> Vec<f64> {
    let (risk, mut theta) = wave();
    let mut grad = theta.clone();
    let mut losses = Vec::new();
    for _ in 0..=steps {
        let loss = risk.value_and_gradient(&theta, &mut grad);
        losses.push(loss);
        if !loss.is_finite() {
            break;
        }
        theta.scaled_add(step, &grad);
    }
    losses
}

impl Experiment for WrongSign {
    const NAME: &'static str = "clinic-wrong-sign";
    type Data = Data;

    fn data() -> Data {
        let (risk, theta) = wave();
        let wrong = FnObjective::new(
            theta.len(),
            |theta: &ArrayRef1<f64>| risk.value(theta),
            |theta: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
                risk.gradient(theta, grad);
                grad.mapv_inplace(|g| -g);
            },
        );
        let errors = [
            check_gradient(&risk, &theta),
            check_gradient(&wrong, &theta),
        ];
        Data {
            sick: walk(WAVE_LR, STEPS),
            slow: walk(SMALL_LR, STEPS),
            cured: walk(-WAVE_LR, STEPS),
            errors,
            diverged_at: walk(WAVE_LR, 1_000).len() - 1,
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("lr", WAVE_LR)
            .number("small-lr", SMALL_LR)
            .count("steps", STEPS)
            .number("start", data.slow[0])
            .number("slow-after-one", data.slow[1])
            .number("slow-end", data.slow[data.slow.len() - 1])
            .number("cured", data.cured[data.cured.len() - 1])
            .count("not-finite-at", data.diverged_at)
            .number("error-right", data.errors[0])
            .number("error-wrong", data.errors[1])
    }
}

impl Figure for WrongSign {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["run", "step", "loss"]);
        for (name, run) in [
            ("sick", &data.sick),
            ("slow", &data.slow),
            ("cured", &data.cured),
        ] {
            for (t, &loss) in run.iter().enumerate() {
                table.row([name.into(), t.into(), loss.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失", 0.02, 1e4),
        )
        .height(230.0, 210.0);
        let (sick, slow, cured) = (
            by_step(&data.sick),
            by_step(&data.slow),
            by_step(&data.cured),
        );
        panel.curve(&slow, SICK.dash(Dash::Dotted));
        panel.along(&slow, 0.6, "病：*η* = 0.001，还是往上", SICK.ink);
        chart(
            &mut panel,
            (&sick[..sick.len().min(40)], "", 0.0),
            (&cured, "治：改对正负号", 0.6),
        );
        let high = sick.iter().find(|p| p.1 > 500.0).expect("it climbs");
        panel.label(*high, "病：*η* = 0.1", SICK.ink, &[Side::Right; 2]);
        layout::arrange(form, &[panel])
    }
}
