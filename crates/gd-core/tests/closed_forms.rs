//! Runs whose every point is known by a formula.

use gd_core::{
    Descent, Float, Limit, Stop, data, minimize,
    model::LinearRegression,
    objective::{Quadratic, Saddle},
    observer::{LossHistory, Trajectory},
    optim::Sgd,
};
use ndarray::{Array1, array};

fn gd<F: Float>(lr: F) -> Descent<Sgd<F>, F> {
    Descent::new(Sgd::plain(), lr)
}

#[test]
fn on_a_parabola_every_update_multiplies_by_one_minus_two_lr() {
    for lr in [0.01_f64, 0.1, 0.3, 0.5, 0.7, 0.95, 1.0, 1.1] {
        let mut path = Trajectory::new();
        minimize(
            &Quadratic::square(),
            &mut gd(lr),
            &mut array![4.0],
            60,
            &mut path,
        );
        for (t, x) in path.points.iter().enumerate() {
            let known = 4.0 * (1.0 - 2.0 * lr).powi(t as i32);
            assert!(
                (x[0] - known).abs() <= 1e-12 * known.abs().max(1e-9),
                "lr {lr}, t {t}"
            );
        }
    }
}

#[test]
fn every_curvature_has_its_own_factor() {
    let (curvatures, start, lr) = ([1.0, 7.0, 50.0], [-4.0, 2.0, 1.0], 0.03);
    let mut x = Array1::from(start.to_vec());
    minimize(
        &Quadratic::diagonal(&curvatures),
        &mut gd(lr),
        &mut x,
        40,
        &mut (),
    );
    for i in 0..3 {
        let known = start[i] * f64::powi(1.0 - lr * curvatures[i], 40);
        assert!(
            (x[i] - known).abs() <= 1e-12 * known.abs(),
            "{i}: {} and {known}",
            x[i]
        );
    }
}

#[test]
fn the_limit_is_two_over_the_greatest_curvature() {
    let problem = Quadratic::new(array![[3.0, 1.0], [1.0, 2.0]]);
    let limit = 2.0 / problem.curvatures()[1];
    let run = |lr| {
        let mut x = array![1.0, -0.5];
        let end = Limit::steps(200_000).gradient_below(1e-9);
        minimize(&problem, &mut gd(lr), &mut x, end, &mut ())
    };
    assert_eq!(run(0.999 * limit), Stop::Converged);
    assert!(matches!(run(1.01 * limit), Stop::Diverged { .. }));
}

#[test]
fn the_limit_of_linear_regression_is_what_it_says() {
    let model = LinearRegression::<f64>::line(&data::lesson_line());
    let limit = model.largest_stable_lr();
    let run = |lr| {
        let (mut theta, mut loss) = (array![0.0, 0.0], LossHistory::new());
        minimize(&model, &mut gd(lr), &mut theta, 2000, &mut loss);
        (theta, loss.values)
    };
    let (theta, _) = run(0.99 * limit);
    assert!(
        (theta - model.least_squares())
            .iter()
            .all(|e| e.abs() < 1e-12)
    );
    let (_, loss) = run(1.01 * limit);
    assert!(loss[2000] > 1e20 * loss[0], "{} to {}", loss[0], loss[2000]);
}

#[test]
fn saddles_are_left_at_a_known_pace() {
    let (mut path, lr) = (Trajectory::new(), 0.01_f64);
    minimize(&Saddle, &mut gd(lr), &mut array![1.0, 1e-3], 400, &mut path);
    for (t, x) in path.points.iter().enumerate() {
        let known = [
            (1.0 - 2.0 * lr).powi(t as i32),
            1e-3 * (1.0 + 2.0 * lr).powi(t as i32),
        ];
        for i in 0..2 {
            assert!(
                (x[i] - known[i]).abs() <= 1e-12 * known[i],
                "t {t}: {x} and {known:?}"
            );
        }
    }
    // 349 steps to |y| > 1, and never from y = 0
    assert_eq!(path.points.iter().position(|x| x[1] > 1.0), Some(349));
    let mut stuck = array![1.0, 0.0];
    minimize(&Saddle, &mut gd(lr), &mut stuck, 5000, &mut ());
    assert_eq!(stuck[1], 0.0);
}

#[test]
fn the_first_overflow_is_the_step_of_divergence() {
    // lr 1.5 on x²: x doubles and changes its sign. 2^(t+1) overflows in the gradient first.
    let mut x = array![1.0_f32];
    let stop = minimize(&Quadratic::square(), &mut gd(1.5), &mut x, 1000, &mut ());
    assert_eq!(stop, Stop::Diverged { at: 127 });
    assert_eq!(x[0], -(2.0_f32.powi(127)));
}

#[test]
fn momentum_follows_its_recurrence() {
    // x_{t+1} = (1 + μ − ηλ) x_t − μ x_{t−1}
    let (mu, lr, lambda) = (0.9, 0.05, 2.0);
    let mut path = Trajectory::new();
    let mut solver = Descent::new(Sgd::default().momentum(mu), lr);
    minimize(
        &Quadratic::square(),
        &mut solver,
        &mut array![4.0],
        100,
        &mut path,
    );
    let x = path.coordinate(0);
    assert_eq!(x[1], 4.0 - lr * lambda * 4.0);
    for t in 1..100 {
        let known: f64 = (1.0 + mu - lr * lambda) * x[t] - mu * x[t - 1];
        assert!((x[t + 1] - known).abs() < 1e-14, "t {t}");
    }
}
