//! Where the gradient is near zero, or keeps its size, descent does not find a lowest point.

use gd_core::Stop;
use gd_core::objective::FnObjective;
use gd_core::optim::Sgd;
use ndarray::ArrayRef1;

use crate::run::{descend, end};
use crate::{Experiment, Values};

const LR: f64 = 0.1;

/// `errata-stationary`.
pub struct Stationary;

/// What the runs end with.
pub struct Data {
    cube: f64,
    /// The last two places of a run on |x|.
    bounce: [f64; 2],
    quartic: f64,
    quartic_diverges_at: usize,
    exponential: f64,
    exponential_with_lr_one: f64,
}

type Slope = fn(f64) -> f64;

/// A function of one variable with its derivative.
fn one(value: Slope, slope: Slope) -> impl gd_core::Objective<f64> {
    FnObjective::new(
        1,
        move |x: &ArrayRef1<f64>| value(x[0]),
        move |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| grad[0] = slope(x[0]),
    )
}

impl Experiment for Stationary {
    const NAME: &'static str = "errata-stationary";
    type Data = Data;

    fn data() -> Data {
        let cube = one(|x| x.powi(3), |x| 3.0 * x * x);
        let absolute = one(f64::abs, f64::signum);
        let quartic = one(|x| x.powi(4), |x| 4.0 * x.powi(3));
        let exponential = one(f64::exp, f64::exp);
        let bounces = descend(&absolute, Sgd::plain(), LR, &[0.97], 1000).coordinate(0);
        // its gradient overflows first, so the run ends with the last finite x
        let leap = descend(&quartic, Sgd::plain(), LR, &[4.0], 100);
        let Stop::Diverged { at } = leap.stop else {
            panic!(
                "x⁴ from 4 was expected to diverge, but the run {}",
                leap.stop
            );
        };
        Data {
            cube: end(&cube, Sgd::plain(), LR, &[1.0], 1000)[0],
            bounce: [bounces[999], bounces[1000]],
            quartic: end(&quartic, Sgd::plain(), LR, &[4.0], 6)[0].abs(),
            quartic_diverges_at: at,
            exponential: end(&exponential, Sgd::plain(), LR, &[0.0], 100_000)[0],
            exponential_with_lr_one: end(&exponential, Sgd::plain(), 1.0, &[0.0], 100_000)[0],
        }
    }

    fn values(data: &Data) -> Values {
        let [a, b] = data.bounce;
        Values::new()
            .number("lr", LR)
            .number("cube.x-after-1000", data.cube)
            .number("absolute.low", a.min(b))
            .number("absolute.high", a.max(b))
            .number("quartic.size-after-6", data.quartic)
            .count("quartic.diverges-at", data.quartic_diverges_at)
            .number("exponential.x-after-100000", data.exponential)
            .number(
                "exponential.lr-1.x-after-100000",
                data.exponential_with_lr_one,
            )
    }
}
