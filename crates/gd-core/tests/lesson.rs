//! The lesson's two data sets, and its runs on them, against NumPy (tests/golden/seed_*.json).

use gd_core::{
    Descent, data, minimize,
    model::LinearRegression,
    observer::{LossHistory, Trajectory},
    optim::Sgd,
};
use ndarray::array;
use serde::Deserialize;

const TOLERANCE: f64 = 1e-12;

fn assert_close(what: &str, ours: &[f64], reference: &[f64]) {
    assert_eq!(ours.len(), reference.len(), "{what}");
    for (i, (a, b)) in ours.iter().zip(reference).enumerate() {
        assert!(
            (a - b).abs() <= TOLERANCE * b.abs().max(1.0),
            "{what}[{i}]: {a} and {b}"
        );
    }
}

#[test]
fn line() {
    #[derive(Deserialize)]
    struct Golden {
        #[serde(rename = "X")]
        x: Vec<f64>,
        y: Vec<f64>,
        loss_history: Vec<f64>,
        w_history: Vec<f64>,
        b_history: Vec<f64>,
        w_final: f64,
        b_final: f64,
    }
    let golden: Golden =
        serde_json::from_str(include_str!("golden/seed_linear_regression.json")).unwrap();
    let data = data::lesson_line::<f64>();
    assert_eq!((data.x.to_vec(), data.y.to_vec()), (golden.x, golden.y));

    let mut observer = (LossHistory::new(), Trajectory::new());
    let mut theta = array![0.0, 0.0];
    let mut solver = Descent::new(Sgd::plain(), 0.01);
    minimize(
        &LinearRegression::line(&data),
        &mut solver,
        &mut theta,
        200,
        &mut observer,
    );
    let (loss, path) = observer;
    // The lesson records before each of its 200 updates; minimize also after the last one.
    assert_close("loss", &loss.values[..200], &golden.loss_history);
    assert_close("w", &path.coordinate(0)[..200], &golden.w_history);
    assert_close("b", &path.coordinate(1)[..200], &golden.b_history);
    assert_close("final", &theta.to_vec(), &[golden.w_final, golden.b_final]);
}

#[test]
fn parabola() {
    #[derive(Deserialize)]
    struct Golden {
        #[serde(rename = "X")]
        x: Vec<f64>,
        y: Vec<f64>,
        least_squares_abc: Vec<f64>,
        gd: Run,
    }
    #[derive(Deserialize)]
    struct Run {
        lr: f64,
        epochs: usize,
        start: Vec<f64>,
        abc: Vec<f64>,
    }
    let golden: Golden = serde_json::from_str(include_str!("golden/seed_exercise2.json")).unwrap();
    let data = data::lesson_parabola::<f64>();
    assert_eq!((data.x.to_vec(), data.y.to_vec()), (golden.x, golden.y));

    let model = LinearRegression::polynomial(&data, 2);
    assert_close(
        "least squares",
        &model.least_squares().to_vec(),
        &golden.least_squares_abc,
    );
    let mut theta = golden.gd.start.into();
    let mut solver = Descent::new(Sgd::plain(), golden.gd.lr);
    minimize(&model, &mut solver, &mut theta, golden.gd.epochs, &mut ());
    assert_close("(a, b, c)", &theta.to_vec(), &golden.gd.abc);
}
