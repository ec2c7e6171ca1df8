//! Muon: momentum made orthogonal, for matrices.

use ndarray::ArrayRef1;

use super::{
    NewtonSchulz, Optimizer,
    newton_schulz::Workspace,
    state::{Buffer, assert_shape},
};
use crate::{Float, check};

/// Momentum, orthogonalised, for one matrix: `torch.optim.Muon`.
///
/// The parameter is a rows×cols matrix, flat and row by row, as a layer's weights \[out\]\[in\] are.
/// With momentum μ and weight decay λ:
///
/// ```text
/// M ← μM + (1 − μ)G             M₀ = 0
/// U = (1 − μ)G + μM             or, without Nesterov momentum, U = M
/// O = NewtonSchulz(U)           all singular values of U to about 1
/// X ← (1 − ηλ)X − η′O           η′ = η √max(1, rows/cols), or as AdjustLr says
/// ```
///
/// Adam measures a step coordinate by coordinate; Muon measures it by what it does to the layer's
/// output, and moves all directions of input and output by the same amount. It is meant for the
/// weight matrices inside of a network. Biases, the first and the last layer go to another rule,
/// usually [`AdamW`](super::AdamW): [`Groups`](super::Groups) joins them.
///
/// Convention: weight decay is decoupled, with the η given, not with η′. PyTorch computes O in
/// bfloat16, with 2 to 3 digits, whatever the parameters are; here it has the precision of `F`, so
/// steps differ from PyTorch's by 1 to 2 %.
///
/// Defaults: momentum 0.95, nesterov true, weight_decay 0.1, ns_coefficients (3.4445, −4.7750,
/// 2.0315), ns_steps 5, eps 1e-7, adjust_lr original. PyTorch's learning rate is 1e-3; 0.02 is usual
/// for the original adjustment.
/// Jordan et al., “Muon: An optimizer for hidden layers in neural networks”, 2024,
/// <https://kellerjordan.github.io/posts/muon/>.
///
/// ```
/// use gd_core::{Optimizer, optim::Muon};
/// use ndarray::array;
///
/// // G = diag(8, 0.8): both directions move, by about lr
/// let mut x = array![0.0_f64, 0.0, 0.0, 0.0];
/// Muon::new(2, 2).step(0.1, &mut x, &array![8.0, 0.0, 0.0, 0.8]);
/// assert!((x[0] + 0.1).abs() < 0.04 && (x[3] + 0.1).abs() < 0.04);
/// assert_eq!((x[1], x[2]), (0.0, 0.0));
/// ```
#[derive(Clone, Debug)]
pub struct Muon<F> {
    rows: usize,
    cols: usize,
    momentum: F,
    nesterov: bool,
    weight_decay: F,
    newton_schulz: NewtonSchulz<F>,
    adjust_lr: AdjustLr,
    buffer: Buffer<F>,
    work: Option<Workspace<F>>,
}

/// How [`Muon`] fits the learning rate to the shape of the matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum AdjustLr {
    /// η √max(1, rows/cols): Jordan's.
    #[default]
    Original,
    /// 0.2 η √max(rows, cols): O then has about the root mean square of a step of Adam, and Adam's
    /// learning rates and weight decay can be kept. Liu et al., “Muon is Scalable for LLM
    /// Training”, 2025, arXiv:2502.16982.
    MatchRmsAdamW,
    /// η √(rows/cols), from a bound on how far the layer's output moves. Bernstein, “Deriving
    /// Muon”, 2025, <https://jeremybernste.in/writing/deriving-muon>.
    SpectralUnclamped,
}

impl AdjustLr {
    fn factor(self, rows: usize, cols: usize) -> f64 {
        let (rows, cols) = (rows as f64, cols as f64);
        match self {
            Self::Original => (rows / cols).max(1.0).sqrt(),
            Self::MatchRmsAdamW => 0.2 * rows.max(cols).sqrt(),
            Self::SpectralUnclamped => (rows / cols).sqrt(),
        }
    }
}

impl<F: Float> Muon<F> {
    /// For a rows×cols matrix.
    ///
    /// # Panics
    /// If `rows` or `cols` is 0.
    #[track_caller]
    pub fn new(rows: usize, cols: usize) -> Self {
        assert_shape(rows, cols);
        Self {
            rows,
            cols,
            momentum: F::of(0.95),
            nesterov: true,
            weight_decay: F::of(0.1),
            newton_schulz: NewtonSchulz::default(),
            adjust_lr: AdjustLr::Original,
            buffer: Buffer::default(),
            work: None,
        }
    }

    /// μ in [0, 1): how slowly M forgets; 0.95 by default.
    ///
    /// # Panics
    /// If `momentum` is outside of [0, 1) or NaN.
    #[track_caller]
    pub fn momentum(mut self, momentum: F) -> Self {
        check::decay_rate("momentum", momentum, "0.95 is the default");
        self.momentum = momentum;
        self
    }

    /// Whether to look ahead along M (true by default).
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.nesterov = nesterov;
        self
    }

    /// λ ≥ 0: multiplies X by 1 − ηλ at each step; 0.1 by default.
    ///
    /// # Panics
    /// If `weight_decay` is negative or not finite.
    #[track_caller]
    pub fn weight_decay(mut self, weight_decay: F) -> Self {
        check::non_negative("weight_decay", weight_decay, "0.1 is the default");
        self.weight_decay = weight_decay;
        self
    }

    /// The coefficients a, b and c of [`NewtonSchulz`]; (3.4445, −4.7750, 2.0315) by default.
    ///
    /// # Panics
    /// If one of them is not finite.
    #[track_caller]
    pub fn ns_coefficients(mut self, a: F, b: F, c: F) -> Self {
        self.newton_schulz = self.newton_schulz.coefficients(a, b, c);
        self
    }

    /// The steps of [`NewtonSchulz`], 0 to 99; 5 by default.
    ///
    /// # Panics
    /// If `steps` is 100 or more.
    #[track_caller]
    pub fn ns_steps(mut self, steps: usize) -> Self {
        self.newton_schulz = self.newton_schulz.steps(steps);
        self
    }

    /// The ε of [`NewtonSchulz`], > 0; 1e-7 by default. A U smaller than that makes shorter steps.
    ///
    /// # Panics
    /// If `eps` is not finite and > 0.
    #[track_caller]
    pub fn eps(mut self, eps: F) -> Self {
        self.newton_schulz = self.newton_schulz.eps(eps);
        self
    }

    /// How η fits itself to the shape (PyTorch's `adjust_lr_fn`); [`AdjustLr::Original`] by default.
    pub fn adjust_lr(mut self, adjust_lr: AdjustLr) -> Self {
        self.adjust_lr = adjust_lr;
        self
    }
}

impl<F: Float> Optimizer<F> for Muon<F> {
    /// # Panics
    /// If `x` or `grad` is not of length rows·cols.
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        let (rows, cols) = (self.rows, self.cols);
        for (name, length) in [("x", x.len()), ("the gradient", grad.len())] {
            assert!(
                length == rows * cols,
                "{name} has length {length}, but a {rows}x{cols} matrix has {}; \
                 Groups gives each matrix a rule of its own",
                rows * cols
            );
        }
        let (mu, nesterov, one) = (self.momentum, self.nesterov, F::one());
        let m = self.buffer.like(x);
        let work = self.work.get_or_insert_with(|| Workspace::new(rows, cols));
        for ((u, m), &g) in work.matrix_mut().iter_mut().zip(m).zip(grad) {
            *m = mu * *m + (one - mu) * g;
            *u = if nesterov {
                (one - mu) * g + mu * *m
            } else {
                *m
            };
        }
        self.newton_schulz.run(work);
        let keep = one - lr * self.weight_decay;
        let eta = lr * F::of(self.adjust_lr.factor(rows, cols));
        for (x, &o) in x.iter_mut().zip(work.matrix()) {
            *x = keep * *x - eta * o;
        }
    }

    fn reset(&mut self) {
        self.buffer.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, array, s};

    #[test]
    fn the_learning_rate_fits_the_shape() {
        let step = |rows, cols, adjust_lr| {
            let rule = Muon::new(rows, cols).adjust_lr(adjust_lr).ns_steps(0);
            let mut x = Array1::zeros(rows * cols);
            let mut grad = x.clone();
            grad[0] = 1.0;
            rule.weight_decay(0.0).step(1.0, &mut x, &grad);
            -x[0]
        };
        use AdjustLr::*;
        assert_eq!([step(8, 2, Original), step(2, 8, Original)], [2.0, 1.0]);
        assert_eq!(step(4, 2, MatchRmsAdamW), 0.4);
        assert_eq!(step(2, 4, MatchRmsAdamW), 0.4);
        let spectral = [step(8, 2, SpectralUnclamped), step(2, 8, SpectralUnclamped)];
        assert_eq!(spectral, [2.0, 0.5]);
    }

    #[test]
    fn without_momentum_it_is_the_gradient_made_orthogonal() {
        let grad = array![1.0_f64, -2.0, 0.5, 0.25, 3.0, 1.0];
        for nesterov in [true, false] {
            let rule = Muon::new(2, 3).momentum(0.0).nesterov(nesterov);
            let mut rule = rule.weight_decay(0.0);
            let mut x = Array1::zeros(6);
            rule.step(1.0, &mut x, &(-&grad));
            x.fill(0.0);
            rule.step(1.0, &mut x, &grad);
            let g = grad.to_shape((2, 3)).unwrap();
            let o = NewtonSchulz::default().orthogonalize(&g);
            assert_eq!(-x.to_shape((2, 3)).unwrap().to_owned(), o);
        }
    }

    #[test]
    fn views_with_gaps_are_updated_too() {
        let grad = array![1.0_f64, 2.0, 3.0, 4.0, 5.0, 6.0];
        let (mut x, mut sparse) = (Array1::ones(6), Array1::ones(12));
        Muon::new(3, 2).step(0.1, &mut x, &grad);
        Muon::new(3, 2).step(0.1, &mut sparse.slice_mut(s![..;2]), &grad);
        assert_eq!(sparse.slice(s![..;2]), x);
    }

    #[test]
    #[should_panic(expected = "x has length 5, but a 2x3 matrix has 6; Groups gives each matrix")]
    fn another_shape() {
        Muon::new(2, 3).step(0.1, &mut Array1::zeros(5), &Array1::zeros(5));
    }

    #[test]
    #[should_panic(expected = "rows and cols must be >= 1, got 0x3")]
    fn no_rows() {
        Muon::<f64>::new(0, 3);
    }

    #[test]
    #[should_panic(expected = "momentum must be in [0, 1), got 1; 0.95 is the default")]
    fn momentum_of_one() {
        Muon::new(2, 3).momentum(1.0);
    }
}
