//! An update rule on several threads.

use ndarray::{ArrayRef1, ArrayView1, ArrayViewMut1, Axis};

use super::{
    Adadelta, Adagrad, Adam, AdamW, Adamax, Asgd, Lion, NAdam, Optimizer, RAdam, RmsProp, Rprop,
    Sgd,
};
use crate::Float;

/// A rule that treats every coordinate by itself: what happens to xᵢ depends on lr, gᵢ and the
/// past of xᵢ and gᵢ alone.
///
/// So x may be cut into pieces and each given to a copy of the rule: [`Parallel`] does.
pub trait Elementwise<F: Float>: Optimizer<F> {}

macro_rules! elementwise {
    ($($rule:ident),*) => {$(impl<F: Float> Elementwise<F> for $rule<F> {})*};
}
elementwise!(
    Adadelta, Adagrad, Adam, AdamW, Adamax, Asgd, Lion, NAdam, RAdam, RmsProp, Rprop, Sgd
);

/// Below this many coordinates a second thread costs more than it saves.
const SMALLEST_PIECE: usize = 1 << 15;

/// An [`Elementwise`] rule on up to `threads` threads, for parameters by the hundred thousand.
///
/// Cuts x and the gradient into as many pieces, each with its own copy of the rule, and updates
/// them at the same time on the threads of [rayon]'s current pool (by default as many as the machine
/// has cores). The result is, bit for bit, that of the rule alone. A piece has at
/// least 32,768 coordinates; what is smaller runs on the calling thread.
///
/// Called from outside of the pool, rayon allocates a block of its queue about every 60 steps;
/// nothing else allocates after the first step. Where there are no threads (wasm32), the pieces are
/// updated one after the other.
///
/// ```
/// use gd_core::{Optimizer, optim::{Adam, Parallel}};
/// use ndarray::Array1;
///
/// let grad = Array1::linspace(-1.0, 1.0, 100_000);
/// let (mut x, mut y) = (Array1::zeros(100_000), Array1::zeros(100_000));
/// Adam::default().step(0.1, &mut x, &grad);
/// Parallel::new(Adam::default(), 2).step(0.1, &mut y, &grad);
/// assert_eq!(x, y);
/// ```
#[derive(Clone, Debug)]
pub struct Parallel<O> {
    rule: O,
    threads: usize,
    /// One copy of the rule per piece; empty before the first step.
    pieces: Vec<O>,
}

impl<O: Clone> Parallel<O> {
    /// `rule`, which has made no step yet, on up to `threads` threads.
    ///
    /// # Panics
    /// If `threads` is 0.
    #[track_caller]
    pub fn new(rule: O, threads: usize) -> Self {
        assert!(
            threads > 0,
            "threads must be >= 1, got 0; 1 is the rule alone"
        );
        Self {
            rule,
            threads,
            pieces: Vec::new(),
        }
    }
}

impl<F: Float, O: Elementwise<F> + Clone + Send> Optimizer<F> for Parallel<O> {
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        assert!(
            x.len() == grad.len(),
            "x has length {}, but the gradient has length {}; give one number per parameter",
            x.len(),
            grad.len()
        );
        if self.pieces.is_empty() {
            let count = (x.len() / SMALLEST_PIECE).clamp(1, self.threads);
            self.pieces.resize(count, self.rule.clone());
        }
        step_pieces(&mut self.pieces, lr, x.view_mut(), grad.view());
    }

    fn reset(&mut self) {
        self.pieces.clear();
    }
}

/// Cuts `x` and `grad` into one piece for each of the `rules`, and updates them.
fn step_pieces<F: Float, O: Optimizer<F> + Send>(
    rules: &mut [O],
    lr: F,
    mut x: ArrayViewMut1<'_, F>,
    grad: ArrayView1<'_, F>,
) {
    if let [rule] = rules {
        rule.step(lr, &mut x, &grad);
        return;
    }
    let count = rules.len();
    let (first, rest) = rules.split_at_mut(count / 2);
    let middle = x.len() / count * first.len();
    let (x, x_rest) = x.split_at(Axis(0), middle);
    let (grad, grad_rest) = grad.split_at(Axis(0), middle);
    rayon::join(
        || step_pieces(first, lr, x, grad),
        || step_pieces(rest, lr, x_rest, grad_rest),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, s};

    #[test]
    fn pieces_are_the_whole_bit_for_bit() {
        let n = 5 * SMALLEST_PIECE + 7;
        let start = Array1::from_shape_fn(n, |i| (i as f64).sin());
        for threads in [1, 2, 3, 8] {
            let mut alone = NAdam::default().weight_decay(0.1);
            let mut together = Parallel::new(alone.clone(), threads);
            let (mut x, mut y) = (start.clone(), start.clone());
            for _ in 0..5 {
                let grad = x.mapv(|x| x * x * x - 0.5);
                alone.step(0.1, &mut x, &grad);
                together.step(0.1, &mut y, &grad);
            }
            assert_eq!(x, y, "{threads} threads");
            assert_eq!(together.pieces.len(), threads.min(5));
        }
    }

    #[test]
    fn views_with_gaps_are_updated_too() {
        let mut x = Array1::<f64>::ones(4 * SMALLEST_PIECE);
        let grad = Array1::ones(2 * SMALLEST_PIECE);
        let mut every_other = x.slice_mut(s![..;2]);
        Parallel::new(Sgd::plain(), 2).step(0.25, &mut every_other, &grad);
        assert!(x.slice(s![..;2]).iter().all(|&x| x == 0.75));
        assert!(x.slice(s![1..;2]).iter().all(|&x| x == 1.0));
    }

    #[test]
    fn reset_forgets_the_dimension() {
        let mut rule = Parallel::new(Adam::default(), 2);
        rule.step(
            0.1,
            &mut Array1::zeros(2 * SMALLEST_PIECE),
            &Array1::ones(2 * SMALLEST_PIECE),
        );
        rule.reset();
        let mut x = Array1::<f64>::zeros(3);
        rule.step(0.1, &mut x, &Array1::ones(3));
        assert!((x[2] + 0.1).abs() < 1e-8);
    }

    #[test]
    #[should_panic(expected = "threads must be >= 1, got 0")]
    fn no_threads() {
        Parallel::new(Sgd::<f64>::plain(), 0);
    }

    #[test]
    #[should_panic(expected = "x has length 2, but the gradient has length 3")]
    fn lengths_differ() {
        let mut rule = Parallel::new(Sgd::plain(), 2);
        rule.step(0.1, &mut Array1::zeros(2), &Array1::ones(3));
    }
}
