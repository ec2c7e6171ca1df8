//! Ackley's function: a funnel in rippled land.

use std::f64::consts::{E, PI};

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim, check_new_dim};
use crate::{Float, Objective};

/// f(x) = 20 + e − 20·exp(−r/5) − exp(c), Ackley's function in d dimensions, where
/// r = √((1/d) Σ xᵢ²) and c = (1/d) Σ cos 2πxᵢ.
///
/// The minimum 0 is at the origin, at the tip of a cone: f has no gradient there, and `gradient` and
/// `hessian` give 0. All around are local minima, on land that gets flatter the further out.
///
/// D. H. Ackley, “A Connectionist Machine for Genetic Hillclimbing”, Kluwer, 1987,
/// doi:10.1007/978-1-4613-1997-9; in d dimensions T. Bäck, 1996.
///
/// ```
/// use gd_core::{Objective, objective::Ackley};
///
/// assert!(Ackley::new(2).value(&ndarray::array![0.0_f64, 0.0]).abs() < 1e-14);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ackley {
    dim: usize,
}

impl Ackley {
    /// In `dim` dimensions.
    ///
    /// # Panics
    /// If `dim` is less than 1.
    #[track_caller]
    pub fn new(dim: usize) -> Self {
        check_new_dim(dim, 1);
        Self { dim }
    }
}

impl Ackley {
    /// r, 20·exp(−r/5) and exp(c).
    fn parts<F: Float>(&self, x: &ArrayRef1<F>) -> [F; 3] {
        let d = F::of(self.dim as f64);
        let r = (x.iter().map(|&x| x * x).sum::<F>() / d).sqrt();
        let c = x.iter().map(|&x| (F::of(2.0 * PI) * x).cos()).sum::<F>() / d;
        [r, F::of(20.0) * (-r / F::of(5.0)).exp(), c.exp()]
    }
}

impl<F: Float> Objective<F> for Ackley {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, self.dim);
        let [_, cone, ripples] = self.parts(x);
        (F::of(20.0) - cone) + (F::of(E) - ripples)
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, self.dim);
        let [r, cone, ripples] = self.parts(x);
        if r.is_zero() {
            return grad.fill(F::zero());
        }
        let d = F::of(self.dim as f64);
        for (g, &x) in grad.iter_mut().zip(x) {
            let sin = (F::of(2.0 * PI) * x).sin();
            *g = (cone * x / (F::of(5.0) * r) + ripples * F::of(2.0 * PI) * sin) / d;
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for Ackley {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, self.dim);
        let [r, cone, ripples] = self.parts(x);
        if r.is_zero() {
            return hessian.fill(F::zero());
        }
        let (d, five) = (F::of(self.dim as f64), F::of(5.0));
        let tau = F::of(2.0 * PI);
        for ((i, j), h) in hessian.indexed_iter_mut() {
            let cone_part =
                -cone * x[i] * x[j] / (d * d * five * r * r) * (five.recip() + r.recip());
            let sines = (tau * x[i]).sin() * (tau * x[j]).sin();
            *h = cone_part - ripples * tau * tau * sines / (d * d);
            if i == j {
                *h += (cone / (five * r) + ripples * tau * tau * (tau * x[i]).cos()) / d;
            }
        }
    }
}

impl<F: Float> TestFunction<F> for Ackley {
    fn name(&self) -> &'static str {
        "Ackley"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![Array1::zeros(self.dim)]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-5.0), F::of(5.0)]; self.dim]
    }
}
