//! Adafactor: scaled by recent gradients, remembered by rows and columns.

use ndarray::{Array1, ArrayRef1};

use super::{
    Optimizer,
    state::{Buffer, assert_shape},
};
use crate::{Float, check, linalg::norm};

/// Adafactor, for a matrix or for a vector: `torch.optim.Adafactor`.
///
/// With the decay's power τ, ε₁, ε₂, clipping threshold d and weight decay λ, at step t = 1, 2, …,
/// RMS the root mean square of all entries, and means over rows and columns:
///
/// ```text
/// α ← max(ε₂, RMS(x)) min(η, 1/√t)
/// x ← (1 − ηλ)x
/// s = t^τ                       the share of the fresh gradient: all, then less and less
///
/// vector      V ← (1 − s)V + s g²
/// matrix      Rᵢ ← (1 − s)Rᵢ + s mean_j gᵢⱼ²        one number per row
///             Cⱼ ← (1 − s)Cⱼ + s mean_i gᵢⱼ²        one number per column
///             Vᵢⱼ = RᵢCⱼ / max(mean R, ε₁)
///
/// U = g / max(√V, ε₁)
/// x ← x − α U / max(1, RMS(U)/d)
/// ```
///
/// For a rows×cols matrix, flat and row by row, it remembers rows + cols numbers where Adam
/// remembers twice rows·cols. The step is relative to the size of x: η = 0.01 changes x by about
/// 1 % of its root mean square.
///
/// Convention: η is the largest relative step (the paper has 0.01 fixed) and also multiplies λ; ε₁
/// is a floor under √V, not a term of it; α is taken from x before the decay. PyTorch accepts d ≥ 1
/// only.
///
/// Defaults: beta2_decay −0.8, eps (machine epsilon of `F`, 1e-3), d 1, weight_decay 0. PyTorch's
/// learning rate is 0.01.
/// Shazeer and Stern, “Adafactor: Adaptive Learning Rates with Sublinear Memory Cost”, ICML 2018,
/// arXiv:1804.04235.
///
/// ```
/// use gd_core::{Optimizer, optim::Adafactor};
/// use ndarray::array;
///
/// // RMS(x) = 5, and lr 0.01 of it is 0.05
/// let mut x = array![7.0_f64, -1.0];
/// Adafactor::vector().step(0.01, &mut x, &array![8.0, -0.006]);
/// assert!((x[0] - 6.95).abs() < 1e-12 && (x[1] + 0.95).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct Adafactor<F> {
    beta2_decay: F,
    eps1: F,
    eps2: F,
    d: F,
    weight_decay: F,
    t: usize,
    moment: SecondMoment<F>,
}

/// What is remembered of the squared gradients.
#[derive(Clone, Debug)]
enum SecondMoment<F> {
    Full(Buffer<F>),
    Factored { rows: Array1<F>, cols: Array1<F> },
}

impl<F: Float> Adafactor<F> {
    /// For a vector, of any length: V is kept entry by entry.
    pub fn vector() -> Self {
        Self::with(SecondMoment::Full(Buffer::default()))
    }

    /// For a rows×cols matrix: V is kept by rows and columns.
    ///
    /// # Panics
    /// If `rows` or `cols` is 0.
    #[track_caller]
    pub fn matrix(rows: usize, cols: usize) -> Self {
        assert_shape(rows, cols);
        Self::with(SecondMoment::Factored {
            rows: Array1::zeros(rows),
            cols: Array1::zeros(cols),
        })
    }

    fn with(moment: SecondMoment<F>) -> Self {
        Self {
            beta2_decay: F::of(-0.8),
            eps1: F::epsilon(),
            eps2: F::of(1e-3),
            d: F::one(),
            weight_decay: F::zero(),
            t: 0,
            moment,
        }
    }

    /// τ ≤ 0: the fresh gradient's share of V is t^τ; −0.8 by default. With −1, V is the mean of
    /// all squared gradients, with 0 the last one.
    ///
    /// # Panics
    /// If `beta2_decay` is positive or not finite.
    #[track_caller]
    pub fn beta2_decay(mut self, beta2_decay: F) -> Self {
        assert!(
            beta2_decay.is_finite() && beta2_decay <= F::zero(),
            "beta2_decay must be finite and <= 0, got {beta2_decay}; -0.8 is the default"
        );
        self.beta2_decay = beta2_decay;
        self
    }

    /// ε₁ ≥ 0, which keeps the quotient finite where gradients vanish, and ε₂ ≥ 0, which keeps
    /// parameters near 0 moving; (machine epsilon, 1e-3) by default.
    ///
    /// # Panics
    /// If one of them is negative or not finite.
    #[track_caller]
    pub fn eps(mut self, eps1: F, eps2: F) -> Self {
        check::non_negative("eps1", eps1, "the machine epsilon is the default");
        check::non_negative("eps2", eps2, "1e-3 is the default");
        (self.eps1, self.eps2) = (eps1, eps2);
        self
    }

    /// d > 0: the greatest root mean square of U that is not shortened; 1 by default.
    ///
    /// # Panics
    /// If `d` is not finite and > 0.
    #[track_caller]
    pub fn d(mut self, d: F) -> Self {
        check::positive("d", d, "1 is the default");
        self.d = d;
        self
    }

    /// λ ≥ 0: multiplies x by 1 − ηλ at each step; 0 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0 is the default");
        self.weight_decay = weight_decay;
        self
    }
}

impl<F: Float> Optimizer<F> for Adafactor<F> {
    /// # Panics
    /// If `x` and `grad` differ in length, or are not of the length of the matrix or of the vector
    /// of the step before.
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        assert!(
            x.len() == grad.len(),
            "x has length {}, but the gradient has length {}; give one number per parameter",
            x.len(),
            grad.len()
        );
        self.t += 1;
        let (one, t) = (F::one(), F::of(self.t as f64));
        let relative = lr.min(one / t.sqrt());
        let alpha = self.eps2.max(rms(x.iter().copied())) * relative;
        let keep = one - lr * self.weight_decay;
        let s = t.powf(self.beta2_decay);

        let eps1 = self.eps1;
        let descend = Descend {
            alpha,
            keep,
            d: self.d,
        };
        match &mut self.moment {
            SecondMoment::Full(v) => {
                let v = v.like(x);
                for (v, &g) in v.iter_mut().zip(grad) {
                    *v = (one - s) * *v + s * g * g;
                }
                descend.along(x, |k| grad[k] / at_least(eps1, v[k].sqrt()));
            }
            SecondMoment::Factored { rows, cols } => {
                let (n, m) = (rows.len(), cols.len());
                assert!(
                    x.len() == n * m,
                    "x has length {}, but a {n}x{m} matrix has {}; \
                     Groups gives each matrix a rule of its own",
                    x.len(),
                    n * m
                );
                rows.mapv_inplace(|r| (one - s) * r);
                cols.mapv_inplace(|c| (one - s) * c);
                let (row_share, col_share) = (s / F::of(m as f64), s / F::of(n as f64));
                for (k, &g) in grad.iter().enumerate() {
                    rows[k / m] += row_share * g * g;
                    cols[k % m] += col_share * g * g;
                }
                let mean = at_least(eps1, rows.sum() / F::of(n as f64));
                // First the quotient: RᵢCⱼ may be too large or too small for the number type.
                let v = |k: usize| rows[k / m] / mean * cols[k % m];
                descend.along(x, |k| grad[k] / at_least(eps1, v(k).sqrt()));
            }
        }
    }

    fn reset(&mut self) {
        self.t = 0;
        match &mut self.moment {
            SecondMoment::Full(v) => v.clear(),
            SecondMoment::Factored { rows, cols } => {
                rows.fill(F::zero());
                cols.fill(F::zero());
            }
        }
    }
}

/// The last line of the formula.
struct Descend<F> {
    alpha: F,
    keep: F,
    d: F,
}

impl<F: Float> Descend<F> {
    /// U is computed twice, for its root mean square and for the step, and never stored.
    fn along(self, x: &mut ArrayRef1<F>, u: impl Fn(usize) -> F) {
        let length = rms((0..x.len()).map(&u));
        let eta = self.alpha / F::one().max(length / self.d);
        for (k, x) in x.iter_mut().enumerate() {
            *x = self.keep * *x - eta * u(k);
        }
    }
}

/// The root mean square.
fn rms<F: Float>(v: impl ExactSizeIterator<Item = F> + Clone) -> F {
    let n = F::of(v.len() as f64);
    norm(v) / n.sqrt()
}

/// max(v, floor), but NaN where v is NaN.
fn at_least<F: Float>(floor: F, v: F) -> F {
    if v < floor { floor } else { v }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{array, s};

    #[test]
    fn a_matrix_of_one_row_or_column_is_a_vector() {
        let start = array![1.0_f64, -2.0, 0.5];
        let run = |mut rule: Adafactor<f64>| {
            let mut x = start.clone();
            for k in 1..=20 {
                let grad = x.mapv(|x| x * x * x - f64::from(k));
                rule.step(0.1, &mut x, &grad);
            }
            x
        };
        let vector = run(Adafactor::vector());
        for rule in [Adafactor::matrix(1, 3), Adafactor::matrix(3, 1)] {
            assert!((run(rule) - &vector).iter().all(|d| d.abs() < 1e-13));
        }
    }

    #[test]
    fn the_last_gradient_alone_makes_signs() {
        let mut rule = Adafactor::vector().beta2_decay(0.0).eps(0.0, 1.0);
        let mut x = array![0.0_f64, 0.0];
        for (grad, expected) in [(3.0, -0.25), (0.5, -0.5), (-1e9, -0.25)] {
            rule.step(0.25, &mut x, &array![grad, -grad]);
            assert!((x[0] - expected).abs() < 1e-15 && (x[1] + expected).abs() < 1e-15);
        }
    }

    #[test]
    fn late_steps_are_shorter_than_lr() {
        let mut rule = Adafactor::vector().eps(0.0, 1.0);
        let mut x = array![0.0_f64];
        for t in 1..=100 {
            x[0] = 0.0;
            rule.step(0.5, &mut x, &array![7.0]);
            let expected = f64::from(t).sqrt().recip().min(0.5);
            assert!((x[0] + expected).abs() < 1e-14, "t {t}: {x}");
        }
    }

    #[test]
    fn single_precision_bears_small_and_large_gradients() {
        for size in [1e-12_f32, 1e12] {
            let mut x = array![1.0_f32, 1.0, 1.0, 1.0];
            let rule = Adafactor::matrix(2, 2).eps(0.0, 1e-3);
            { rule }.step(0.01, &mut x, &array![size, size, -size, -size]);
            let known = array![0.99, 0.99, 1.01, 1.01];
            assert!((&x - &known).iter().all(|d| d.abs() < 1e-6), "{x}");
        }
    }

    #[test]
    fn views_with_gaps_are_updated_too() {
        let grad = array![1.0_f64, 2.0, 3.0, 4.0];
        for rule in [Adafactor::matrix(2, 2), Adafactor::vector()] {
            let (mut x, mut sparse) = (Array1::ones(4), Array1::ones(8));
            rule.clone().step(0.1, &mut x, &grad);
            { rule }.step(0.1, &mut sparse.slice_mut(s![..;2]), &grad);
            assert_eq!(sparse.slice(s![..;2]), x);
        }
    }

    #[test]
    #[should_panic(expected = "x has length 5, but a 2x3 matrix has 6; Groups gives each matrix")]
    fn another_shape() {
        Adafactor::matrix(2, 3).step(0.1, &mut Array1::zeros(5), &Array1::zeros(5));
    }

    #[test]
    #[should_panic(expected = "beta2_decay must be finite and <= 0, got 0.8; -0.8 is the default")]
    fn growing_share() {
        Adafactor::vector().beta2_decay(0.8);
    }

    #[test]
    #[should_panic(expected = "d must be finite and > 0, got 0; 1 is the default")]
    fn no_step() {
        Adafactor::vector().d(0.0);
    }
}
