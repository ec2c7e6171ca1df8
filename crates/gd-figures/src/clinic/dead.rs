//! ReLU units that one step too long has killed.

use std::ops::ControlFlow;

use gd_core::autodiff::Activation;
use gd_core::init::Initializer;
use gd_core::model::{EmpiricalRisk, Mlp};
use gd_core::optim::Sgd;
use gd_core::{Descent, Objective, Snapshot, minimize};
use ndarray::{ArrayRef1, Axis as Dimension};

use super::{chart, layer_norms, moons};
use crate::axis::Axis;
use crate::panel::Panel;
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 6.0;
const CURED_LR: f64 = 1.0;
const UNITS: usize = 16;
const STEPS: usize = 200;
const SEEDS: u64 = 5;

/// `clinic-dead`.
pub struct Dead;

/// One run: (update, loss) and (update, dead units of the second layer).
pub struct Training {
    loss: Vec<Point>,
    dead: Vec<Point>,
    accuracy: f64,
    /// ‖∂L/∂W‖ of the two hidden layers at the end.
    norms: [f64; 2],
}

/// How many units of the second hidden layer give 0 for every sample.
fn dead_units(risk: &EmpiricalRisk<f64>, theta: &ArrayRef1<f64>) -> usize {
    let hidden = &risk.net().activations(theta, risk.inputs())[1];
    let units = hidden.axis_iter(Dimension(1));
    units.filter(|unit| unit.iter().all(|&h| h == 0.0)).count()
}

fn train(lr: f64, seed: u64) -> Training {
    let risk = moons(Mlp::new(&[2, UNITS, UNITS, 1]).activation(Activation::Relu));
    let mut theta = risk.net().init(Initializer::HeNormal, seed);
    let (mut loss, mut dead) = (Vec::new(), Vec::new());
    let mut watch = |now: &Snapshot<'_, f64>| {
        loss.push((now.step as f64, now.value()));
        dead.push((now.step as f64, dead_units(&risk, now.x) as f64));
        ControlFlow::Continue(())
    };
    minimize(
        &risk,
        &mut Descent::new(Sgd::plain(), lr),
        &mut theta,
        STEPS,
        &mut watch,
    );
    let mut grad = theta.clone();
    risk.gradient(&theta, &mut grad);
    let norms = layer_norms(risk.net(), &grad);
    Training {
        loss,
        dead,
        accuracy: risk.accuracy(&theta),
        norms: [norms[0], norms[1]],
    }
}

impl Experiment for Dead {
    const NAME: &'static str = "clinic-dead";
    /// The sick runs and the cured ones, by seed.
    type Data = [Vec<Training>; 2];

    fn data() -> Self::Data {
        [LR, CURED_LR].map(|lr| (0..SEEDS).map(|seed| train(lr, seed)).collect())
    }

    fn values(data: &Self::Data) -> Values {
        let last = |points: &[Point]| points[points.len() - 1].1;
        let [sick, cured] = data;
        let all_dead = sick
            .iter()
            .filter(|run| last(&run.dead) == UNITS as f64)
            .count();
        let at = sick[0].dead.iter().position(|p| p.1 == UNITS as f64);
        Values::new()
            .number("lr", LR)
            .number("cured-lr", CURED_LR)
            .count("units", UNITS)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .count("all-dead", all_dead)
            .count("dead-at", at.unwrap_or(STEPS))
            .number("first-norm", sick[0].norms[0])
            .number("second-norm", sick[0].norms[1])
            .number("cured-first-norm", cured[0].norms[0])
            .number("sick", last(&sick[0].loss))
            .number("cured", last(&cured[0].loss))
            .count("cured-dead", last(&cured[0].dead) as usize)
            .number(
                "cured-worst-accuracy",
                cured.iter().fold(1.0, |m, run| m.min(run.accuracy)),
            )
    }
}

impl Figure for Dead {
    fn table(data: &Self::Data) -> Table {
        let mut table = Table::new(&["run", "step", "loss", "dead units"]);
        for (name, runs) in ["sick", "cured"].into_iter().zip(data) {
            for (loss, dead) in runs[0].loss.iter().zip(&runs[0].dead) {
                table.row([name.into(), loss.0.into(), loss.1.into(), dead.1.into()]);
            }
        }
        table
    }

    fn draw(data: &Self::Data, form: Form) -> Drawing {
        let [sick, cured] = data.each_ref().map(|runs| &runs[0]);
        let mut loss = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::log("训练损失", 0.03, 20.0),
        )
        .title("症状");
        chart(
            &mut loss,
            (&sick.loss, "病：*η* = 6", 0.6),
            (&cured.loss, "治：*η* = 1", 0.6),
        );
        let mut dead = Panel::new(
            Axis::linear("更新次数", 0.0, STEPS as f64),
            Axis::linear("第二层死了几个（共 16 个）", 0.0, 18.0),
        )
        .title("化验：数死单元");
        chart(&mut dead, (&sick.dead, "病", 0.5), (&cured.dead, "治", 0.5));
        layout::arrange(form, &[loss, dead])
    }
}
