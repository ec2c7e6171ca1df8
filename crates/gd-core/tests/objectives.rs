//! The test functions: their derivatives, their minima, and what they refuse.

use gd_core::{
    Float, Objective,
    numeric::{check_gradient, check_hessian},
    objective::{
        AbsoluteValue, Ackley, Beale, Booth, DoubleWell, Exponential, Himmelblau, MonkeySaddle,
        Plateau, Quadratic, Quartic, Rastrigin, Rosenbrock, Saddle, StyblinskiTang, TestFunction,
        TwiceDifferentiable, XSquaredSinX, one_dimensional, two_dimensional,
    },
};
use ndarray::{Array1, Array2, array};
use proptest::{collection::vec, prelude::*};

/// Every test function, those of any dimension also with three.
fn all<F: Float>() -> Vec<Box<dyn TestFunction<F>>> {
    let mut all = one_dimensional();
    all.extend(two_dimensional());
    all.push(Box::new(Rosenbrock::new(3)));
    all.push(Box::new(Rastrigin::new(3)));
    all.push(Box::new(Ackley::new(3)));
    all.push(Box::new(StyblinskiTang::new(3)));
    all.push(Box::new(AbsoluteValue::new(3)));
    all.push(Box::new(Quadratic::with_condition_number(F::of(20.0), 3)));
    all
}

/// Those with a Hessian.
fn smooth<F: Float>() -> Vec<(&'static str, Box<dyn TwiceDifferentiable<F>>)> {
    vec![
        ("square", Box::new(Quadratic::square())),
        ("x² sin x", Box::new(XSquaredSinX)),
        ("double well", Box::new(DoubleWell)),
        ("quartic", Box::new(Quartic)),
        ("exponential", Box::new(Exponential)),
        ("ravine", Box::new(Quadratic::ravine())),
        ("turned", Box::new(Quadratic::ravine().rotated(F::of(0.7)))),
        ("saddle", Box::new(Saddle)),
        ("monkey saddle", Box::new(MonkeySaddle)),
        ("plateau", Box::new(Plateau)),
        ("Himmelblau", Box::new(Himmelblau)),
        ("Beale", Box::new(Beale)),
        ("Booth", Box::new(Booth)),
        ("Rosenbrock", Box::new(Rosenbrock::new(2))),
        ("Rosenbrock, 4", Box::new(Rosenbrock::new(4))),
        ("Rastrigin", Box::new(Rastrigin::new(3))),
        ("Ackley", Box::new(Ackley::new(2))),
        ("Ackley, 3", Box::new(Ackley::new(3))),
        ("Styblinski–Tang", Box::new(StyblinskiTang::new(2))),
    ]
}

/// The point of the window at these shares of its sides.
fn inside<F: Float>(f: &dyn TestFunction<F>, shares: &[f64]) -> Array1<F> {
    let at = |([low, high], &share): ([F; 2], &f64)| low + (high - low) * F::of(share);
    f.window().into_iter().zip(shares).map(at).collect()
}

/// Is x so near to a kink that central differences straddle it?
fn at_a_kink(name: &str, x: &Array1<f64>) -> bool {
    match name {
        "absolute value" => x.iter().any(|x| x.abs() < 1e-4),
        "flat bottom" => (x[0].abs() - 1.0).abs() < 1e-4,
        "Ackley" => x.dot(x) < 0.1,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn gradients_match_central_differences(shares in vec(0.0..1.0, 3)) {
        for f in all::<f64>() {
            let x = inside(&*f, &shares);
            let error = check_gradient(&f, &x);
            prop_assert!(at_a_kink(f.name(), &x) || error < 1e-6, "{} at {x}: {error}", f.name());
        }
    }

    #[test]
    fn gradients_in_single_precision_follow(shares in vec(0.0..1.0, 3)) {
        for (narrow, wide) in all::<f32>().into_iter().zip(all::<f64>()) {
            let x = inside(&*narrow, &shares);
            let mut g = x.clone();
            let mut h = x.mapv(f64::from);
            let value = f64::from(narrow.value_and_gradient(&x, &mut g));
            let known = wide.value_and_gradient(&h.clone(), &mut h);
            // What a rounding of x alone does to f is the gradient times a unit in its last place.
            let scale = 1.0 + known.abs() + 10.0 * h.dot(&h).sqrt();
            prop_assert!((value - known).abs() < 1e-4 * scale, "{}: {value} {known}", wide.name());
            if at_a_kink(wide.name(), &x.mapv(f64::from)) { continue; }
            for (g, h) in g.iter().zip(&h) {
                prop_assert!((f64::from(*g) - h).abs() < 1e-3 * scale, "{}", wide.name());
            }
        }
    }

    #[test]
    fn hessians_match_central_differences(point in vec(-2.0..2.0, 4)) {
        for (name, f) in smooth::<f64>() {
            let x = Array1::from(point[..f.dim()].to_vec());
            let error = check_hessian(&f, &x);
            prop_assert!(at_a_kink(&name[..name.len().min(6)], &x) || error < 1e-6, "{name} at {x}: {error}");
        }
    }

    #[test]
    fn nothing_is_below_the_minimum(shares in vec(0.0..1.0, 3)) {
        for f in all::<f64>() {
            let value = f.value(&inside(&*f, &shares));
            prop_assert!(f.minimum().is_none_or(|minimum| value >= minimum), "{}", f.name());
        }
    }

    #[test]
    fn a_turn_moves_values_with_the_points(angle in -4.0..4.0, x in -3.0..3.0, y in -3.0..3.0) {
        let (sin, cos) = f64::sin_cos(angle);
        let f = Quadratic::<f64>::new(array![[3.0, 1.0], [1.0, -2.0]]);
        let turned = f.rotated(angle).value(&array![cos * x - sin * y, sin * x + cos * y]);
        prop_assert!((turned - f.value(&array![x, y])).abs() < 1e-12);
    }
}

#[test]
fn at_every_minimum_the_gradient_vanishes_and_the_value_is_right() {
    for f in all::<f64>() {
        for x in f.minima() {
            assert_eq!(x.len(), f.dim(), "{}", f.name());
            let mut grad = x.clone();
            let value = f.value_and_gradient(&x, &mut grad);
            assert!(
                grad.dot(&grad).sqrt() < 1e-12,
                "{} at {x}: {grad}",
                f.name()
            );
            let minimum = f.minimum().expect("it is taken");
            assert!(
                (value - minimum).abs() < 1e-13 * (1.0 + minimum.abs()),
                "{}",
                f.name()
            );
        }
    }
    let count = |f: &dyn TestFunction<f64>| f.minima().len();
    assert_eq!(count(&Himmelblau), 4);
    assert_eq!(count(&Saddle), 0);
    assert_eq!(count(&Quadratic::diagonal(&[1.0, 0.0])), 0);
    assert_eq!(Quadratic::diagonal(&[1.0, 0.0]).minimum(), Some(0.0));
    assert_eq!(Quadratic::diagonal(&[1.0, -1.0]).minimum(), None);
}

#[test]
fn values_of_the_literature() {
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * (1.0 + b.abs()), "{a} and {b}");
    near(Rosenbrock::new(2).value(&array![-1.2, 1.0]), 24.2);
    near(Himmelblau.value(&array![0.0, 0.0]), 170.0);
    near(Beale.value(&array![1.0, 1.0]), 14.203125);
    near(Booth.value(&array![0.0, 0.0]), 74.0);
    near(
        StyblinskiTang::new(1).value(&array![StyblinskiTang::DEEP]),
        -39.16616570377142,
    );
    near(Ackley::new(2).value(&array![1.0, 1.0]), 3.6253849384403627);
    near(Rastrigin::new(2).value(&array![0.5, 0.5]), 40.5);
    near(DoubleWell.value(&array![2.0]), 1.0);
    let mut hessian = Array2::zeros((2, 2));
    Rosenbrock::new(2).hessian(&array![1.0, 1.0], &mut hessian);
    let curvatures = Quadratic::new(hessian).curvatures();
    near(curvatures[0], 501.0 - 250_601.0_f64.sqrt());
    near(curvatures[1], 501.0 + 250_601.0_f64.sqrt());
}

#[test]
fn the_kinks_have_a_gradient_of_zero() {
    let mut grad = array![9.0, 9.0];
    AbsoluteValue::new(2).gradient(&array![0.0, -2.0], &mut grad);
    assert_eq!(grad, array![0.0, -1.0]);
    Ackley::new(2).gradient(&array![0.0, 0.0], &mut grad);
    assert_eq!(grad, array![0.0, 0.0]);
}

/// Runs `f` and gives the message it panics with.
fn panic_of(f: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let panic = std::panic::catch_unwind(f).expect_err("it must panic");
    panic
        .downcast_ref::<String>()
        .expect("a formatted message")
        .clone()
}

#[test]
fn points_of_another_dimension_are_refused() {
    for (i, f) in all::<f64>().into_iter().enumerate() {
        let d = f.dim();
        let known = format!(
            "x has length {}, but the objective has dimension {d}",
            d + 1
        );
        let value = panic_of(move || {
            all::<f64>()[i].value(&Array1::ones(d + 1));
        });
        let gradient = panic_of(move || {
            all::<f64>()[i].gradient(&Array1::ones(d + 1), &mut Array1::ones(d + 1));
        });
        assert!(
            value.contains(&known) && gradient.contains(&known),
            "{}: {value}",
            f.name()
        );
    }
}

#[test]
fn dimensions_too_small_are_refused() {
    let message = panic_of(|| drop(Box::new(Rosenbrock::new(1))));
    assert!(message.contains("dim must be >= 2, got 1"), "{message}");
    let message = panic_of(|| drop(Box::new(Quadratic::with_condition_number(0.5, 2))));
    assert!(
        message.contains("kappa must be finite and >= 1, got 0.5"),
        "{message}"
    );
    let message = panic_of(|| drop(Box::new(Quadratic::diagonal(&[1.0]).rotated(0.1))));
    assert!(
        message.contains("rotated needs two dimensions"),
        "{message}"
    );
}
