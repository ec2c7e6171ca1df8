//! Loss and gradient of a polynomial fit in one pass over the data.

use ndarray::ArrayRef1;

use crate::Float;

/// Up to so many coefficients have a pass of their own: constants, lines and parabolas.
pub(super) const MAX_COEFFICIENTS: usize = 3;

/// How many samples are worked on side by side, each in its own sums: so the loop vectorises, and
/// gives the same result on every processor.
const LANES: usize = 32;

/// Σ (p(xᵢ) − yᵢ)² over the samples, where p is the polynomial with the coefficients θ, from the
/// highest down; adds Σ (p(xᵢ) − yᵢ) xᵢ^(d−1−k) to `grad[k]`, if it is there.
pub(super) struct PolynomialPass<'a, F> {
    pub(super) x: &'a [F],
    pub(super) y: &'a [F],
    pub(super) theta: &'a ArrayRef1<F>,
    pub(super) grad: Option<&'a mut ArrayRef1<F>>,
}

// Not a closure, which is inlined (and so compiled for wide instructions) only while it is small.
impl<F: Float> pulp::NullaryFnOnce for PolynomialPass<'_, F> {
    type Output = F;

    #[inline(always)]
    fn call(self) -> F {
        let theta = self.theta;
        match theta.len() {
            1 => self.pass(&[theta[0]]),
            2 => self.pass(&[theta[0], theta[1]]),
            3 => self.pass(&[theta[0], theta[1], theta[2]]),
            _ => unreachable!("{} coefficients", theta.len()),
        }
    }
}

impl<F: Float> PolynomialPass<'_, F> {
    #[inline(always)]
    fn pass<const D: usize>(self, theta: &[F; D]) -> F {
        let mut sums = Sums::new();
        let ((x_chunks, x_rest), (y_chunks, y_rest)) = (self.x.as_chunks(), self.y.as_chunks());
        for (x, y) in x_chunks.iter().zip(y_chunks) {
            sums.add::<LANES>(x, y, theta);
        }
        for (x, y) in x_rest.iter().zip(y_rest) {
            sums.add(&[*x], &[*y], theta);
        }
        if let Some(grad) = self.grad {
            for (g, &sum) in grad.iter_mut().zip(&sums.products) {
                *g += total(sum);
            }
        }
        total(sums.squares)
    }
}

/// Σ r² and, for k < D, Σ r·x^(D−1−k) over the residuals r = xᵢ·θ − yᵢ.
struct Sums<F, const D: usize> {
    squares: [F; LANES],
    products: [[F; LANES]; D],
}

impl<F: Float, const D: usize> Sums<F, D> {
    fn new() -> Self {
        Self {
            squares: [F::zero(); LANES],
            products: [[F::zero(); LANES]; D],
        }
    }

    /// Adds up to as many samples as there are lanes.
    #[inline(always)]
    fn add<const N: usize>(&mut self, x: &[F; N], y: &[F; N], theta: &[F; D]) {
        for l in 0..N {
            // Horner's rule
            let mut r = theta[0];
            for &coefficient in &theta[1..] {
                r = r * x[l] + coefficient;
            }
            r -= y[l];
            self.squares[l] += r * r;
            for product in self.products.iter_mut().rev() {
                product[l] += r;
                r *= x[l];
            }
        }
    }
}

/// The sum of the lanes, in halves.
fn total<F: Float>(mut lanes: [F; LANES]) -> F {
    let mut width = LANES / 2;
    while width > 0 {
        for l in 0..width {
            lanes[l] += lanes[l + width];
        }
        width /= 2;
    }
    lanes[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn whole_numbers_are_summed_exactly() {
        // p(x) − y = x − 1 on x = 0, 1, …, y = x² + 1
        let theta = array![1.0, 1.0, 0.0];
        for n in [1, 31, 32, 33, 100] {
            let x: Vec<f64> = (0..n).map(f64::from).collect();
            let y: Vec<f64> = x.iter().map(|x| x * x + 1.0).collect();
            let mut grad = array![0.0, 0.0, 0.0];
            let squares = pulp::NullaryFnOnce::call(PolynomialPass {
                x: &x,
                y: &y,
                theta: &theta,
                grad: Some(&mut grad),
            });
            let sum = |f: fn(f64) -> f64| x.iter().map(|&x| f(x)).sum::<f64>();
            assert_eq!(squares, sum(|x| (x - 1.0) * (x - 1.0)), "{n}");
            let known = [
                sum(|x| (x - 1.0) * x * x),
                sum(|x| (x - 1.0) * x),
                sum(|x| x - 1.0),
            ];
            assert_eq!(grad.to_vec(), known, "{n}");
        }
    }
}
