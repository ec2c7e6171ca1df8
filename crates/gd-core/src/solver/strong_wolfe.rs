//! The line search of quasi-Newton methods: far enough, and not too far.

use super::interpolation::{between, beyond};
use crate::Float;

/// Enough for a first step 10⁶ times too short; where f falls for ever, the search must end.
const MAX_EXPANSIONS: usize = 20;
const MAX_ZOOMS: usize = 100;

/// A line search for a step α > 0 along d that satisfies the strong Wolfe conditions.
///
/// With φ(α) = f(x + αd) and φ′(α) = ∇f(x + αd)ᵀd, φ′(0) < 0:
///
/// ```text
/// φ(α) ≤ φ(0) + c₁ α φ′(0)      sufficient decrease (Armijo)
/// |φ′(α)| ≤ c₂ |φ′(0)|          curvature: the slope has faded
/// ```
///
/// 0 < c₁ < c₂ < 1. A small c₂ asks for a nearly exact minimum along d. If f is smooth and bounded
/// below along d, such steps exist. Steps that satisfy them keep BFGS's estimate positive definite.
///
/// Nocedal and Wright's Algorithms 3.5 and 3.6: α grows until an interval contains a step, and is
/// then found by cubic interpolation, which keeps off the interval's ends and bisects where it does
/// not help. A trial where φ or φ′ is not finite counts as too far.
///
/// Default: c₁ = 1e-4, c₂ = 0.9, for quasi-Newton methods.
/// J. Nocedal and S. J. Wright, “Numerical Optimization”, 2nd ed. 2006, section 3.5,
/// doi:10.1007/978-0-387-40065-5. P. Wolfe, “Convergence Conditions for Ascent Methods”, 1969,
/// doi:10.1137/1011036.
///
/// ```
/// use gd_core::solver::StrongWolfe;
///
/// // φ(α) = (α − 3)², from α = 0 with slope −6; 1 is tried first
/// let search = StrongWolfe::new(1e-4, 0.1);
/// let step = search.search(9.0, -6.0, 1.0, |a: f64| ((a - 3.0).powi(2), 2.0 * (a - 3.0))).unwrap();
/// assert!((step.alpha - 3.0).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StrongWolfe<F> {
    c1: F,
    c2: F,
}

/// A step along a line, and what was found there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial<F> {
    /// α, the step.
    pub alpha: F,
    /// φ(α), the objective there.
    pub value: F,
    /// φ′(α), its slope along the line there.
    pub slope: F,
}

impl<F: Float> Default for StrongWolfe<F> {
    fn default() -> Self {
        Self::new(F::of(1e-4), F::of(0.9))
    }
}

impl<F: Float> StrongWolfe<F> {
    /// With the constants c₁ of the sufficient decrease and c₂ of the curvature.
    ///
    /// # Panics
    /// Unless 0 < c1 < c2 < 1.
    #[track_caller]
    pub fn new(c1: F, c2: F) -> Self {
        assert!(
            F::zero() < c1 && c1 < c2 && c2 < F::one(),
            "c1 and c2 must be 0 < c1 < c2 < 1, got {c1} and {c2}; \
             1e-4 and 0.9 are usual, 1e-4 and 0.1 with the gradient's direction"
        );
        Self { c1, c2 }
    }

    /// Searches from φ(0) = `value` and φ′(0) = `slope`, trying α = `first` first. `phi` gives
    /// φ(α) and φ′(α), and is called for the step found last.
    ///
    /// The step found has φ(α) < φ(0) and satisfies both conditions. Two cases are exceptions, with
    /// sufficient decrease alone: φ still falls after 20 enlargements (each by a factor of 2 to
    /// 10), or the number type cannot tell lower points from each other.
    ///
    /// `None` if there is no lower point as far as the number type can tell; also if `slope` is not
    /// negative, `first` not positive, or one of the three numbers not finite.
    pub fn search(
        &self,
        value: F,
        slope: F,
        first: F,
        phi: impl FnMut(F) -> (F, F),
    ) -> Option<Trial<F>> {
        let finite = value.is_finite() && slope.is_finite() && first.is_finite();
        if !finite || slope >= F::zero() || first <= F::zero() {
            return None;
        }
        let start = Trial {
            alpha: F::zero(),
            value,
            slope,
        };
        let line = Line {
            conditions: *self,
            start,
            last: start,
            phi,
        };
        line.bracket(first)
    }
}

/// One search.
struct Line<F, Phi> {
    conditions: StrongWolfe<F>,
    start: Trial<F>,
    last: Trial<F>,
    phi: Phi,
}

impl<F: Float, Phi: FnMut(F) -> (F, F)> Line<F, Phi> {
    fn look_at(&mut self, alpha: F) -> Trial<F> {
        let (value, slope) = (self.phi)(alpha);
        self.last = Trial {
            alpha,
            value,
            slope,
        };
        self.last
    }

    /// Sufficient decrease.
    fn is_low(&self, trial: Trial<F>) -> bool {
        let Trial { value, slope, .. } = self.start;
        let enough = value + self.conditions.c1 * trial.alpha * slope;
        is_finite(trial) && trial.value < value && trial.value <= enough
    }

    /// Both conditions.
    fn is_found(&self, trial: Trial<F>) -> bool {
        let is_flat = trial.slope.abs() <= self.conditions.c2 * self.start.slope.abs();
        self.is_low(trial) && is_flat
    }

    /// Algorithm 3.5: enlarges α until the step, or an interval that contains it, is found.
    fn bracket(mut self, first: F) -> Option<Trial<F>> {
        let (mut before, mut alpha) = (self.start, first);
        for _ in 0..MAX_EXPANSIONS {
            let trial = self.look_at(alpha);
            if self.is_found(trial) {
                return Some(trial);
            }
            if !self.is_low(trial) || trial.value >= before.value {
                return self.zoom(before, trial);
            }
            if trial.slope > F::zero() {
                return self.zoom(trial, before);
            }
            alpha = beyond(before, trial);
            before = trial;
        }
        Some(before)
    }

    /// Algorithm 3.6: shrinks the interval between `low`, the lowest point so far, from which φ
    /// falls towards `high`.
    fn zoom(mut self, mut low: Trial<F>, mut high: Trial<F>) -> Option<Trial<F>> {
        let mut bisect = false;
        for _ in 0..MAX_ZOOMS {
            let width = high.alpha - low.alpha;
            let alpha = between(low, high, bisect);
            let unresolvable = width.abs() * low.slope.abs() <= F::epsilon() * low.value.abs();
            if unresolvable || alpha == low.alpha || alpha == high.alpha {
                break;
            }
            let trial = self.look_at(alpha);
            if self.is_found(trial) {
                return Some(trial);
            }
            if !self.is_low(trial) || trial.value >= low.value {
                high = trial;
            } else {
                if (trial.slope > F::zero()) == (width > F::zero()) {
                    high = low;
                }
                low = trial;
            }
            bisect = (high.alpha - low.alpha).abs() > F::of(0.66) * width.abs();
        }
        if low.alpha.is_zero() {
            return None;
        }
        if self.last != low {
            self.look_at(low.alpha);
        }
        Some(low)
    }
}

fn is_finite<F: Float>(trial: Trial<F>) -> bool {
    trial.value.is_finite() && trial.slope.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Searches φ, given with its slope, from 0 with `first`; counts the calls and checks that the
    /// last one was for the step found.
    fn search(
        wolfe: StrongWolfe<f64>,
        first: f64,
        phi: impl Fn(f64) -> (f64, f64),
    ) -> (Option<Trial<f64>>, usize) {
        let (mut calls, mut last) = (0, f64::NAN);
        let (value, slope) = phi(0.0);
        let found = wolfe.search(value, slope, first, |alpha| {
            (calls, last) = (calls + 1, alpha);
            phi(alpha)
        });
        if let Some(step) = found {
            assert_eq!(step.alpha, last);
            assert!(step.value < value && step.value <= value + wolfe.c1 * step.alpha * slope);
        }
        (found, calls)
    }

    fn strict() -> StrongWolfe<f64> {
        StrongWolfe::new(1e-4, 0.01)
    }

    /// The test functions of Moré and Thuente, doi:10.1145/192115.192132, Table I and II.
    #[test]
    fn lines_of_the_literature() {
        let (beta, l) = (0.01_f64, 39.0_f64);
        let wiggly = move |a: f64| {
            let (sin, cos) = (l * std::f64::consts::FRAC_PI_2 * a).sin_cos();
            let wave = 2.0 * (1.0 - beta) / (l * std::f64::consts::PI) * sin;
            let (value, slope) = match a {
                a if a <= 1.0 - beta => (1.0 - a, -1.0),
                a if a >= 1.0 + beta => (a - 1.0, 1.0),
                a => (
                    (a - 1.0).powi(2) / (2.0 * beta) + beta / 2.0,
                    (a - 1.0) / beta,
                ),
            };
            (value + wave, slope + (1.0 - beta) * cos)
        };
        let rational = |a: f64| {
            let square = a * a + 2.0;
            (-a / square, (a * a - 2.0) / (square * square))
        };
        let quartic = |a: f64| {
            let b = a + 0.004;
            (
                b.powi(5) - 2.0 * b.powi(4),
                5.0 * b.powi(4) - 8.0 * b.powi(3),
            )
        };
        for first in [1e-3, 1e-1, 1e1, 1e3] {
            let lines: [&dyn Fn(f64) -> (f64, f64); 3] = [&wiggly, &rational, &quartic];
            for (i, phi) in lines.into_iter().enumerate() {
                let wolfe = StrongWolfe::new(1e-3, 0.1);
                let (found, calls) = search(wolfe, first, phi);
                let step = found.expect("there is a step");
                assert!(step.slope.abs() <= 0.1 * phi(0.0).1.abs(), "{i}: {step:?}");
                assert!(calls < 30, "{i} from {first}: {calls} calls");
            }
        }
    }

    #[test]
    fn a_parabola_is_minimised_exactly() {
        let parabola = |a: f64| ((a - 3.0) * (a - 3.0), 2.0 * (a - 3.0));
        for first in [0.9, 3.0, 9.0] {
            let (step, calls) = search(strict(), first, parabola);
            assert!((step.expect("a step").alpha - 3.0).abs() < 1e-12);
            assert!(calls <= 2);
        }
        let (step, _) = search(strict(), 1e-6, parabola);
        assert!((step.expect("a step").alpha - 3.0).abs() < 0.03);
    }

    #[test]
    fn what_is_not_finite_is_too_far() {
        let barrier = |a: f64| (-a - (1.0 - a).ln() * 2.0 - 2.0 * a, -3.0 + 2.0 / (1.0 - a));
        let (step, _) = search(strict(), 1e6, barrier);
        assert!((step.expect("a step").alpha - 1.0 / 3.0).abs() < 0.01);
        let cliff = |a: f64| if a > 0.5 { (-a, f64::NAN) } else { (-a, -1.0) };
        let (step, _) = search(strict(), 1.0, cliff);
        assert!((step.expect("lower, if not flat").alpha - 0.5).abs() < 1e-9);
    }

    #[test]
    fn a_fall_without_end_is_followed_for_a_while() {
        let (step, calls) = search(strict(), 1.0, |a| (-a, -1.0));
        assert!(step.expect("a step").alpha >= 1e5);
        assert_eq!(calls, MAX_EXPANSIONS);
    }

    #[test]
    fn no_lower_point_is_none() {
        for phi in [(0.0, -1.0), (1.0, -1.0), (f64::NAN, f64::NAN)] {
            let found = strict().search(0.0, -1.0, 1.0, |_| phi);
            assert_eq!(found, None, "{phi:?}");
        }
        let bad = [
            (f64::NAN, -1.0, 1.0),
            (0.0, f64::NEG_INFINITY, 1.0),
            (0.0, f64::NAN, 1.0),
            (0.0, 0.0, 1.0),
            (0.0, 1.0, 1.0),
            (0.0, -1.0, 0.0),
            (0.0, -1.0, f64::INFINITY),
        ];
        for (value, slope, first) in bad {
            assert_eq!(
                strict().search(value, slope, first, |_| unreachable!()),
                None
            );
        }
    }

    #[test]
    #[should_panic(expected = "c1 and c2 must be 0 < c1 < c2 < 1, got 0.9 and 0.1; 1e-4 and 0.9")]
    fn constants_in_the_wrong_order() {
        StrongWolfe::new(0.9, 0.1);
    }

    #[test]
    #[should_panic(expected = "c1 and c2 must be 0 < c1 < c2 < 1, got NaN and 0.9")]
    fn constant_not_a_number() {
        StrongWolfe::new(f32::NAN, 0.9);
    }
}
