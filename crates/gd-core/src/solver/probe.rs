//! The points at which a line search looks, so that nothing is computed twice.

use ndarray::{Array1, ArrayRef1, Zip};

use super::Evaluations;
use crate::{Float, Objective};

/// The current point and the last trial, with what the objective said there.
#[derive(Clone, Debug)]
pub(super) struct Probe<F> {
    here: Point<F>,
    trial: Point<F>,
    /// Is `here` an accepted trial that `evaluate` has not asked for yet? Only once is it spared: the
    /// next call may come with another problem.
    accepted: bool,
    pub(super) evaluations: Evaluations,
}

#[derive(Clone, Debug)]
struct Point<F> {
    x: Array1<F>,
    value: F,
    grad: Array1<F>,
    knows_grad: bool,
}

impl<F: Float> Point<F> {
    fn zeros(len: usize) -> Self {
        Self {
            x: Array1::zeros(len),
            value: F::nan(),
            grad: Array1::zeros(len),
            knows_grad: false,
        }
    }
}

impl<F: Float> Probe<F> {
    pub(super) fn new() -> Self {
        Self {
            here: Point::zeros(0),
            trial: Point::zeros(0),
            accepted: false,
            evaluations: Evaluations::default(),
        }
    }

    /// Fills `grad` with ∇f(x), and learns f(x).
    pub(super) fn evaluate<P: Objective<F> + ?Sized>(
        &mut self,
        problem: &P,
        x: &ArrayRef1<F>,
        grad: &mut ArrayRef1<F>,
    ) {
        let known = self.here_or_new(x) && self.accepted;
        self.accepted = false;
        if !known {
            self.here.value = self.evaluations.value_and_gradient(problem, x, grad);
        } else if self.here.knows_grad {
            grad.assign(&self.here.grad);
        } else {
            self.evaluations.gradient(problem, x, grad);
        }
    }

    /// f(x): known from [`Probe::evaluate`], unless x is not where that was.
    pub(super) fn value<P: Objective<F> + ?Sized>(&mut self, problem: &P, x: &ArrayRef1<F>) -> F {
        if !self.here_or_new(x) {
            self.here.value = self.evaluations.value(problem, x);
        }
        self.here.value
    }

    /// Is `x` the current point? If not, it becomes it, with an unknown value.
    fn here_or_new(&mut self, x: &ArrayRef1<F>) -> bool {
        if self.here.x == *x {
            return true;
        }
        if self.here.x.len() != x.len() {
            self.here = Point::zeros(x.len());
            self.trial = Point::zeros(x.len());
        }
        self.here.x.assign(x);
        false
    }

    /// For the trial x + s with s = αd: f(x + s), and gᵀs.
    pub(super) fn value_along<P: Objective<F> + ?Sized>(
        &mut self,
        problem: &P,
        x: &ArrayRef1<F>,
        grad: &ArrayRef1<F>,
        d: &ArrayRef1<F>,
        alpha: F,
    ) -> (F, F) {
        self.move_trial(x, d, alpha);
        // Not α·gᵀd: the product of two large gradients may not be representable.
        let predicted = Zip::from(grad)
            .and(d)
            .fold(F::zero(), |sum, &g, &d| sum + g * (alpha * d));
        self.trial.knows_grad = false;
        self.trial.value = self.evaluations.value(problem, &self.trial.x);
        (self.trial.value, predicted)
    }

    /// For the trial x + αd: φ(α) = f(x + αd) and φ′(α) = ∇f(x + αd)ᵀd.
    pub(super) fn value_and_slope_along<P: Objective<F> + ?Sized>(
        &mut self,
        problem: &P,
        x: &ArrayRef1<F>,
        d: &ArrayRef1<F>,
        alpha: F,
    ) -> (F, F) {
        self.move_trial(x, d, alpha);
        let trial = &mut self.trial;
        trial.knows_grad = true;
        trial.value = self
            .evaluations
            .value_and_gradient(problem, &trial.x, &mut trial.grad);
        (trial.value, trial.grad.dot(d))
    }

    fn move_trial(&mut self, x: &ArrayRef1<F>, d: &ArrayRef1<F>, alpha: F) {
        Zip::from(&mut self.trial.x)
            .and(x)
            .and(d)
            .for_each(|trial, &x, &d| *trial = x + alpha * d);
    }

    /// The last trial point.
    pub(super) fn trial_x(&self) -> &ArrayRef1<F> {
        &self.trial.x
    }

    /// ∇f at the last trial point, after [`Probe::value_and_slope_along`].
    pub(super) fn trial_grad(&self) -> &ArrayRef1<F> {
        &self.trial.grad
    }

    /// Moves x to the last trial point.
    pub(super) fn accept(&mut self, x: &mut ArrayRef1<F>) {
        x.assign(&self.trial.x);
        std::mem::swap(&mut self.here, &mut self.trial);
        self.accepted = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{Quadratic, Saddle};
    use ndarray::array;

    #[test]
    fn what_a_trial_found_out_is_read_once() {
        let (mut probe, mut x, mut grad) = (Probe::new(), array![4.0], array![0.0]);
        let square = Quadratic::square();
        probe.evaluate(&square, &x, &mut grad);
        let d = -&grad;
        assert_eq!(
            probe.value_and_slope_along(&square, &x, &d, 0.25),
            (4.0, -32.0)
        );
        probe.accept(&mut x);
        assert_eq!(probe.evaluations.gradients, 2);
        probe.evaluate(&square, &x, &mut grad);
        assert_eq!((probe.evaluations.gradients, grad[0]), (2, 4.0));
        // another problem at the same point
        probe.evaluate(&Quadratic::diagonal(&[7.0]), &x, &mut grad);
        assert_eq!(grad[0], 14.0);
        assert_eq!(probe.value(&square, &x), 14.0);
    }

    #[test]
    fn a_point_moved_from_outside_is_looked_at_anew() {
        let (mut probe, mut x, mut grad) = (Probe::new(), array![4.0, 1.0], array![0.0, 0.0]);
        probe.evaluate(&Saddle, &x, &mut grad);
        let d = -&grad;
        probe.value_along(&Saddle, &x, &grad, &d, 0.25);
        probe.accept(&mut x);
        x[0] = 3.0;
        probe.evaluate(&Saddle, &x, &mut grad);
        assert_eq!(grad, array![6.0, -3.0]);
        x[1] = 0.0;
        assert_eq!(probe.value(&Saddle, &x), 9.0);
    }
}
