//! Laws that hold for all inputs, on random ones.

mod fixtures;

use std::cell::Cell;

use fixtures::{FUNCTIONS, function, rules};
use gd_core::{
    Descent, Float, Objective, Optimizer, StochasticDescent, Stop,
    batch::{Sampler, Sampling},
    data, minimize,
    model::{LinearRegression, LogisticRegression},
    numeric::{check_gradient, check_hessian},
    objective::{DoubleWell, FiniteSum, FnObjective, Quadratic},
    observer::Trajectory,
    optim::{Adafactor, Adagrad, Adam, AdamW, Adamax, Lion, Muon, NAdam, RmsProp, Rprop, Sgd},
};
use ndarray::{Array1, Array2, ArrayRef1, array, aview1};
use proptest::{collection::vec, prelude::*};

/// The path of `optimizer` on a problem, start included.
fn path<F: Float, P: Objective<F> + ?Sized>(
    problem: &P,
    optimizer: impl Optimizer<F>,
    lr: F,
    start: &[F],
    steps: usize,
) -> Vec<Array1<F>> {
    let mut path = Trajectory::new();
    let mut x = Array1::from(start.to_vec());
    minimize(
        problem,
        &mut Descent::new(optimizer, lr),
        &mut x,
        steps,
        &mut path,
    );
    path.points
}

fn symmetric(d: usize, entries: &[f64]) -> Array2<f64> {
    Array2::from_shape_fn((d, d), |(i, j)| entries[i.min(j) * d + i.max(j)])
}

/// Gradients from 0 to the largest number, and not numbers.
fn gradients<F: Float>(largest: F) -> impl Strategy<Value = Vec<F>> {
    let small = F::min_positive_value();
    let sizes = [
        F::zero(),
        small * F::epsilon(),
        small,
        F::one(),
        largest.sqrt(),
        largest,
        F::infinity(),
        F::nan(),
    ];
    let signed: Vec<F> = sizes.into_iter().flat_map(|v| [v, -v]).collect();
    vec(prop::sample::select(signed), 1..20)
}

/// The rules, twice each, whose steps do not change if all gradients are multiplied by one number
/// (ε is 0, or far below the gradients).
#[allow(clippy::type_complexity, reason = "a name and two boxes")]
fn scale_free() -> Vec<(
    &'static str,
    Box<dyn Optimizer<f64>>,
    Box<dyn Optimizer<f64>>,
)> {
    macro_rules! twice {
        ($($name:literal: $rule:expr,)*) => {
            vec![$(($name, Box::new($rule) as _, Box::new($rule) as _)),*]
        };
    }
    twice![
        "adagrad": Adagrad::default().eps(0.0).lr_decay(0.1),
        "rmsprop": RmsProp::default().eps(0.0).momentum(0.9),
        "adam": Adam::default().eps(0.0),
        "adam amsgrad": Adam::default().eps(0.0).amsgrad(true),
        "adamw": AdamW::default().eps(0.0),
        "nadam": NAdam::default().eps(0.0),
        "adamax": Adamax::default().eps(0.0),
        "rprop": Rprop::default(),
        "lion": Lion::default(),
        "adafactor": Adafactor::vector(),
        "adafactor matrix": Adafactor::matrix(1, 2),
        "muon": Muon::new(2, 1),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn gradients_match_central_differences(x in -2.0..2.0, y in -2.0..2.0, z in -2.0..2.0) {
        for name in FUNCTIONS {
            let error = check_gradient(&*function::<f64>(name), &array![x, y]);
            prop_assert!(error < 1e-6, "{name}: {error}");
        }
        prop_assert!(check_gradient(&DoubleWell, &array![x]) < 1e-7);
        let line = LinearRegression::<f64>::line(&data::lesson_line());
        prop_assert!(check_gradient(&line, &array![x, y]) < 1e-7);
        let parabola = LinearRegression::<f64>::polynomial(&data::lesson_parabola(), 2);
        prop_assert!(check_gradient(&parabola, &array![x, y, z]) < 1e-7);
    }

    #[test]
    fn logistic_regression_matches_central_differences(
        theta in vec(-3.0..3.0, 3),
        lambda in 0.0..1.0,
        seed: u64,
    ) {
        let data = data::two_moons(20, 0.3, seed);
        let model = LogisticRegression::<f64>::new(&data).l2(lambda);
        let theta = Array1::from(theta);
        prop_assert!(check_gradient(&model, &theta) < 1e-8);
        prop_assert!(check_hessian(&model, &theta) < 1e-8);
        let mut grad = Array1::zeros(3);
        prop_assert_eq!(model.value_and_gradient(&theta, &mut grad), model.value(&theta));
    }

    #[test]
    fn dense_quadratics_match_central_differences(
        entries in vec(-3.0..3.0, 9),
        x in vec(-2.0..2.0, 3),
    ) {
        let problem = Quadratic::new(symmetric(3, &entries));
        prop_assert!(check_gradient(&problem, &Array1::from(x)) < 1e-7);
    }

    #[test]
    fn curvatures_have_the_trace_and_norm_of_the_hessian(entries in vec(-3.0..3.0, 16)) {
        let a = symmetric(4, &entries);
        let curvatures = Quadratic::new(a.clone()).curvatures();
        prop_assert!((curvatures.sum() - a.diag().sum()).abs() < 1e-12);
        prop_assert!((curvatures.pow2().sum() - a.pow2().sum()).abs() < 1e-11);
        prop_assert!(curvatures.windows(2).into_iter().all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn momentum_zero_is_plain_bit_for_bit(x in -2.0..2.0, y in -2.0..2.0, lr in 1e-4..1e-3) {
        let problem = function::<f64>("rosenbrock");
        let plain = path(&*problem, Sgd::plain(), lr, &[x, y], 50);
        let zero = path(&*problem, Sgd::default().momentum(0.0), lr, &[x, y], 50);
        // This one keeps a velocity, with a share of the old one too small to change any sum.
        let tiny = path(&*problem, Sgd::default().momentum(1e-300), lr, &[x, y], 50);
        prop_assert_eq!(&plain, &zero);
        prop_assert_eq!(&plain, &tiny);
    }

    #[test]
    fn permuted_coordinates_take_permuted_paths(
        curvatures in vec(0.5..5.0, 3),
        start in vec(-3.0..3.0, 3),
        swap in 0_usize..3,
    ) {
        let permute = |v: &[f64]| {
            let mut v = v.to_vec();
            v.rotate_left(swap);
            v.swap(0, 1);
            v
        };
        let elementwise = || rules::<f64>().into_iter().filter(|rule| rule.elementwise);
        for (rule, twin) in elementwise().zip(elementwise()) {
            let problem = Quadratic::diagonal(&curvatures);
            let permuted = Quadratic::diagonal(&permute(&curvatures));
            let one = path(&problem, rule.optimizer, rule.bowl_lr, &start, 30);
            let other = path(&permuted, twin.optimizer, rule.bowl_lr, &permute(&start), 30);
            for (x, y) in one.iter().zip(&other) {
                prop_assert_eq!(permute(&x.to_vec()), y.to_vec(), "{}", rule.name);
            }
        }
    }

    #[test]
    fn reset_repeats_the_path(x in -2.0..2.0, y in -2.0..2.0) {
        let problem = function::<f64>("quadratic");
        for mut rule in rules::<f64>() {
            let first = path(&*problem, &mut rule.optimizer, rule.bowl_lr, &[x, y], 30);
            rule.optimizer.reset();
            let second = path(&*problem, &mut rule.optimizer, rule.bowl_lr, &[x, y], 30);
            prop_assert_eq!(first, second, "{}", rule.name);
        }
    }

    #[test]
    fn reset_repeats_stochastic_paths(seed: u64, size in 1_usize..=100) {
        let model = LinearRegression::<f64>::line(&data::lesson_line());
        for sampling in [
            Sampling::Full,
            Sampling::OneSample,
            Sampling::WithReplacement { size },
            Sampling::WithoutReplacement { size },
            Sampling::Epochs { size },
        ] {
            let sampler = Sampler::new(model.samples(), sampling, seed);
            let mut solver = StochasticDescent::new(Adam::default(), 0.05, sampler);
            let [first, second] = [(); 2].map(|()| {
                solver.reset();
                let mut path = Trajectory::new();
                minimize(&model, &mut solver, &mut array![0.0, 0.0], 20, &mut path);
                path.points
            });
            prop_assert_eq!(first, second, "{:?}", sampling);
        }
    }

    #[test]
    fn single_precision_follows_double(x in 0.5_f32..3.0, y in -3.0_f32..-0.5) {
        let (narrow, wide) = (function::<f32>("quadratic"), function::<f64>("quadratic"));
        for (rule, twin) in rules::<f32>().into_iter().zip(rules::<f64>()) {
            let one = path(&*narrow, rule.optimizer, rule.bowl_lr, &[x, y], 20);
            let start = [f64::from(x), f64::from(y)];
            let other = path(&*wide, twin.optimizer, twin.bowl_lr, &start, 20);
            for (a, b) in one.iter().flatten().zip(other.iter().flatten()) {
                prop_assert!((f64::from(*a) - b).abs() < 1e-3, "{}: {a} and {b}", rule.name);
            }
        }
    }

    #[test]
    fn no_gradient_panics(double in gradients(f64::MAX), single in gradients(f32::MAX)) {
        for mut rule in rules::<f64>() {
            let mut x = array![1.0, -1.0];
            double.windows(2).for_each(|g| rule.optimizer.step(0.1, &mut x, &aview1(g)));
        }
        for mut rule in rules::<f32>() {
            let mut x = array![1.0, -1.0];
            single.windows(2).for_each(|g| rule.optimizer.step(0.1, &mut x, &aview1(g)));
        }
    }

    #[test]
    fn gradients_near_zero_keep_every_rule_finite(
        double in vec(prop_oneof![Just(0.0), -1e-300..1e-300, Just(5e-324)], 2..20),
        single in vec(prop_oneof![Just(0.0_f32), -1e-37_f32..1e-37, Just(1e-45)], 2..20),
    ) {
        for mut rule in rules::<f64>() {
            let mut x = array![1.0, -1.0];
            double.windows(2).for_each(|g| rule.optimizer.step(0.1, &mut x, &aview1(g)));
            prop_assert!(x.iter().all(|x| x.is_finite()), "{}", rule.name);
        }
        for mut rule in rules::<f32>() {
            let mut x = array![1.0, -1.0];
            single.windows(2).for_each(|g| rule.optimizer.step(0.1, &mut x, &aview1(g)));
            prop_assert!(x.iter().all(|x| x.is_finite()), "{}", rule.name);
        }
    }

    #[test]
    fn a_nan_gradient_ends_the_run_where_it_appears(at in 0_usize..20, coordinate in 0_usize..2) {
        for rule in rules::<f64>() {
            let evaluations = Cell::new(0);
            let problem = FnObjective::new(
                2,
                |x: &ArrayRef1<f64>| x.sum(),
                |_: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
                    grad.fill(1.0);
                    if evaluations.replace(evaluations.get() + 1) == at {
                        grad[coordinate] = f64::NAN;
                    }
                },
            );
            let (mut x, mut path) = (array![1.0, -1.0], Trajectory::new());
            let mut solver = Descent::new(rule.optimizer, rule.bowl_lr);
            let stop = minimize(&problem, &mut solver, &mut x, 50, &mut path);
            prop_assert_eq!(stop, Stop::Diverged { at }, "{}", rule.name);
            prop_assert_eq!(path.points.len(), at, "{}", rule.name);
            prop_assert!(x.iter().all(|x| x.is_finite()), "{}", rule.name);
        }
    }

    #[test]
    fn a_step_with_a_nan_gradient_shows_it(coordinate in 0_usize..2) {
        for mut rule in rules::<f64>() {
            let mut x = array![1.0, -1.0];
            let mut grad = array![0.5, 0.5];
            rule.optimizer.step(0.1, &mut x, &grad);
            grad[coordinate] = f64::NAN;
            rule.optimizer.step(0.1, &mut x, &grad);
            prop_assert!(x[coordinate].is_nan(), "{}: {x}", rule.name);
        }
    }

    #[test]
    fn rules_that_divide_by_the_gradients_size_do_not_see_it(
        path in vec(prop_oneof![-9.0..-0.1, 0.1..9.0_f64], 2..40),
        exponent in -10_i32..10,
    ) {
        // Times a power of two nothing rounds differently, so the paths are equal to the last bit.
        let scale = 2.0_f64.powi(exponent);
        for (name, mut rule, mut twin) in scale_free() {
            let (mut x, mut y) = (array![1.0, -1.0], array![1.0, -1.0]);
            for grad in path.windows(2) {
                rule.step(0.1, &mut x, &aview1(grad));
                twin.step(0.1, &mut y, &(&aview1(grad) * scale));
                prop_assert_eq!(&x, &y, "{}", name);
            }
        }
        // With the default ε, almost.
        let (mut rule, mut twin) = (Adam::default(), Adam::default());
        let (mut x, mut y) = (array![1.0, -1.0], array![1.0, -1.0]);
        for grad in path.windows(2) {
            rule.step(0.1, &mut x, &aview1(grad));
            twin.step(0.1, &mut y, &(&aview1(grad) * scale));
        }
        prop_assert!((&x - &y).iter().all(|d| d.abs() < 1e-2), "{x} and {y}");
    }

    #[test]
    fn the_first_adam_step_has_length_lr(
        x in vec(-9.0..9.0, 3),
        grad in vec(prop_oneof![-1e3..-1e-3, 1e-3..1e3], 3),
        lr in 1e-3..1.0_f64,
        amsgrad: bool,
    ) {
        let mut moved = Array1::<f64>::from(x.clone());
        let grad = Array1::from(grad);
        Adam::default().amsgrad(amsgrad).step(lr, &mut moved, &grad);
        for i in 0..3 {
            let expected = lr * grad[i].signum();
            prop_assert!((x[i] - moved[i] - expected).abs() <= 1.1e-5 * lr + 1e-14);
        }
    }

    #[test]
    fn muon_is_equivariant_under_rotation(
        angle in 0.0..3.0,
        entries in vec(-3.0..3.0, 12),
    ) {
        let (sin, cos) = f64::sin_cos(angle);
        let q: Array2<f64> = array![[cos, -sin], [sin, cos]];
        let (mut rule, mut twin) = (Muon::new(2, 3), Muon::new(2, 3));
        let (mut x, mut y) = (Array1::zeros(6), Array1::zeros(6));
        for grad in entries.chunks(6) {
            let grad = Array2::from_shape_vec((2, 3), grad.to_vec()).unwrap();
            rule.step(0.1, &mut x, &grad.flatten());
            twin.step(0.1, &mut y, &q.dot(&grad).flatten());
        }
        let turned = q.dot(&x.into_shape_with_order((2, 3)).unwrap());
        // Rounding grows by up to 485 where a singular value is near 0.
        prop_assert!((turned.flatten().to_owned() - y).iter().all(|d| d.abs() < 1e-11));
    }

    #[test]
    fn gradient_descent_is_equivariant_under_rotation(
        angle in 0.0..3.0, x in -2.0..2.0, y in -2.0..2.0,
    ) {
        let (sin, cos) = f64::sin_cos(angle);
        let q: Array2<f64> = array![[cos, -sin], [sin, cos]];
        let a = q.dot(&array![[1.0, 0.0], [0.0, 5.0]]).dot(&q.t());
        let rotated = Quadratic::new((&a + &a.t()) / 2.0);
        let straight = Quadratic::diagonal(&[1.0, 5.0]);
        let turned: Array1<f64> = q.dot(&array![x, y]);
        let start = turned.to_vec();
        let one = path(&straight, Sgd::default().momentum(0.5), 0.1, &[x, y], 30);
        let other = path(&rotated, Sgd::default().momentum(0.5), 0.1, &start, 30);
        for (one, other) in one.iter().zip(&other) {
            prop_assert!((q.dot(one) - other).iter().all(|e| e.abs() < 1e-12));
        }
    }
}
