//! Where a line search looks next: the cubic through two trials.

use super::Trial;
use crate::Float;

/// A step longer than `trial`, by a factor of 2 to 10: to where the slope may have faded.
pub(super) fn beyond<F: Float>(before: Trial<F>, trial: Trial<F>) -> F {
    let factor = cubic_minimum(before, trial) / trial.alpha;
    trial.alpha
        * match factor.is_nan() {
            true => F::of(4.0),
            false => factor.max(F::of(2.0)).min(F::of(10.0)),
        }
}

/// A step between `low` and `high`, off the ends by a tenth of the interval at least.
pub(super) fn between<F: Float>(low: Trial<F>, high: Trial<F>, bisect: bool) -> F {
    let width = high.alpha - low.alpha;
    let share = (cubic_minimum(low, high) - low.alpha) / width;
    let inside = share > F::zero() && share < F::one();
    let share = match inside && !bisect {
        true => share.max(F::of(0.1)).min(F::of(0.9)),
        false => F::of(0.5),
    };
    low.alpha + share * width
}

/// Where the cubic with the values and slopes of a and b has its minimum; NaN if it has none.
fn cubic_minimum<F: Float>(a: Trial<F>, b: Trial<F>) -> F {
    let width = b.alpha - a.alpha;
    let d1 = a.slope + b.slope - F::of(3.0) * (b.value - a.value) / width;
    let d2 = width.signum() * (d1 * d1 - a.slope * b.slope).sqrt();
    b.alpha - width * (b.slope + d2 - d1) / (b.slope - a.slope + F::of(2.0) * d2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(alpha: f64, phi: impl Fn(f64) -> (f64, f64)) -> Trial<f64> {
        let (value, slope) = phi(alpha);
        Trial {
            alpha,
            value,
            slope,
        }
    }

    #[test]
    fn the_minimum_of_a_cubic_is_exact() {
        // (α − 2)²(α + 4), with its minimum at 2
        let cubic = |a: f64| ((a - 2.0).powi(2) * (a + 4.0), 3.0 * (a - 2.0) * (a + 2.0));
        let (a, b) = (trial(0.5, cubic), trial(3.5, cubic));
        assert!((cubic_minimum(a, b) - 2.0).abs() < 1e-14);
        assert!((cubic_minimum(b, a) - 2.0).abs() < 1e-14);
        assert!((between(b, a, false) - 2.0).abs() < 1e-14);
        assert_eq!(between(b, a, true), 2.0);
    }

    #[test]
    fn steps_keep_off_the_ends() {
        let parabola = |a: f64| ((a - 1.01).powi(2), 2.0 * (a - 1.01));
        let (a, b) = (trial(1.0, parabola), trial(2.0, parabola));
        assert!((between(a, b, false) - 1.1).abs() < 1e-14);
        let infinite = trial(2.0, |_| (f64::INFINITY, f64::NAN));
        assert_eq!(between(a, infinite, false), 1.5);
    }

    #[test]
    fn enlargements_are_bounded() {
        let start = trial(0.0, |a| (-a, -1.0));
        let far = |a: f64| ((a - 1e3).powi(2), 2.0 * (a - 1e3));
        assert_eq!(beyond(trial(0.0, far), trial(1.0, far)), 10.0);
        let near = |a: f64| ((a - 1.1).powi(2), 2.0 * (a - 1.1));
        assert_eq!(beyond(trial(0.0, near), trial(1.0, near)), 2.0);
        // the minimum of a straight line is infinitely far; a cubic that only falls has none
        assert_eq!(beyond(start, trial(1.0, |a| (-a, -1.0))), 10.0);
        assert_eq!(beyond(start, trial(1.0, |_| (-1.5, -2.5))), 4.0);
    }
}
