//! The learning rate that each coordinate of the ravine really has, step by step.

use gd_core::Optimizer;
use gd_core::objective::Quadratic;
use gd_core::optim::{Adagrad, RmsProp};

use super::{START, gradient};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::Panel;
use crate::run::{by_step, descend};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

const ADAGRAD_LR: f64 = 1.0;
const RMS_PROP_LR: f64 = 0.01;
const ALPHA: f64 = 0.99;
/// Until both coordinates jump between two points.
const STEPS: usize = 3_200;
/// Curvatures of the two coordinates.
const CURVATURES: [f64; 2] = [1.0, 50.0];

/// `adaptive-effective-rate`.
pub struct EffectiveRate;

/// η/√s of x and of y, for each method.
pub struct Data {
    adagrad: [Vec<f64>; 2],
    rms_prop: [Vec<f64>; 2],
}

/// The rates, given how s takes in a squared gradient.
fn rates(rule: impl Optimizer<f64>, lr: f64, take_in: impl Fn(f64, f64) -> f64) -> [Vec<f64>; 2] {
    let f = Quadratic::ravine();
    let run = descend(&f, rule, lr, &START, STEPS);
    let mut s = [0.0; 2];
    let mut rates = [Vec::new(), Vec::new()];
    for x in &run.points {
        let g = gradient(&f, x);
        for i in 0..2 {
            s[i] = take_in(s[i], g[i] * g[i]);
            rates[i].push(lr / s[i].sqrt());
        }
    }
    rates
}

impl Experiment for EffectiveRate {
    const NAME: &'static str = "adaptive-effective-rate";
    type Data = Data;

    fn data() -> Data {
        Data {
            adagrad: rates(Adagrad::default(), ADAGRAD_LR, |s, square| s + square),
            rms_prop: rates(RmsProp::default(), RMS_PROP_LR, |s, square| {
                ALPHA * s + (1.0 - ALPHA) * square
            }),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new().count("steps", STEPS);
        for (key, rates) in [("adagrad", &data.adagrad), ("rms-prop", &data.rms_prop)] {
            for (name, rate) in ["x", "y"].iter().zip(rates) {
                values = values
                    .number(format!("{key}.{name}.first"), rate[0])
                    .number(format!("{key}.{name}.last"), rate[STEPS])
                    .number(
                        format!("{key}.{name}.highest"),
                        rate.iter().copied().fold(0.0, f64::max),
                    );
            }
            values = values.number(format!("{key}.ratio"), rates[0][STEPS] / rates[1][STEPS]);
        }
        values
    }
}

impl Figure for EffectiveRate {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "step", "rate_x", "rate_y"]);
        for (method, rates) in [("adagrad", &data.adagrad), ("rms-prop", &data.rms_prop)] {
            for t in (0..=STEPS).step_by(10) {
                table.row([
                    method.into(),
                    t.into(),
                    rates[0][t].into(),
                    rates[1][t].into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str, steps: usize, rates: &[Vec<f64>; 2]| {
            let mut panel = Panel::new(
                Axis::linear("步数 *t*", 0.0, steps as f64),
                Axis::log("有效学习率 *η*/√*s*", 1e-3, 30.0),
            )
            .title(title)
            .height(240.0, 220.0);
            for (i, name) in ["*x*，曲率 1", "*y*，曲率 50"].iter().enumerate() {
                let limit = 2.0 / CURVATURES[i];
                let line = [(0.0, limit), (steps as f64, limit)];
                panel.curve(&line, Stroke::truth().width(1.2));
                let curve = by_step(&rates[i][..=steps]);
                panel.curve(&curve, Stroke::series(i));
                let at = curve[steps / 4];
                let side = if i == 0 {
                    Side::AboveLeft
                } else {
                    Side::BelowRight
                };
                panel.label_off(at, name, Stroke::series(i).ink, &[side], 5.0);
            }
            let at = (steps as f64, 2.0);
            panel.label_off(at, "上限 2/1", Ink::Truth, &[Side::AboveLeft], 3.0);
            let at = (steps as f64, 0.04);
            panel.label_off(at, "上限 2/50", Ink::Truth, &[Side::AboveLeft], 3.0);
            panel
        };
        let adagrad = panel("Adagrad，*η* = 1", 60, &data.adagrad);
        let rms_prop = panel("RMSprop，*η* = 0.01", STEPS, &data.rms_prop);
        layout::arrange(form, &[adagrad, rms_prop])
    }
}
