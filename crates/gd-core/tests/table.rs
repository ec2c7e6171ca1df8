//! Every update rule × {bowl, Rosenbrock} × {f32, f64}: it goes down.

mod fixtures;

use fixtures::{function, rules};
use gd_core::{Descent, Float, minimize, observer::LossHistory};
use ndarray::array;

fn every_rule_decreases<F: Float>() {
    for bowl in [true, false] {
        for rule in rules::<F>() {
            let (name, start, lr) = match bowl {
                true => ("quadratic", [4.0, 3.0], rule.bowl_lr),
                false => ("rosenbrock", [-1.5, 2.0], rule.rosenbrock_lr),
            };
            let mut x = array![F::of(start[0]), F::of(start[1])];
            let mut loss = LossHistory::new();
            let mut solver = Descent::new(rule.optimizer, lr);
            minimize(&*function::<F>(name), &mut solver, &mut x, 300, &mut loss);
            let (first, last) = (loss.values[0], loss.values[300]);
            let factor = if bowl { 1e-3 } else { 0.5 };
            assert!(
                last < F::of(factor) * first,
                "{} on {name}: {first} to {last}",
                rule.name
            );
        }
    }
}

#[test]
fn single_precision() {
    every_rule_decreases::<f32>();
}

#[test]
fn double_precision() {
    every_rule_decreases::<f64>();
}
