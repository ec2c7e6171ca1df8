//! Averaged gradient descent: the mean of the points, not the last one.

use ndarray::{Array1, ArrayRef1};

use super::{Optimizer, elementwise::each_coordinate, state::Buffer};
use crate::{Float, check};

/// Averaged stochastic gradient descent: `torch.optim.ASGD`.
///
/// With decay λ, its power α, start of the average t₀ and weight decay w, elementwise on arrays of
/// length d, at step t = 1, 2, …:
///
/// ```text
/// g ← ∇f(x) + wx
/// x ← (1 − λη′)x − η′g          η′ = η at the first step
/// a ← a + μ(x − a)              μ = 1 at the first step
/// η′ ← η / (1 + ληt)^α          for the next step
/// μ ← 1 / max(1, t − t₀)        for the next step
/// ```
///
/// a, to be had from [`Asgd::average`], is the answer; the points x wander on. Up to step t₀ + 2,
/// a = x; from then on it is the mean of all points since step t₀ + 2. Convention: η′ is set from
/// the learning rate of the step before, so that a change of η is felt one step late; the step
/// itself moves x, never a.
///
/// Defaults: lambd 1e-4, alpha 0.75, t0 1,000,000, weight_decay 0.
/// Polyak and Juditsky, “Acceleration of Stochastic Approximation by Averaging”, SIAM Journal on
/// Control and Optimization 30, 1992, doi:10.1137/0330046.
///
/// ```
/// use gd_core::{Optimizer, optim::Asgd};
/// use ndarray::array;
///
/// let mut rule = Asgd::default().lambd(0.0).t0(0);
/// let mut x = array![4.0_f64];
/// for grad in [0.0, 10.0, -10.0] {
///     rule.step(0.1, &mut x, &array![grad]);
/// }
/// // the points 4, 3 and 4: the average is that of the last two
/// assert_eq!((x[0], rule.average().unwrap()[0]), (4.0, 3.5));
/// ```
#[derive(Clone, Debug)]
pub struct Asgd<F> {
    lambd: F,
    alpha: F,
    t0: usize,
    weight_decay: F,
    t: usize,
    /// η′ and μ, from the second step on.
    next: Option<(F, F)>,
    average: Buffer<F>,
}

impl<F: Float> Default for Asgd<F> {
    fn default() -> Self {
        Self {
            lambd: F::of(1e-4),
            alpha: F::of(0.75),
            t0: 1_000_000,
            weight_decay: F::zero(),
            t: 0,
            next: None,
            average: Buffer::default(),
        }
    }
}

impl<F: Float> Asgd<F> {
    /// λ ≥ 0: shrinks x at each step and the learning rate over the steps; 1e-4 by default.
    ///
    /// # Panics
    /// If `lambd` is negative or not finite.
    #[track_caller]
    pub fn lambd(mut self, lambd: F) -> Self {
        check::non_negative("lambd", lambd, "1e-4 is the default");
        self.lambd = lambd;
        self
    }

    /// α ≥ 0, the power of the learning rate's decay; 0.75 by default.
    ///
    /// # Panics
    /// If `alpha` is negative or not finite.
    #[track_caller]
    pub fn alpha(mut self, alpha: F) -> Self {
        check::non_negative("alpha", alpha, "0.75 is the default");
        self.alpha = alpha;
        self
    }

    /// t₀, the number of steps before the average begins; 1,000,000 by default.
    pub fn t0(mut self, t0: usize) -> Self {
        self.t0 = t0;
        self
    }

    /// w ≥ 0: adds wx to the gradient; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay = weight_decay;
        self
    }

    /// a, or None before the first step. PyTorch keeps it as `state["ax"]`.
    pub fn average(&self) -> Option<&Array1<F>> {
        self.average.get()
    }
}

impl<F: Float> Optimizer<F> for Asgd<F> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        self.t += 1;
        let (lambda, w, one) = (self.lambd, self.weight_decay, F::one());
        let (eta, mu) = self.next.unwrap_or((lr, one));
        let a = self.average.like(x);
        each_coordinate(x, grad, [a], |x, g, [a]| {
            let g = g + w * *x;
            *x = (one - lambda * eta) * *x - eta * g;
            // Not a + 1·(x − a), which rounds.
            *a = if mu == one { *x } else { *a + mu * (*x - *a) };
        });
        let t = F::of(self.t as f64);
        let averaged = self.t.saturating_sub(self.t0).max(1);
        self.next = Some((
            lr / (one + lambda * lr * t).powf(self.alpha),
            one / F::of(averaged as f64),
        ));
    }

    fn reset(&mut self) {
        self.t = 0;
        self.next = None;
        self.average.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    #[should_panic(expected = "lambd must be finite and >= 0, got -1; 1e-4 is the default")]
    fn negative_lambd() {
        Asgd::default().lambd(-1.0);
    }

    #[test]
    #[should_panic(expected = "alpha must be finite and >= 0, got inf; 0.75 is the default")]
    fn infinite_alpha() {
        Asgd::default().alpha(f64::INFINITY);
    }

    #[test]
    fn the_average_is_the_mean_of_the_points_after_t0() {
        let mut rule = Asgd::default().lambd(0.0).t0(3);
        assert!(rule.average().is_none());
        let mut x = array![0.0_f64];
        let points = [1.0, -2.0, 4.0, 0.5, 8.0, -1.0, 2.0].map(|grad| {
            rule.step(1.0, &mut x, &array![grad]);
            x[0]
        });
        let mean = points[4..].iter().sum::<f64>() / 3.0;
        assert!((rule.average().unwrap()[0] - mean).abs() < 1e-14);
    }

    #[test]
    fn a_change_of_the_learning_rate_is_felt_one_step_late() {
        let mut rule = Asgd::default().lambd(0.0);
        let mut x = array![0.0_f64];
        let path = [1.0, 0.5, 0.25].map(|lr| {
            rule.step(lr, &mut x, &array![1.0]);
            x[0]
        });
        assert_eq!(path, [-1.0, -2.0, -2.5]);
    }
}
