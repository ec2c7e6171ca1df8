//! What BFGS and L-BFGS share: a direction from remembered curvature, and a line search along it.

use std::ops::ControlFlow;

use ndarray::{Array1, ArrayRef1, Zip};

use super::{StrongWolfe, probe::Probe};
use crate::{Float, Objective, linalg::norm};

/// An estimate H of the inverse Hessian, learnt from steps.
pub(super) trait InverseHessian<F: Float> {
    /// Makes room for x of length `len`, and forgets what was learnt.
    fn allocate(&mut self, len: usize);

    /// Has nothing been learnt yet?
    fn is_empty(&self) -> bool;

    /// d ← −Hg.
    fn direction(&mut self, grad: &ArrayRef1<F>, d: &mut ArrayRef1<F>);

    /// Takes in a step s, the change y of the gradient over it, and sᵀy > 0.
    fn learn(&mut self, s: &ArrayRef1<F>, y: &ArrayRef1<F>, sy: F);

    /// Forgets what was learnt.
    fn clear(&mut self);
}

#[derive(Clone, Debug)]
pub(super) struct QuasiNewton<F, H> {
    pub(super) line_search: StrongWolfe<F>,
    pub(super) inverse_hessian: H,
    pub(super) probe: Probe<F>,
    /// The length of x, from the first update on.
    len: Option<usize>,
    d: Array1<F>,
    s: Array1<F>,
    y: Array1<F>,
}

impl<F: Float, H: InverseHessian<F>> QuasiNewton<F, H> {
    pub(super) fn new(inverse_hessian: H) -> Self {
        let none = Array1::zeros(0);
        Self {
            line_search: StrongWolfe::default(),
            inverse_hessian,
            probe: Probe::new(),
            len: None,
            d: none.clone(),
            s: none.clone(),
            y: none,
        }
    }

    pub(super) fn advance<P: Objective<F> + ?Sized>(
        &mut self,
        problem: &P,
        x: &mut ArrayRef1<F>,
        grad: &ArrayRef1<F>,
    ) -> ControlFlow<()> {
        self.allocate_or_check(x.len());
        let value = self.probe.value(problem, x);
        loop {
            let steepest = self.inverse_hessian.is_empty();
            match steepest {
                true => steepest_direction(grad, &mut self.d),
                false => self.inverse_hessian.direction(grad, &mut self.d),
            }
            let (probe, d) = (&mut self.probe, &self.d);
            let found = self
                .line_search
                .search(value, grad.dot(d), F::one(), |alpha| {
                    probe.value_and_slope_along(problem, x, d, alpha)
                });
            if found.is_some() {
                break;
            }
            if steepest {
                return ControlFlow::Break(());
            }
            self.inverse_hessian.clear();
        }
        self.learn(x, grad);
        self.probe.accept(x);
        ControlFlow::Continue(())
    }

    fn allocate_or_check(&mut self, len: usize) {
        let Some(known) = self.len else {
            self.len = Some(len);
            self.d = Array1::zeros(len);
            self.s = Array1::zeros(len);
            self.y = Array1::zeros(len);
            self.inverse_hessian.allocate(len);
            return;
        };
        assert!(
            known == len,
            "the solver's state has length {known}, but x has length {len}; \
             call reset() before another problem"
        );
    }

    /// Learns from the step to the trial, if the slope grew along it: else H would not stay positive
    /// definite.
    fn learn(&mut self, x: &ArrayRef1<F>, grad: &ArrayRef1<F>) {
        Zip::from(&mut self.s)
            .and(self.probe.trial_x())
            .and(x)
            .for_each(|s, &new, &x| *s = new - x);
        Zip::from(&mut self.y)
            .and(self.probe.trial_grad())
            .and(grad)
            .for_each(|y, &new, &g| *y = new - g);
        let sy = self.s.dot(&self.y);
        let cosine = sy / norm(self.s.iter().copied()) / norm(self.y.iter().copied());
        let scale = sy / self.y.dot(&self.y);
        let usable = scale.is_normal() && sy.recip().is_normal();
        if cosine > F::epsilon() && usable {
            self.inverse_hessian.learn(&self.s, &self.y, sy);
        }
    }

    /// The next update is the first again, and of any dimension.
    pub(super) fn reset(&mut self) {
        self.len = None;
        self.inverse_hessian.clear();
        self.probe = Probe::new();
    }
}

/// d ← −g, or −g/‖g‖ if that is shorter: nothing is known yet of the scale of x.
fn steepest_direction<F: Float>(grad: &ArrayRef1<F>, d: &mut ArrayRef1<F>) {
    let norm = norm(grad.iter().copied()).max(F::one());
    d.zip_mut_with(grad, |d, &g| *d = -g / norm);
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use ndarray::{Array2, array};

    /// (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ with ρ = 1/sᵀy, as it is written.
    pub(in super::super) fn updated(
        h: &Array2<f64>,
        s: &Array1<f64>,
        y: &Array1<f64>,
    ) -> Array2<f64> {
        let rho = 1.0 / s.dot(y);
        let outer = |a: &Array1<f64>, b: &Array1<f64>| {
            Array2::from_shape_fn((a.len(), b.len()), |(i, j)| rho * a[i] * b[j])
        };
        let left = Array2::eye(s.len()) - outer(s, y);
        left.dot(h).dot(&left.t()) + outer(s, s)
    }

    #[test]
    fn the_first_direction_is_at_most_one_long() {
        let mut d = array![0.0, 0.0];
        steepest_direction(&array![0.3, -0.4], &mut d);
        assert_eq!(d, array![-0.3, 0.4]);
        steepest_direction(&array![3e300, -4e300], &mut d);
        assert!(
            norm((&d - array![-0.6, 0.8]).iter().copied()) < 1e-15,
            "{d}"
        );
    }
}
