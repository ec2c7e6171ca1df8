//! Rosenbrock's banana: a valley that is easy to find and long to follow.

use ndarray::{Array1, ArrayRef1, ArrayRef2};

use super::{TestFunction, TwiceDifferentiable, check_dim, check_new_dim};
use crate::{Float, Objective};

/// f(x) = Σ_{i<d} 100(x_{i+1} − x_i²)² + (1 − x_i)², Rosenbrock's function in d ≥ 2 dimensions.
///
/// The minimum 0 is at (1, …, 1), in a curved, flat valley: there the Hessian has (for d = 2) the
/// eigenvalues 1001.6 and 0.4, a condition number of 2508. For 4 ≤ d ≤ 7 there is one local minimum
/// more, near (−1, 1, …, 1). The usual start is (−1.2, 1).
///
/// H. H. Rosenbrock, “An Automatic Method for Finding the Greatest or Least Value of a Function”,
/// 1960, doi:10.1093/comjnl/3.3.175. The local minimum: Y.-W. Shang and Y.-H. Qiu, “A Note on the
/// Extended Rosenbrock Function”, 2006, doi:10.1162/evco.2006.14.1.119.
///
/// ```
/// use gd_core::{Objective, objective::Rosenbrock};
/// use ndarray::Array1;
///
/// assert_eq!(Rosenbrock::new(5).value(&Array1::<f64>::ones(5)), 0.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rosenbrock {
    dim: usize,
}

impl Rosenbrock {
    /// In `dim` dimensions.
    ///
    /// # Panics
    /// If `dim` is less than 2.
    #[track_caller]
    pub fn new(dim: usize) -> Self {
        check_new_dim(dim, 2);
        Self { dim }
    }
}

impl<F: Float> Objective<F> for Rosenbrock {
    fn dim(&self) -> usize {
        self.dim
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, self.dim);
        x.windows(2)
            .into_iter()
            .map(|pair| {
                let (along, across) = (F::one() - pair[0], pair[1] - pair[0] * pair[0]);
                along * along + F::of(100.0) * across * across
            })
            .sum()
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, self.dim);
        grad.fill(F::zero());
        for i in 0..self.dim - 1 {
            let across = x[i + 1] - x[i] * x[i];
            grad[i] += F::of(-2.0) * (F::one() - x[i]) - F::of(400.0) * x[i] * across;
            grad[i + 1] = F::of(200.0) * across;
        }
    }
}

impl<F: Float> TwiceDifferentiable<F> for Rosenbrock {
    fn hessian(&self, x: &ArrayRef1<F>, hessian: &mut ArrayRef2<F>) {
        check_dim::<F>(x, self.dim);
        hessian.fill(F::zero());
        for i in 0..self.dim - 1 {
            hessian[[i, i]] += F::of(2.0) - F::of(400.0) * (x[i + 1] - F::of(3.0) * x[i] * x[i]);
            hessian[[i, i + 1]] = F::of(-400.0) * x[i];
            hessian[[i + 1, i]] = F::of(-400.0) * x[i];
            hessian[[i + 1, i + 1]] = F::of(200.0);
        }
    }
}

impl<F: Float> TestFunction<F> for Rosenbrock {
    fn name(&self) -> &'static str {
        "Rosenbrock"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        vec![Array1::ones(self.dim)]
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        let mut window = vec![[F::of(-2.0), F::of(2.0)]; self.dim];
        window[self.dim - 1] = [-F::one(), F::of(3.0)];
        window
    }
}
