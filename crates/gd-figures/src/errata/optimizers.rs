//! Where the advanced methods are not faster, not cleverer, or not one step of plain descent.

use std::ops::ControlFlow;

use gd_core::objective::{DoubleWell, Quadratic};
use gd_core::optim::{Adam, Sgd};
use gd_core::{Descent, Optimizer, Snapshot, minimize};
use ndarray::array;

use crate::run::{descend, end, largest};
use crate::{Experiment, Values};

/// Learning rates for Adam on x⁴ − 4x² + 0.5x.
const ADAM_RATES: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
/// Steps of each of those runs.
const ADAM_STEPS: usize = 5_000;
/// Rounds of Reddi's example.
const ROUNDS: usize = 100_000;

/// The methods whose fewest steps are looked for.
const FEWEST: [&str; 2] = ["plain", "adam"];

/// `errata-optimizers`.
pub struct Optimizers;

/// Steps of each race on x² + 2y²; who is inside 10⁻⁶ only in passing does not count.
const RACE_STEPS: usize = 600;

/// What the runs show.
pub struct Data {
    /// Second displacement on x² from 4 with lr 0.1: plain, momentum 0.9, Adam.
    second: [f64; 3],
    adam_runs: usize,
    /// Runs that end on the right of the watershed, in the valley of the worse minimum.
    adam_in_worse: usize,
    /// Where Adam and AMSGrad end on Reddi's example, and Adam with its default betas.
    reddi: [f64; 3],
    /// Fewest steps to 10⁻⁶ on x² + 2y² and the lr of it: plain, Adam.
    fewest: [(usize, f64); 2],
}

fn second_displacement(rule: impl Optimizer<f64>) -> f64 {
    let xs = descend(&Quadratic::square(), rule, 0.1, &[4.0], 2).coordinate(0);
    xs[2] - xs[1]
}

/// Adam as in the counterexample below: β₁ = 0, β₂ = 1/(1 + 3²).
fn papers_adam() -> Adam<f64> {
    Adam::default().betas(0.0, 0.1)
}

/// The counterexample of Reddi, Kale and Kumar (2018, arXiv:1904.09237, section 3): losses
/// fₜ(x) = Cx where t mod 3 = 1 and −x otherwise, on [−1, 1], with C = 3, step α/√t and
/// projection. Their sum is least at −1. The paper takes β₁ = 0 and β₂ = 1/(1 + C²).
fn reddi(mut rule: Adam<f64>) -> f64 {
    let c = 3.0;
    let mut x = array![1.0];
    for t in 1..=ROUNDS {
        let slope = if t % 3 == 1 { c } else { -1.0 };
        rule.step(0.1 / (t as f64).sqrt(), &mut x, &array![slope]);
        x[0] = x[0].clamp(-1.0, 1.0);
    }
    x[0]
}

/// The fewest steps from (4, 3) on x² + 2y² until |x| and |y| stay below 10⁻⁶, over learning
/// rates; a first touch in passing does not count.
fn fewest<O: Optimizer<f64>>(
    rule: impl Fn() -> O,
    rates: impl Iterator<Item = f64>,
) -> (usize, f64) {
    let bowl = Quadratic::diagonal(&[2.0, 4.0]);
    let settled = |lr: f64| {
        let mut inside_since = None;
        let mut watch = |now: &Snapshot<'_, f64>| {
            if largest(now.x) >= 1e-6 {
                inside_since = None;
            } else if inside_since.is_none() {
                inside_since = Some(now.step);
            }
            ControlFlow::Continue(())
        };
        let mut solver = Descent::new(rule(), lr);
        minimize(
            &bowl,
            &mut solver,
            &mut array![4.0, 3.0],
            RACE_STEPS,
            &mut watch,
        );
        inside_since.map(|steps| (steps, lr))
    };
    let runs = rates.filter_map(settled);
    runs.min_by_key(|(steps, _)| *steps)
        .expect("some rate converges")
}

impl Experiment for Optimizers {
    const NAME: &'static str = "errata-optimizers";
    type Data = Data;

    fn data() -> Data {
        let watershed = DoubleWell::maximum();
        let runs = [2.0, 0.5]
            .into_iter()
            .flat_map(|x| ADAM_RATES.map(|lr| (x, lr)));
        let ends: Vec<f64> = runs
            .map(|(x, lr)| end(&DoubleWell, Adam::default(), lr, &[x], ADAM_STEPS)[0])
            .collect();
        // 1/300, 2/300, … reaches the best rate of plain descent, 1/3, exactly
        let rates = || (1..150).map(|k| f64::from(k) / 300.0);
        // Adam's steps are as long as its rate, so larger rates make sense
        let adam_rates = || (1..=100).map(|k| f64::from(k) / 50.0);
        Data {
            second: [
                second_displacement(Sgd::plain()),
                second_displacement(Sgd::default().momentum(0.9)),
                second_displacement(Adam::default()),
            ],
            adam_runs: ends.len(),
            adam_in_worse: ends.iter().filter(|x| **x > watershed).count(),
            reddi: [
                reddi(papers_adam()),
                reddi(papers_adam().amsgrad(true)),
                reddi(Adam::default()),
            ],
            fewest: [
                fewest(Sgd::plain, rates()),
                fewest(Adam::default, adam_rates()),
            ],
        }
    }

    fn values(data: &Data) -> Values {
        let [plain, momentum, adam] = data.second;
        let mut values = Values::new()
            .number("second-displacement.plain", plain)
            .number("second-displacement.momentum", momentum)
            .number("second-displacement.adam", adam)
            .count("adam.runs", data.adam_runs)
            .count("adam.in-worse-valley", data.adam_in_worse)
            .number("reddi.adam", data.reddi[0])
            .number("reddi.amsgrad", data.reddi[1])
            .number("reddi.adam-default", data.reddi[2]);
        for (key, (steps, lr)) in FEWEST.into_iter().zip(data.fewest) {
            values = values
                .count(format!("fewest.{key}.steps"), steps)
                .number(format!("fewest.{key}.lr"), lr);
        }
        values
    }
}
