//! Laws of the solvers that query the objective: what their line searches promise, and what they do
//! with gradients that are no good.

use std::ops::ControlFlow;

use gd_core::{
    Float, Limit, Objective, Snapshot, Solver, Stop, minimize,
    objective::{
        self, FnObjective, Quadratic, Rosenbrock, TestFunction, TwiceDifferentiable,
        two_dimensional,
    },
    observer::{LossHistory, Trajectory},
    solver::{Backtracking, Bfgs, Lbfgs, Newton, SteepestDescent, StrongWolfe},
};
use ndarray::{Array1, Array2, ArrayRef1, array};
use proptest::{collection::vec, prelude::*};

type Named<F, P> = (&'static str, Box<dyn Solver<F, P>>);

/// The solvers that ask for values and gradients.
fn searching<F: Float, P: Objective<F> + ?Sized>() -> Vec<Named<F, P>> {
    let exact = StrongWolfe::new(F::of(1e-4), F::of(0.01));
    let slow = Backtracking::default().rho(F::of(0.8)).c1(F::of(0.5));
    vec![
        ("backtracking", Box::<Backtracking<F>>::default()),
        ("backtracking, slow", Box::new(slow)),
        ("steepest descent", Box::<SteepestDescent<F>>::default()),
        ("bfgs", Box::<Bfgs<F>>::default()),
        ("bfgs, exact", Box::new(Bfgs::default().line_search(exact))),
        ("l-bfgs", Box::<Lbfgs<F>>::default()),
        ("l-bfgs, 1", Box::new(Lbfgs::default().memory(1))),
    ]
}

/// Those, and Newton's method where it searches.
fn descending<F: Float, P: TwiceDifferentiable<F> + ?Sized>() -> Vec<Named<F, P>> {
    let mut solvers = searching();
    let damped = Newton::pure().backtracking(true);
    solvers.push(("newton", Box::<Newton<F>>::default()));
    solvers.push(("damped newton", Box::new(damped)));
    solvers
}

/// Those, and Newton's method where it does not search.
fn all<F: Float, P: TwiceDifferentiable<F> + ?Sized>() -> Vec<Named<F, P>> {
    let mut solvers = descending();
    let full_steps = Newton::default().backtracking(false);
    solvers.push(("newton, full steps", Box::new(full_steps)));
    solvers.push(("pure newton", Box::new(Newton::pure())));
    solvers
}

/// c₁ of the solver with this name, and c₂ if it promises that.
fn constants(name: &str) -> (f64, Option<f64>) {
    match name {
        "backtracking, slow" => (0.5, None),
        "backtracking" | "newton" | "damped newton" => (1e-4, None),
        "steepest descent" => (1e-4, Some(0.1)),
        "bfgs, exact" => (1e-4, Some(0.01)),
        _ => (1e-4, Some(0.9)),
    }
}

/// x, f(x) and ∇f(x) at every moment of a run.
fn moments<P: Objective<f64> + ?Sized>(
    problem: &P,
    solver: &mut dyn Solver<f64, P>,
    start: &Array1<f64>,
    steps: usize,
) -> Vec<(Array1<f64>, f64, Array1<f64>)> {
    let mut moments = Vec::new();
    let mut x = start.clone();
    minimize(problem, solver, &mut x, steps, &mut |moment: &Snapshot<
        '_,
        f64,
    >| {
        moments.push((moment.x.to_owned(), moment.value(), moment.grad.to_owned()));
        ControlFlow::Continue(())
    });
    moments
}

/// The first update of the run that breaks a promise, with the solver's constants.
fn broken_promise<P: Objective<f64> + ?Sized>(
    name: &str,
    problem: &P,
    solver: &mut dyn Solver<f64, P>,
    start: &Array1<f64>,
) -> Option<String> {
    let (c1, c2) = constants(name);
    let moments = moments(problem, solver, start, 40);
    moments.windows(2).enumerate().find_map(|(t, pair)| {
        let ((x, value, grad), (x_new, value_new, grad_new)) = (&pair[0], &pair[1]);
        let s = x_new - x;
        let (slope, slope_new) = (grad.dot(&s), grad_new.dot(&s));
        let mut evaluated = Array1::zeros(x.len());
        problem.gradient(x_new, &mut evaluated);
        let norm = |v: &Array1<f64>| v.dot(v).sqrt();
        // s is known up to the rounding of x + s.
        let slopes = norm(x).max(norm(x_new)) * (norm(grad) + norm(grad_new));
        let rounding = 8.0 * f64::EPSILON * (value.abs() + slopes) + 1e-9 * slope.abs();
        // Where f no longer tells points apart, the search may end with sufficient decrease.
        let resolved = slope.abs() > 1e-9 * value.abs();
        let faded = |c2: f64| !resolved || slope_new.abs() <= c2 * slope.abs() + rounding;
        let promises = [
            ("the gradient is that of x", evaluated == grad_new),
            ("f falls", value_new < value),
            ("downhill", slope < rounding),
            ("Armijo", *value_new <= value + c1 * slope + rounding),
            ("curvature", c2.is_none_or(faded)),
        ];
        let broken = promises.iter().find(|(_, kept)| !kept)?;
        Some(format!(
            "{name}, update {t} from {x} to {x_new}: {}",
            broken.0
        ))
    })
}

/// BBᵀ + I/10, symmetric positive definite.
fn positive_definite(d: usize, entries: &[f64]) -> Quadratic<f64> {
    let b = Array2::from_shape_fn((d, d), |(i, j)| entries[i * d + j]);
    let a = b.dot(&b.t()) + Array2::<f64>::eye(d) / 10.0;
    Quadratic::new((&a + &a.t()) / 2.0)
}

/// The point of the window at these shares of its sides.
fn inside(f: &dyn TestFunction<f64>, shares: &[f64]) -> Array1<f64> {
    let at = |([low, high], &share): ([f64; 2], &f64)| low + (high - low) * share;
    f.window().into_iter().zip(shares).map(at).collect()
}

/// f(x) = s|x|^p, whose gradients can be as large or small as one wants.
fn power<F: Float>(scale: F, exponent: F) -> impl Objective<F> {
    FnObjective::new(
        2,
        move |x: &ArrayRef1<F>| x.iter().map(|x| scale * x.abs().powf(exponent)).sum(),
        move |x: &ArrayRef1<F>, grad: &mut ArrayRef1<F>| {
            grad.zip_mut_with(x, |g, &x| {
                *g = scale * exponent * x.abs().powf(exponent - F::one()) * x.signum();
            });
        },
    )
}

/// An objective whose values, gradients and Hessians have sizes of their own, and need not fit.
struct Broken<F> {
    value: F,
    gradient: F,
    hessian: F,
}

impl<F: Float> Objective<F> for Broken<F> {
    fn dim(&self) -> usize {
        2
    }
    fn value(&self, x: &ArrayRef1<F>) -> F {
        x.sum() * self.value
    }
    fn gradient(&self, _: &ArrayRef1<F>, grad: &mut ArrayRef1<F>) {
        grad.fill(self.gradient);
    }
}

impl<F: Float> TwiceDifferentiable<F> for Broken<F> {
    fn hessian(&self, _: &ArrayRef1<F>, hessian: &mut ndarray::ArrayRef2<F>) {
        hessian.fill(F::zero());
        hessian.diag_mut().fill(self.hessian);
    }
}

/// Zero, denormal, small, ordinary, huge, infinite and NaN, of both signs.
fn sizes<F: Float>() -> Vec<F> {
    let (least, greatest) = (F::min_positive_value(), F::max_value());
    let sizes = [
        F::zero(),
        least * F::epsilon(),
        least,
        F::one(),
        greatest.sqrt(),
        greatest / F::of(1e8),
        greatest,
        F::infinity(),
        F::nan(),
    ];
    sizes.into_iter().flat_map(|v| [v, -v]).collect()
}

fn nothing_panics<F: Float>(value: F, gradient: F, hessian: F) -> Result<(), TestCaseError> {
    let problem = Broken {
        value,
        gradient,
        hessian,
    };
    for (name, mut solver) in all::<F, Broken<F>>() {
        let mut x = array![F::one(), F::zero()];
        let stop = minimize(&problem, &mut *solver, &mut x, 5, &mut ());
        if !gradient.is_finite() {
            prop_assert_eq!(stop, Stop::Diverged { at: 0 }, "{}", name);
        }
        if gradient.is_zero() {
            prop_assert_eq!(stop, Stop::Stalled { at: 0 }, "{}", name);
        }
        if stop == (Stop::Stalled { at: 0 }) {
            prop_assert_eq!(&x, &array![F::one(), F::zero()], "{}", name);
        }
        // and with gradients that no evaluation gave
        let mut grad = array![gradient, F::one()];
        let _ = solver.advance(&problem, 0, &mut x, &mut grad);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn steps_on_quadratics_keep_their_promises(
        entries in vec(-2.0..2.0, 16),
        start in vec(-5.0..5.0, 4),
    ) {
        let problem = positive_definite(4, &entries);
        let start = Array1::from(start);
        for (name, mut solver) in descending() {
            let broken = broken_promise(name, &problem, &mut *solver, &start);
            prop_assert!(broken.is_none(), "{}", broken.unwrap());
        }
    }

    #[test]
    fn steps_on_test_functions_keep_their_promises(shares in vec(0.0..1.0, 2)) {
        for f in two_dimensional::<f64>() {
            // f falls without end, or has kinks on which slopes do not fade
            if ["saddle", "monkey saddle", "absolute value", "Ackley"].contains(&f.name()) {
                continue;
            }
            let start = inside(&*f, &shares);
            for (name, mut solver) in searching() {
                let broken = broken_promise(name, &*f, &mut *solver, &start);
                prop_assert!(broken.is_none(), "{}: {}", f.name(), broken.unwrap());
            }
        }
    }

    #[test]
    fn f_never_rises(shares in vec(0.0..1.0, 2)) {
        for f in two_dimensional::<f64>() {
            for (name, mut solver) in searching::<f64, dyn TestFunction<f64>>() {
                let (mut x, mut history) = (inside(&*f, &shares), LossHistory::new());
                minimize(&*f, &mut *solver, &mut x, 40, &mut history);
                let falls = history.values.windows(2).all(|pair| pair[1] < pair[0]);
                prop_assert!(falls, "{name} on {}", f.name());
            }
        }
    }

    #[test]
    fn newton_never_rises_and_never_stalls_at_once(x in -2.0..2.0, y in -2.0..2.0) {
        let functions: [Box<dyn TwiceDifferentiable<f64>>; 6] = [
            Box::new(Rosenbrock::new(2)),
            Box::new(objective::Himmelblau),
            Box::new(objective::Beale),
            Box::new(objective::Saddle),
            Box::new(objective::MonkeySaddle),
            Box::new(objective::Plateau),
        ];
        for (i, f) in functions.into_iter().enumerate() {
            let mut history = LossHistory::new();
            let mut point = array![x, y];
            minimize(&f, &mut Newton::default(), &mut point, 30, &mut history);
            prop_assert!(history.values.windows(2).all(|pair| pair[1] < pair[0]), "{i}");
            prop_assert!(history.values.len() > 1, "{i}: no step at {x}, {y}");
        }
    }

    #[test]
    fn quasi_newton_methods_minimise_convex_quadratics(
        d in 1_usize..=6,
        entries in vec(-2.0..2.0, 36),
        start in vec(-5.0..5.0, 6),
    ) {
        let problem = positive_definite(d, &entries);
        let solvers: [Named<f64, Quadratic<f64>>; 3] = [
            ("bfgs", Box::<Bfgs<f64>>::default()),
            ("l-bfgs, d", Box::new(Lbfgs::default().memory(d))),
            ("l-bfgs, 10", Box::<Lbfgs<f64>>::default()),
        ];
        for (name, mut solver) in solvers {
            let mut x = Array1::from(start[..d].to_vec());
            let limit = Limit::steps(100).gradient_below(1e-9);
            let stop = minimize(&problem, &mut *solver, &mut x, limit, &mut ());
            prop_assert_eq!(stop, Stop::Converged, "{}", name);
            prop_assert!(x.iter().all(|x| x.abs() < 1e-7), "{name}: {x}");
        }
    }

    #[test]
    fn newton_needs_one_step_for_a_convex_quadratic(
        entries in vec(-2.0..2.0, 25),
        start in vec(-5.0..5.0, 5),
    ) {
        let problem = positive_definite(5, &entries);
        for mut solver in [Newton::default(), Newton::pure()] {
            let mut x = Array1::from(start.clone());
            minimize(&problem, &mut solver, &mut x, 1, &mut ());
            prop_assert!(x.iter().all(|x| x.abs() < 1e-10), "{x}");
        }
    }

    #[test]
    fn reset_repeats_the_path(x in -2.0..2.0, y in -2.0..2.0) {
        let problem = Rosenbrock::new(2);
        for (name, mut solver) in all() {
            let first = moments(&problem, &mut *solver, &array![x, y], 15);
            solver.reset();
            let second = moments(&problem, &mut *solver, &array![x, y], 15);
            prop_assert_eq!(first, second, "{}", name);
        }
    }

    #[test]
    fn a_point_moved_from_outside_is_a_new_start(x in -2.0..2.0, y in -2.0..2.0) {
        // those without memory take the path of a fresh solver from there
        let problem = Rosenbrock::new(2);
        let fresh = || -> [Box<dyn Solver<f64, Rosenbrock>>; 3] {
            [
                Box::<Backtracking<f64>>::default(),
                Box::<Newton<f64>>::default(),
                Box::new(Newton::pure()),
            ]
        };
        for (mut used, mut new) in fresh().into_iter().zip(fresh()) {
            moments(&problem, &mut *used, &array![-1.2, 1.0], 5);
            let path = moments(&problem, &mut *used, &array![x, y], 5);
            prop_assert_eq!(path, moments(&problem, &mut *new, &array![x, y], 5));
        }
    }

    #[test]
    fn nothing_panics_whatever_the_derivatives_are(
        value in prop::sample::select(sizes::<f64>()),
        gradient in prop::sample::select(sizes::<f64>()),
        hessian in prop::sample::select(sizes::<f64>()),
    ) {
        nothing_panics(value, gradient, hessian)?;
        nothing_panics(value as f32, gradient as f32, hessian as f32)?;
    }

    #[test]
    fn gradients_of_every_size_are_followed(
        scale in -6_i32..300,
        exponent in prop::sample::select(vec![1.0, 1.5, 2.0, 4.0]),
        x in 0.1..1.0,
    ) {
        let problem = power(10.0_f64.powi(scale), exponent);
        for (name, mut solver) in searching() {
            let mut start = array![x, -0.5];
            let before = problem.value(&start);
            minimize(&problem, &mut *solver, &mut start, 3, &mut ());
            prop_assert!(problem.value(&start) < before, "{name}: {start}");
        }
    }
}

#[test]
fn rosenbrock_from_the_usual_start() {
    let limit = Limit::steps(60).gradient_below(1e-8);
    let start = array![-1.2_f64, 1.0];
    let problem = Rosenbrock::new(2);
    let solvers: [Named<f64, Rosenbrock>; 3] = [
        ("bfgs", Box::<Bfgs<f64>>::default()),
        ("l-bfgs", Box::<Lbfgs<f64>>::default()),
        ("newton", Box::<Newton<f64>>::default()),
    ];
    for (name, mut solver) in solvers {
        let mut x = start.clone();
        let stop = minimize(&problem, &mut *solver, &mut x, limit, &mut ());
        assert_eq!(stop, Stop::Converged, "{name}");
        assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-8), "{name}: {x}");
    }
}

#[test]
fn single_precision_follows_double() {
    let wide = positive_definite(3, &[1.0, 0.5, -0.2, 0.3, 1.2, 0.4, -0.6, 0.1, 0.9]);
    let narrow = Quadratic::new(wide.constant_hessian().mapv(|v| v as f32));
    for ((name, mut double), (_, mut single)) in all().into_iter().zip(all()) {
        let mut x = array![3.0, -2.0, 1.0];
        let mut y = x.mapv(|v| v as f32);
        let (mut path, mut other) = (Trajectory::new(), Trajectory::new());
        minimize(&wide, &mut *double, &mut x, 3, &mut path);
        minimize(&narrow, &mut *single, &mut y, 3, &mut other);
        for (x, y) in path.points.iter().zip(&other.points) {
            let near = x
                .iter()
                .zip(y)
                .all(|(x, &y)| (x - f64::from(y)).abs() < 1e-3);
            assert!(near, "{name}: {x} {y}");
        }
        let limit = Limit::steps(200).gradient_below(1e-4);
        let stop = minimize(&narrow, &mut *single, &mut y, limit, &mut ());
        assert_eq!(stop, Stop::Converged, "{name}: {y}");
    }
}

#[test]
fn two_thousand_dimensions() {
    let mut x = Array1::<f64>::from_elem(2000, -1.2);
    let limit = Limit::steps(2000).gradient_below(1e-5);
    let stop = minimize(
        &Quadratic::with_condition_number(1e4, 2000),
        &mut Lbfgs::default(),
        &mut x,
        limit,
        &mut (),
    );
    assert_eq!(stop, Stop::Converged);
}

#[test]
fn a_nan_gradient_is_noticed_where_it_appears_or_avoided() {
    // x falls by 1 at each update of length 1; the gradient is NaN from x = 2.5 down
    let cliff = FnObjective::new(
        1,
        |x: &ArrayRef1<f64>| x[0],
        |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            grad[0] = if x[0] > 2.5 { 1.0 } else { f64::NAN };
        },
    );
    let mut x = array![5.0];
    let stop = minimize(&cliff, &mut Backtracking::default(), &mut x, 100, &mut ());
    assert_eq!((stop, x[0]), (Stop::Diverged { at: 3 }, 2.0));
    // strong Wolfe searches see the gradient of a trial before they go there
    for (name, mut solver) in searching() {
        if name.contains("backtracking") {
            continue;
        }
        let mut x = array![5.0];
        let stop = minimize(&cliff, &mut *solver, &mut x, 200, &mut ());
        assert!(matches!(stop, Stop::Stalled { .. }), "{name}: {stop}");
        assert!(x[0] > 2.5 && x[0] < 2.6, "{name}: {x}");
    }
}

#[test]
fn a_fall_without_end_does_not_hang() {
    for (name, mut solver) in searching::<f64, dyn TestFunction<f64>>() {
        let mut x = array![1.0, 0.5];
        minimize(
            &objective::MonkeySaddle as &dyn TestFunction<f64>,
            &mut *solver,
            &mut x,
            500,
            &mut (),
        );
        assert!(x.iter().all(|x| x.is_finite()), "{name}: {x}");
    }
}
