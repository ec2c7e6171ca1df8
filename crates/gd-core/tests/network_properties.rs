//! Laws of networks and their losses, on random ones.

use gd_core::{
    Objective,
    autodiff::Activation,
    init::Initializer,
    model::{EmpiricalRisk, Mlp, Target},
    numeric::check_gradient,
    objective::FiniteSum,
};
use ndarray::{Array1, Array2};
use proptest::prelude::*;

const ACTIVATIONS: [Activation; 5] = [
    Activation::Identity,
    Activation::Tanh,
    Activation::Relu,
    Activation::Sigmoid,
    Activation::Gelu,
];
const SAMPLES: usize = 7;

/// One target of each kind, with the number of outputs that it needs.
fn targets(seed: u64) -> [(usize, Target<f64>); 4] {
    let labels = |classes: usize| (0..SAMPLES).map(move |i| (i * i + seed as usize) % classes);
    let y = Array2::from_shape_fn((SAMPLES, 2), |(i, j)| ((i + 3 * j) as f64).sin());
    [
        (2, Target::MeanSquaredError(y)),
        (1, Target::BinaryCrossEntropy(labels(2).collect())),
        (3, Target::CrossEntropy(labels(3).collect())),
        (1, Target::Hinge(labels(2).collect())),
    ]
}

fn samples(seed: u64) -> Array2<f64> {
    Array2::from_shape_fn((SAMPLES, 2), |(i, j)| {
        (1.7 * i as f64 + 2.9 * j as f64 + seed as f64).sin()
    })
}

/// A network with biases that are not 0, so that no unit stands at its kink.
fn start(net: &Mlp, seed: u64) -> Array1<f64> {
    let mut theta = net.init(Initializer::HeNormal, seed);
    for layer in 0..net.layers() {
        for (i, place) in net.bias_range(layer).enumerate() {
            theta[place] = 0.2 * (i as f64 + 0.5).cos();
        }
    }
    theta
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn gradients_match_central_differences(
        seed in 0_u64..1000,
        activation in prop::sample::select(&ACTIVATIONS[..]),
        residual in prop::option::of(0.3..1.0),
    ) {
        for (outputs, target) in targets(seed) {
            let mut net = Mlp::new(&[2, 5, 5, outputs]).activation(activation);
            if let Some(scale) = residual {
                net = net.residual(scale);
            }
            let theta = start(&net, seed);
            let risk = EmpiricalRisk::new(net, samples(seed), target.clone());
            // Differences are meaningless across a kink: there the two of half the width differ.
            let mut error = check_gradient(&risk, &theta);
            if error > 1e-6 && (activation == Activation::Relu || matches!(target, Target::Hinge(_))) {
                let moved = &theta + 1e-3;
                error = check_gradient(&risk, &moved);
            }
            prop_assert!(error < 1e-6, "{activation:?} {target:?}: {error}");
        }
    }

    #[test]
    fn batches_average_to_the_whole(seed in 0_u64..1000) {
        for (outputs, target) in targets(seed) {
            let net = Mlp::new(&[2, 4, outputs]);
            let theta = start(&net, seed);
            let risk = EmpiricalRisk::new(net, samples(seed), target);
            let mut full = Array1::zeros(theta.len());
            let mut mean = full.clone();
            let mut one = full.clone();
            risk.gradient(&theta, &mut full);
            for i in 0..SAMPLES {
                risk.batch_gradient(&theta, &[i], &mut one);
                mean.scaled_add(1.0 / SAMPLES as f64, &one);
            }
            prop_assert!((&mean - &full).iter().all(|e| e.abs() < 1e-13));
            let all: Vec<usize> = (0..SAMPLES).collect();
            risk.batch_gradient(&theta, &all, &mut one);
            prop_assert_eq!(&one, &full);
            // what a smaller batch left behind must not be seen
            prop_assert_eq!(risk.value(&theta), risk.value_and_gradient(&theta, &mut one));
        }
    }

    #[test]
    fn single_precision_follows_double(seed in 0_u64..1000) {
        for activation in ACTIVATIONS {
            let net = Mlp::new(&[2, 6, 6, 3]).activation(activation).residual(0.5);
            let wide = net.forward(&start(&net, seed), samples(seed).view());
            let theta = start(&net, seed).mapv(|v| v as f32);
            let narrow = net.forward(&theta, samples(seed).mapv(|v| v as f32).view());
            for (a, b) in narrow.iter().zip(&wide) {
                prop_assert!((f64::from(*a) - b).abs() < 1e-4, "{activation:?}: {a} and {b}");
            }
        }
    }

    #[test]
    fn the_order_of_hidden_units_does_not_matter(seed in 0_u64..1000) {
        let net = Mlp::new(&[2, 3, 1]);
        let theta = start(&net, seed);
        let mut turned = theta.clone();
        let order = [2, 0, 1];
        for (new, &old) in order.iter().enumerate() {
            let row = net.weights(&theta, 0).row(old).to_owned();
            net.weights_mut(&mut turned, 0).row_mut(new).assign(&row);
            turned[net.bias_range(0).start + new] = theta[net.bias_range(0).start + old];
            net.weights_mut(&mut turned, 1)[[0, new]] = net.weights(&theta, 1)[[0, old]];
        }
        let x = samples(seed);
        let difference = net.forward(&theta, x.view()) - net.forward(&turned, x.view());
        prop_assert!(difference.iter().all(|e| e.abs() < 1e-14));
    }
}

#[test]
fn zero_weights_leave_only_the_last_bias_to_learn() {
    let net = Mlp::new(&[2, 4, 4, 1]);
    let theta = net.init::<f64>(Initializer::Zeros, 0);
    let target = Target::BinaryCrossEntropy(vec![0, 1, 1, 1, 0, 1, 1]);
    let risk = EmpiricalRisk::new(net, samples(1), target);
    let mut grad = Array1::ones(theta.len());
    risk.gradient(&theta, &mut grad);
    let last = grad.len() - 1;
    assert!(grad[last] != 0.0);
    assert!(grad.iter().take(last).all(|&g| g == 0.0));
}

#[test]
fn a_large_loss_does_not_overflow() {
    let net = Mlp::new(&[2, 1]);
    let risk = EmpiricalRisk::new(
        net,
        samples(1),
        Target::BinaryCrossEntropy(vec![0, 1, 0, 1, 0, 1, 0]),
    );
    let mut grad = Array1::zeros(3);
    let theta = Array1::from(vec![1e6, -1e6, 0.0]);
    assert!(risk.value_and_gradient(&theta, &mut grad).is_finite());
    assert!(grad.iter().all(|g: &f64| g.is_finite()));
}

#[test]
#[should_panic(expected = "theta must be contiguous")]
fn strided_parameters() {
    let net = Mlp::new(&[1, 1]);
    let theta = Array1::<f64>::zeros(4);
    net.forward(
        &theta.slice(ndarray::s![..;2]),
        Array2::zeros((1, 1)).view(),
    );
}

#[test]
#[should_panic(expected = "sizes must be at least two numbers >= 1, got [3]")]
fn one_size() {
    Mlp::new(&[3]);
}

#[test]
#[should_panic(expected = "theta has length 2, but the network has 3 parameters")]
fn theta_of_another_network() {
    Mlp::new(&[2, 1]).forward(&Array1::<f64>::zeros(2), Array2::zeros((1, 2)).view());
}

#[test]
#[should_panic(expected = "there are 7 samples and 2 targets")]
fn too_few_labels() {
    EmpiricalRisk::new(
        Mlp::new(&[2, 1]),
        samples(0),
        Target::Hinge::<f64>(vec![0, 1]),
    );
}

#[test]
#[should_panic(expected = "labels[1] is 2, but there are 2 classes, 0 to 1")]
fn a_third_class_of_two() {
    let labels = vec![0, 2, 0, 0, 0, 0, 0];
    EmpiricalRisk::new(
        Mlp::new(&[2, 1]),
        samples(0),
        Target::BinaryCrossEntropy(labels),
    );
}
