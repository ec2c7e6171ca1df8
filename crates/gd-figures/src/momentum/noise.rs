//! With noisy gradients: what momentum does to the noise floor.

use gd_core::Optimizer;
use ndarray::array;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::heavy_ball;
use crate::{Experiment, Values};

/// Updates measured, after as many that are not: enough for three digits.
const UPDATES: usize = 400_000;
const SEED: u64 = 3;
const RUNS: [(&str, f64, f64); 3] = [
    ("plain", 0.01, 0.0),
    ("same-rate", 0.01, 0.9),
    ("tenth-of-rate", 0.001, 0.9),
];

/// `momentum-noise`.
pub struct Noise;

/// One run on ½x² with gradients x + ξ, ξ normal with variance 1.
pub struct Run {
    key: &'static str,
    lr: f64,
    momentum: f64,
    /// Mean of x² in the long run.
    measured: f64,
}

/// The same exactly: η(1 + μ) / ((1 − μ)(2(1 + μ) − η)), from the second moments of (xₜ, xₜ₋₁).
fn exact(lr: f64, momentum: f64) -> f64 {
    lr * (1.0 + momentum) / ((1.0 - momentum) * (2.0 * (1.0 + momentum) - lr))
}

impl Experiment for Noise {
    const NAME: &'static str = "momentum-noise";
    type Data = Vec<Run>;

    fn data() -> Vec<Run> {
        RUNS.map(|(key, lr, momentum)| {
            let mut random = ChaCha8Rng::seed_from_u64(SEED);
            let mut rule = heavy_ball(momentum);
            let mut x = array![0.0];
            let mut sum = 0.0;
            for t in 0..2 * UPDATES {
                let noise: f64 = StandardNormal.sample(&mut random);
                let grad = array![x[0] + noise];
                rule.step(lr, &mut x, &grad);
                if t >= UPDATES {
                    sum += x[0] * x[0];
                }
            }
            Run {
                key,
                lr,
                momentum,
                measured: sum / UPDATES as f64,
            }
        })
        .into()
    }

    fn values(data: &Vec<Run>) -> Values {
        data.iter().fold(Values::new(), |values, run| {
            let key = run.key;
            values
                .number(format!("{key}.measured"), run.measured)
                .number(format!("{key}.exact"), exact(run.lr, run.momentum))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floor_is_the_exact_one() {
        for run in Noise::data() {
            let ratio = run.measured / exact(run.lr, run.momentum);
            assert!((ratio - 1.0).abs() < 0.05, "{}: {ratio}", run.key);
        }
    }
}
