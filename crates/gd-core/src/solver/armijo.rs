//! Armijo's rule: go as far as the first of α₀, ρα₀, ρ²α₀, … at which f falls enough.

use crate::{Float, check};

/// Parts of the linear prediction gᵀs that are smaller than this share of a rounding of f decide
/// nothing any more.
const NEGLIGIBLE: f64 = 0.25;

/// The end for a ρ so near to 1 that α would take for ever to vanish.
const MAX_TRIALS: usize = 10_000;

#[derive(Clone, Debug)]
pub(super) struct Armijo<F> {
    pub(super) initial_step: F,
    pub(super) rho: F,
    pub(super) c1: F,
}

impl<F: Float> Default for Armijo<F> {
    fn default() -> Self {
        Self {
            initial_step: F::one(),
            rho: F::of(0.5),
            c1: F::of(1e-4),
        }
    }
}

impl<F: Float> Armijo<F> {
    #[track_caller]
    pub(super) fn set_initial_step(&mut self, initial_step: F) {
        check::positive("initial_step", initial_step, "1 is the default");
        self.initial_step = initial_step;
    }

    #[track_caller]
    pub(super) fn set_rho(&mut self, rho: F) {
        check::open_unit("rho", rho, "0.5 is the default");
        self.rho = rho;
    }

    #[track_caller]
    pub(super) fn set_c1(&mut self, c1: F) {
        check::open_unit("c1", c1, "1e-4 is the default");
        self.c1 = c1;
    }

    /// The first α at which f(x + s) < f(x) and f(x + s) ≤ f(x) + c₁gᵀs, s = αd, where `trial`
    /// gives (f(x + s), gᵀs) and is called for that α last. None if f does not fall along d as far
    /// as the number type can tell.
    pub(super) fn search(&self, value: F, mut trial: impl FnMut(F) -> (F, F)) -> Option<F> {
        let negligible = F::of(NEGLIGIBLE) * F::epsilon() * value.abs();
        let mut alpha = self.initial_step;
        for _ in 0..MAX_TRIALS {
            let (there, predicted) = trial(alpha);
            if there.is_finite() && there < value && there <= value + self.c1 * predicted {
                return Some(alpha);
            }
            // Ascent ends here too, and NaN, from a gradient that is not finite.
            if predicted.is_nan() || predicted >= -negligible {
                return None;
            }
            alpha *= self.rho;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Searches f from x along −f′(x), counting the trials.
    fn search(f: impl Fn(f64) -> f64, x: f64, slope: f64) -> (Option<f64>, usize) {
        let mut trials = 0;
        let alpha = Armijo::default().search(f(x), |alpha| {
            trials += 1;
            (f(x - alpha * slope), -(alpha * slope) * slope)
        });
        (alpha, trials)
    }

    #[test]
    fn the_first_step_that_lowers_f_enough() {
        assert_eq!(search(|x| 5.0 * x * x, 1.0, 10.0), (Some(0.125), 4));
        assert_eq!(search(|x| x, 0.0, 1.0), (Some(1.0), 1));
    }

    #[test]
    fn points_outside_of_the_domain_are_too_far() {
        // −ln x, x > 0, with the wrong sign of the slope's size: NaN at first
        let (alpha, _) = search(|x| x.ln(), 1.0, 64.0);
        assert_eq!(alpha, Some(1.0 / 128.0));
        let (alpha, _) = search(|x| if x < 0.9 { f64::NEG_INFINITY } else { x }, 1.0, 1.0);
        assert_eq!(alpha, Some(0.0625));
    }

    #[test]
    fn no_descent_ends_soon() {
        assert_eq!(search(|x| x * x, 0.0, 0.0), (None, 1));
        assert_eq!(search(|x| x * x, 1.0, f64::NAN), (None, 1));
        // the wrong gradient of a function of the order of 1, and of one that is 0
        let (alpha, trials) = search(|x| 1.0 + x * x, 1.0, -2.0);
        assert!(alpha.is_none() && trials < 60, "{trials}");
        let (alpha, trials) = search(f64::abs, 0.0, 1.0);
        assert!(alpha.is_none() && trials < 1200, "{trials}");
    }

    #[test]
    fn a_shrink_factor_next_to_one_ends_too() {
        let mut armijo = Armijo::default();
        armijo.set_rho(1.0 - f64::EPSILON);
        assert_eq!(armijo.search(0.0, |alpha| (1.0, -alpha)), None);
    }
}
