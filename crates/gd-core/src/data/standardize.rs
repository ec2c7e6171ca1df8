//! Inputs of one size: mean 0 and standard deviation 1 in every column.

use ndarray::{Array1, Array2, ArrayRef2, Axis};

use crate::{Float, check};

/// Standardises columns: z = (x − μ)/σ, with the μ and σ of each column of the data it was fitted
/// to; scikit-learn's `StandardScaler`.
///
/// For a column x₁, …, xₙ
///
/// ```text
/// μ = (1/n) Σ xᵢ        σ² = (1/n) Σ (xᵢ − μ)²
/// ```
///
/// Convention: σ² is the mean of the squares, over n and not n − 1 (NumPy's ddof = 0; PyTorch's
/// `std` and pandas divide by n − 1). A column of equal numbers has σ = 0 and is only shifted, to 0,
/// as if σ were 1.
///
/// Fit it to the training data alone, and apply it to these and to what is held out.
///
/// Why: the curvature of a loss along a weight grows with the square of its input, so inputs of
/// different size make a ravine. Y. LeCun, L. Bottou, G. Orr and K.-R. Müller, “Efficient BackProp”,
/// 1998, doi:10.1007/3-540-49430-8_2.
///
/// ```
/// use gd_core::data::Standardizer;
/// use ndarray::array;
///
/// let x = array![[1.0, 70.0, 5.0], [3.0, 90.0, 5.0]];
/// let standardizer = Standardizer::fit(&x);
/// let z = standardizer.apply(&x);
/// assert_eq!(z, array![[-1.0, -1.0, 0.0], [1.0, 1.0, 0.0]]);
/// assert_eq!(standardizer.undo(&z), x);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Standardizer<F> {
    mean: Array1<F>,
    std: Array1<F>,
}

impl<F: Float> Standardizer<F> {
    /// Takes μ and σ from the columns of `x`, n×d.
    ///
    /// # Panics
    /// If `x` is empty, or if a number, or a σ (where squares overflow), is not finite.
    #[track_caller]
    pub fn fit(x: &ArrayRef2<F>) -> Self {
        assert!(
            !x.is_empty(),
            "the data must not be empty, got {}x{}; give at least one sample and column",
            x.nrows(),
            x.ncols()
        );
        check::all_finite("x", x, "data must be finite");
        let n = F::of(x.nrows() as f64);
        // From the first row on, so that equal numbers have exactly their own mean.
        let shifted = &x.view() - &x.row(0);
        let mean = &x.row(0) + &(shifted.sum_axis(Axis(0)) / n);
        let std = ((&x.view() - &mean).pow2().sum_axis(Axis(0)) / n).sqrt();
        check::all_finite(
            "std",
            &std,
            "the data are too large; divide them by a number first",
        );
        Self { mean, std }
    }

    /// μ of every column, length d.
    pub fn mean(&self) -> &Array1<F> {
        &self.mean
    }

    /// σ of every column, length d; 0 where all numbers are equal.
    pub fn std(&self) -> &Array1<F> {
        &self.std
    }

    /// (x − μ)/σ, column by column; m×d like `x`.
    ///
    /// # Panics
    /// If `x` has not d columns, as in [`undo`](Standardizer::undo).
    #[track_caller]
    pub fn apply(&self, x: &ArrayRef2<F>) -> Array2<F> {
        self.check_columns(x);
        (&x.view() - &self.mean) / self.divisor()
    }

    /// Back again: σz + μ, m×d like `z`.
    #[track_caller]
    pub fn undo(&self, z: &ArrayRef2<F>) -> Array2<F> {
        self.check_columns(z);
        &z.view() * &self.divisor() + &self.mean
    }

    /// σ, but 1 in the place of 0.
    fn divisor(&self) -> Array1<F> {
        self.std.mapv(|s| if s.is_zero() { F::one() } else { s })
    }

    #[track_caller]
    fn check_columns(&self, x: &ArrayRef2<F>) {
        assert!(
            x.ncols() == self.mean.len(),
            "the data have {} columns, but it was fitted to {}; give the same columns",
            x.ncols(),
            self.mean.len()
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{blobs, digits};
    use ndarray::array;

    #[test]
    fn columns_get_mean_0_and_deviation_1_and_come_back() {
        let x = blobs(500, &[[1e3, -2.0], [1.1e3, 7.0]], 3.0, 4).x;
        let standardizer = Standardizer::fit(&x);
        let z = standardizer.apply(&x);
        let (mean, std) = (z.mean_axis(Axis(0)).unwrap(), z.std_axis(Axis(0), 0.0));
        assert!(mean.iter().all(|m: &f64| m.abs() < 1e-13), "{mean}");
        assert!(std.iter().all(|s| (s - 1.0).abs() < 1e-13), "{std}");
        let back = standardizer.undo(&z);
        assert!((back / x - 1.0).iter().all(|e| e.abs() < 1e-13));
    }

    #[test]
    fn the_convention_is_that_of_scikit_learn() {
        let standardizer = Standardizer::fit(&array![[1.0], [2.0], [4.0], [9.0]]);
        assert_eq!(standardizer.mean(), array![4.0]);
        assert_eq!(standardizer.std(), array![9.5_f64.sqrt()]);
    }

    #[test]
    fn equal_numbers_become_exactly_0() {
        // 0.1 + 0.1 + 0.1 is not 3·0.1
        let x = array![[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]];
        let standardizer = Standardizer::fit(&x);
        assert_eq!((standardizer.mean()[0], standardizer.std()[0]), (0.1, 0.0));
        let z = standardizer.apply(&x);
        assert!(z.column(0).iter().all(|&z| z == 0.0));
        assert_eq!(standardizer.undo(&z).column(0), x.column(0));
        let z = Standardizer::fit(&digits::<f32>().x).apply(&digits().x);
        assert!(z.iter().all(|z| z.is_finite()));
    }

    #[test]
    #[should_panic(expected = "the data must not be empty, got 0x3")]
    fn empty() {
        Standardizer::<f64>::fit(&Array2::zeros((0, 3)));
    }

    #[test]
    #[should_panic(expected = "std[0] is inf; the data are too large")]
    fn squares_overflow() {
        Standardizer::fit(&array![[1e200], [-1e200]]);
    }

    #[test]
    #[should_panic(expected = "the data have 1 columns, but it was fitted to 2")]
    fn other_columns() {
        Standardizer::fit(&array![[1.0, 2.0]]).apply(&array![[1.0]]);
    }
}
