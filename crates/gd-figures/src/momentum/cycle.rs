//! A strongly convex function on which the tuned heavy ball runs in a circle (Lessard, Recht and
//! Packard 2016, section 4.6): curvatures 25, 1 and 25.

use gd_core::objective::FnObjective;
use gd_core::{Objective, Optimizer};
use ndarray::ArrayRef1;

use super::{best_heavy_ball, heavy_ball, nesterov, nesterovs_choice};
use crate::run::{descend, end, largest, steps_until_settled};
use crate::{Experiment, Values};

const START: f64 = 3.3;
/// A part of the parameter that suits quadratics.
const LESS: f64 = 0.8;

/// `momentum-cycle`.
pub struct Cycle;

/// What each method does.
pub struct Data {
    lr: f64,
    momentum: f64,
    /// Three neighbouring points after 3000 steps, and those three steps later.
    round: [f64; 3],
    again: [f64; 3],
    plain: usize,
    nesterov: usize,
    /// Steps with four fifths of the rate, and where four fifths of the momentum alone gets to.
    smaller_rate: usize,
    smaller_momentum: f64,
}

/// f with the slope 25x, x + 24, 25x − 24 on the three pieces parted at 1 and 2.
fn three_pieces() -> impl Objective<f64> {
    FnObjective::new(
        1,
        |x: &ArrayRef1<f64>| {
            let x = x[0];
            if x < 1.0 {
                12.5 * x * x
            } else if x < 2.0 {
                0.5 * x * x + 24.0 * x - 12.0
            } else {
                12.5 * x * x - 24.0 * x + 36.0
            }
        },
        |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            let x = x[0];
            grad[0] = if x < 1.0 {
                25.0 * x
            } else if x < 2.0 {
                x + 24.0
            } else {
                25.0 * x - 24.0
            };
        },
    )
}

impl Experiment for Cycle {
    const NAME: &'static str = "momentum-cycle";
    type Data = Data;

    fn data() -> Data {
        let f = three_pieces();
        let curvatures = (1.0, 25.0);
        let (lr, momentum) = best_heavy_ball(curvatures);
        let xs = descend(&f, heavy_ball(momentum), lr, &[START], 3_005).coordinate(0);
        let settled = |rule: Box<dyn Optimizer<f64>>, lr| {
            steps_until_settled(&f, rule, lr, &[START], 1_000, |x| largest(x) < 1e-6)
                .expect("it converges")
        };
        let (nesterov_lr, nesterov_momentum) = nesterovs_choice(curvatures);
        Data {
            lr,
            momentum,
            round: [xs[3_000], xs[3_001], xs[3_002]],
            again: [xs[3_003], xs[3_004], xs[3_005]],
            plain: settled(Box::new(heavy_ball(0.0)), 2.0 / 26.0),
            nesterov: settled(Box::new(nesterov(nesterov_momentum)), nesterov_lr),
            smaller_rate: settled(Box::new(heavy_ball(momentum)), LESS * lr),
            smaller_momentum: end(&f, heavy_ball(LESS * momentum), lr, &[START], 10_000)[0],
        }
    }

    fn values(data: &Data) -> Values {
        let drift = data
            .round
            .iter()
            .zip(&data.again)
            .map(|(a, b)| (a - b).abs());
        let mut round = data.round;
        round.sort_by(f64::total_cmp);
        Values::new()
            .number("lr", data.lr)
            .number("momentum", data.momentum)
            .number("round.least", round[0])
            .number("round.middle", round[1])
            .number("round.most", round[2])
            .number("drift", drift.fold(0.0, f64::max))
            .count("plain.steps", data.plain)
            .count("nesterov.steps", data.nesterov)
            .count("smaller-rate.steps", data.smaller_rate)
            .number("smaller-momentum.final-x", data.smaller_momentum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_core::numeric::check_gradient;
    use ndarray::array;

    #[test]
    fn the_slope_belongs_to_the_function() {
        for x in [-2.0, 0.5, 1.5, 3.0] {
            assert!(check_gradient(&three_pieces(), &array![x]) < 1e-6);
        }
    }
}
