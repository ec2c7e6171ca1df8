//! max(|x| − 1, 0)²: convex, with a whole interval of minima.

use ndarray::{Array1, ArrayRef1};

use super::{TestFunction, check_dim};
use crate::{Float, Objective};

/// f(x) = max(|x| − 1, 0)², f′(x) = 2·sign(x)·max(|x| − 1, 0): convex and smooth, with all of [−1, 1]
/// as minima. Which of them is found depends on the start.
///
/// ```
/// use gd_core::{Objective, objective::FlatBottom};
/// use ndarray::array;
///
/// assert_eq!(FlatBottom.value(&array![0.7]), 0.0);
/// assert_eq!(FlatBottom.value(&array![-3.0]), 4.0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlatBottom;

impl<F: Float> Objective<F> for FlatBottom {
    fn dim(&self) -> usize {
        1
    }

    fn value(&self, x: &ArrayRef1<F>) -> F {
        check_dim::<F>(x, 1);
        let beyond = (x[0].abs() - F::one()).max(F::zero());
        beyond * beyond
    }

    fn gradient(&self, x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        check_dim::<F>(x, 1);
        // x outside of [−1, 1] less the end next to it
        grad[0] = F::of(2.0) * (x[0] - x[0].max(-F::one()).min(F::one()));
    }
}

impl<F: Float> TestFunction<F> for FlatBottom {
    fn name(&self) -> &'static str {
        "flat bottom"
    }
    fn minima(&self) -> Vec<Array1<F>> {
        Vec::new()
    }
    fn minimum(&self) -> Option<F> {
        Some(F::zero())
    }
    fn window(&self) -> Vec<[F; 2]> {
        vec![[F::of(-3.0), F::of(3.0)]]
    }
}
