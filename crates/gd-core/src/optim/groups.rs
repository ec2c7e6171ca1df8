//! Parameter groups: a rule of its own for each part of the parameters.

use std::fmt;

use ndarray::{ArrayRef1, Axis};

use super::Optimizer;
use crate::{Float, check};

/// Consecutive parts of the parameters, each with its own rule and its own factor on the learning
/// rate: PyTorch's parameter groups, with different optimizers too.
///
/// With parts of lengths n₁, n₂, … that together are d, rules r₁, r₂, … and factors φ₁, φ₂, …:
///
/// ```text
/// x[nᵢ numbers from n₁ + … + nᵢ₋₁ on] ← rᵢ(φᵢη, the same of x, the same of ∇f(x))
/// ```
///
/// Each rule sees its own part alone, as if there were nothing else. A factor of 0 freezes a part
/// (with most rules; [`Rprop`](super::Rprop) and [`Asgd`](super::Asgd) take the learning rate in
/// their own way).
///
/// ```
/// use gd_core::{model::Mlp, optim::{AdamW, Groups, Muon}};
///
/// // Muon for the weights of each layer, AdamW with a tenth of the learning rate for its biases
/// let mlp = Mlp::new(&[2, 16, 1]);
/// let mut rule = Groups::<f64>::new();
/// for (layer, sizes) in mlp.sizes().windows(2).enumerate() {
///     let (inputs, outputs) = (sizes[0], sizes[1]);
///     rule = rule
///         .group(mlp.weight_range(layer).len(), 1.0, Muon::new(outputs, inputs))
///         .group(mlp.bias_range(layer).len(), 0.1, AdamW::default());
/// }
/// assert_eq!(rule.dim(), mlp.dim());
/// ```
pub struct Groups<F> {
    groups: Vec<Group<F>>,
}

struct Group<F> {
    length: usize,
    lr_factor: F,
    rule: Box<dyn Optimizer<F>>,
}

impl<F: Float> Groups<F> {
    /// No groups yet.
    pub fn new() -> Self {
        Self { groups: Vec::new() }
    }

    /// The next `length` ≥ 1 parameters: `rule`, with the learning rate times `lr_factor` ≥ 0.
    ///
    /// # Panics
    /// If `length` is 0, or `lr_factor` is negative or not finite.
    #[track_caller]
    pub fn group(mut self, length: usize, lr_factor: F, rule: impl Optimizer<F> + 'static) -> Self {
        assert!(
            length > 0,
            "length must be >= 1, got 0; leave an empty group out"
        );
        check::non_negative("lr_factor", lr_factor, "1 keeps the learning rate");
        self.groups.push(Group {
            length,
            lr_factor,
            rule: Box::new(rule),
        });
        self
    }

    /// The number of parameters of all groups.
    pub fn dim(&self) -> usize {
        self.groups.iter().map(|group| group.length).sum()
    }
}

impl<F: Float> Default for Groups<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: Float> Optimizer<F> for Groups<F> {
    /// # Panics
    /// If the groups do not cover `x`, or `x` and `grad` differ in length.
    fn step(&mut self, lr: F, x: &mut ArrayRef1<F>, grad: &ArrayRef1<F>) {
        for (name, length) in [("x", x.len()), ("the gradient", grad.len())] {
            assert!(
                length == self.dim(),
                "{name} has length {length}, but the groups have lengths {:?}, together {}; \
                 they must cover every parameter once",
                self.groups.iter().map(|g| g.length).collect::<Vec<_>>(),
                self.dim()
            );
        }
        let (mut x, mut grad) = (x.view_mut(), grad.view());
        for group in &mut self.groups {
            let (mut x_part, x_rest) = x.split_at(Axis(0), group.length);
            let (grad_part, grad_rest) = grad.split_at(Axis(0), group.length);
            group
                .rule
                .step(group.lr_factor * lr, &mut x_part, &grad_part);
            (x, grad) = (x_rest, grad_rest);
        }
    }

    fn reset(&mut self) {
        self.groups.iter_mut().for_each(|group| group.rule.reset());
    }
}

impl<F: Float> fmt::Debug for Groups<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.groups.iter().map(|g| (g.length, g.lr_factor)))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optim::{Adam, Sgd};
    use ndarray::{Array1, array, s};

    #[test]
    fn each_part_goes_as_it_would_alone() {
        let momentum = || Sgd::default().momentum(0.9);
        let mut rule = Groups::new()
            .group(3, 1.0, Adam::default())
            .group(1, 0.5, momentum())
            .group(2, 0.0, momentum());
        let (mut adam, mut sgd) = (Adam::default(), momentum());
        let mut x = array![1.0_f64, -2.0, 3.0, 4.0, 5.0, 6.0];
        let (mut first, mut second) = (x.slice(s![..3]).to_owned(), array![4.0]);
        for _ in 0..2 {
            for _ in 0..10 {
                let gradient = |x: &Array1<f64>| x.mapv(|x| x * x);
                let grad = gradient(&x);
                rule.step(0.01, &mut x, &grad);
                let grad = gradient(&first);
                adam.step(0.01, &mut first, &grad);
                let grad = gradient(&second);
                sgd.step(0.005, &mut second, &grad);
            }
            assert_eq!(x.slice(s![..3]), first);
            assert_eq!(x.slice(s![3..4]), second);
            assert_eq!(x.slice(s![4..]), array![5.0, 6.0]);
            rule.reset();
            adam.reset();
            sgd.reset();
        }
    }

    #[test]
    #[should_panic(
        expected = "x has length 4, but the groups have lengths [2, 3], together 5; they must cover"
    )]
    fn not_covered() {
        let rule = Groups::new().group(2, 1.0, Sgd::plain());
        rule.group(3, 1.0, Sgd::plain())
            .step(0.1, &mut Array1::zeros(4), &Array1::zeros(4));
    }

    #[test]
    #[should_panic(expected = "length must be >= 1, got 0; leave an empty group out")]
    fn empty_group() {
        let _ = Groups::new().group(0, 1.0, Sgd::<f64>::plain());
    }

    #[test]
    #[should_panic(expected = "lr_factor must be finite and >= 0, got -1; 1 keeps the learning")]
    fn negative_factor() {
        let _ = Groups::new().group(1, -1.0, Sgd::plain());
    }

    #[test]
    fn debug_shows_lengths_and_factors() {
        let rule = Groups::new().group(2, 0.5, Sgd::plain());
        assert_eq!(format!("{rule:?}"), "[(2, 0.5)]");
    }
}
