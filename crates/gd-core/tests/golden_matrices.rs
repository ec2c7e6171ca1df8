//! Whole trajectories of the rules for matrices: Muon's of tests/golden/lion_muon.json and
//! PyTorch's Adafactor's of tests/golden/adafactor.json (float64), at the tolerance the files state.

use std::collections::BTreeMap;

use gd_core::{
    Descent, Objective, Optimizer,
    linalg::symmetric_eigenvalues,
    minimize,
    objective::{FnObjective, Quadratic, Rosenbrock},
    observer::{LossHistory, Trajectory},
    optim::{Adafactor, Muon, NewtonSchulz},
};
use ndarray::{Array1, Array2, ArrayRef1};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

fn read<T: DeserializeOwned>(file: &str) -> T {
    let path = format!("{}/tests/golden/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn matrix(rows: &[Vec<f64>]) -> Array2<f64> {
    Array2::from_shape_fn((rows.len(), rows[0].len()), |(i, j)| rows[i][j])
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn assert_close<'a>(
    ours: impl IntoIterator<Item = &'a f64>,
    reference: impl IntoIterator<Item = &'a f64>,
    tolerance: f64,
    what: &str,
) {
    let (mut ours, mut reference) = (ours.into_iter(), reference.into_iter());
    loop {
        match (ours.next(), reference.next()) {
            (Some(a), Some(b)) => assert!(
                (a - b).abs() <= tolerance * b.abs().max(1.0),
                "{what}: {a} differs from {b} by more than {tolerance}"
            ),
            (None, None) => break,
            _ => panic!("{what}: the lengths differ"),
        }
    }
}

/// ½‖AW − B‖² of a flat W, with gradient Aᵀ(AW − B).
fn least_squares(a: Array2<f64>, b: Array2<f64>) -> impl Objective<f64> {
    let shape = (a.ncols(), b.ncols());
    let residual = {
        let a = a.clone();
        move |w: &ArrayRef1<f64>| a.dot(&w.to_shape(shape).expect("a flat matrix")) - &b
    };
    let again = residual.clone();
    FnObjective::new(
        shape.0 * shape.1,
        move |w: &ArrayRef1<f64>| 0.5 * residual(w).pow2().sum(),
        move |w: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            grad.assign(&a.t().dot(&again(w)).flatten());
        },
    )
}

#[derive(Deserialize)]
struct MuonFile {
    muon_problem: MuonProblem,
    muon: Vec<MuonRun>,
}

#[derive(Deserialize)]
#[allow(non_snake_case, reason = "as in the file")]
struct MuonProblem {
    A: Vec<Vec<f64>>,
    B: Vec<Vec<f64>>,
    W0: Vec<Vec<f64>>,
    newton_schulz_of_first_gradient: Vec<Vec<f64>>,
    singular_values_of_it: Vec<f64>,
}

#[derive(Deserialize)]
#[allow(non_snake_case, reason = "as in the file")]
struct MuonRun {
    hyperparameters: BTreeMap<String, Value>,
    suggested_tolerance: f64,
    loss: Vec<f64>,
    W: Vec<Vec<Vec<f64>>>,
}

impl MuonRun {
    fn rule(&self, rows: usize, cols: usize) -> Muon<f64> {
        let set = |rule: Muon<f64>, (name, v): (&String, &Value)| match name.as_str() {
            "lr" => rule,
            "weight_decay" => rule.weight_decay(number(v)),
            "momentum" => rule.momentum(number(v)),
            "nesterov" => rule.nesterov(v.as_bool().expect("true or false")),
            "ns_steps" => rule.ns_steps(v.as_u64().expect("a count") as usize),
            "ns_coefficients" => rule.ns_coefficients(number(&v[0]), number(&v[1]), number(&v[2])),
            "eps" => rule.eps(number(v)),
            other => panic!("Muon has no {other}"),
        };
        self.hyperparameters.iter().fold(Muon::new(rows, cols), set)
    }
}

#[test]
fn newton_schulz_of_the_first_gradient() {
    let MuonFile { muon_problem, muon } = read("lion_muon");
    let problem = least_squares(matrix(&muon_problem.A), matrix(&muon_problem.B));
    let w0 = matrix(&muon_problem.W0);
    let mut grad = Array1::zeros(w0.len());
    problem.gradient(&w0.flatten(), &mut grad);

    let g = grad.into_shape_with_order(w0.dim()).expect("as W0");
    let x = NewtonSchulz::default().orthogonalize(&g);
    let tolerance = muon[0].suggested_tolerance;
    let known = matrix(&muon_problem.newton_schulz_of_first_gradient);
    assert_close(&x, &known, tolerance, "X");

    let mut sigma = symmetric_eigenvalues(&x.t().dot(&x)).sqrt().to_vec();
    sigma.reverse();
    let known = &muon_problem.singular_values_of_it;
    assert_close(&sigma, known, tolerance, "singular values");
}

#[test]
fn muon() {
    let MuonFile { muon_problem, muon } = read("lion_muon");
    let problem = least_squares(matrix(&muon_problem.A), matrix(&muon_problem.B));
    let w0 = matrix(&muon_problem.W0);
    for (k, run) in muon.iter().enumerate() {
        let (rows, cols) = w0.dim();
        let lr = number(&run.hyperparameters["lr"]);
        let mut solver = Descent::new(run.rule(rows, cols), lr);
        let mut observers = (Trajectory::new(), LossHistory::new());
        let (mut w, steps) = (w0.flatten().to_owned(), run.W.len() - 1);
        minimize(&problem, &mut solver, &mut w, steps, &mut observers);
        let (path, loss) = observers;
        for (step, (ours, known)) in path.points.iter().zip(&run.W).enumerate() {
            let what = format!("run {k}, step {step}");
            assert_close(ours, &matrix(known), run.suggested_tolerance, &what);
        }
        assert_close(&loss.values, &run.loss, run.suggested_tolerance, "loss");
    }
    assert_eq!(muon.len(), 3, "the runs of the file");
}

#[derive(Deserialize)]
struct AdafactorFile {
    problems: BTreeMap<String, Problem>,
    runs: Vec<AdafactorRun>,
}

#[derive(Deserialize)]
#[allow(non_snake_case, reason = "as in the file")]
struct Problem {
    shape: Vec<usize>,
    start: Vec<f64>,
    A: Option<Vec<Vec<f64>>>,
    B: Option<Vec<Vec<f64>>>,
}

#[derive(Deserialize)]
struct AdafactorRun {
    optimizer: String,
    problem: String,
    hyperparameters: BTreeMap<String, Value>,
    suggested_tolerance: f64,
    params: Vec<Vec<f64>>,
}

impl AdafactorRun {
    fn rule(&self, shape: &[usize]) -> Adafactor<f64> {
        let rule = match shape {
            &[rows, cols] => Adafactor::matrix(rows, cols),
            _ => Adafactor::vector(),
        };
        let set = |rule: Adafactor<f64>, (name, v): (&String, &Value)| match name.as_str() {
            "lr" => rule,
            "beta2_decay" => rule.beta2_decay(number(v)),
            "eps" => rule.eps(number(&v[0]), number(&v[1])),
            "d" => rule.d(number(v)),
            "weight_decay" => rule.weight_decay(number(v)),
            other => panic!("Adafactor has no {other}"),
        };
        self.hyperparameters.iter().fold(rule, set)
    }
}

#[test]
fn adafactor() {
    let file: AdafactorFile = read("adafactor");
    for run in &file.runs {
        let Problem { shape, start, A, B } = &file.problems[&run.problem];
        let problem: Box<dyn Objective<f64>> = match (run.problem.as_str(), A, B) {
            ("rosenbrock", None, None) => Box::new(Rosenbrock::new(2)),
            ("quadratic", None, None) => Box::new(Quadratic::bowl()),
            (_, Some(a), Some(b)) => Box::new(least_squares(matrix(a), matrix(b))),
            (other, ..) => panic!("adafactor.json has {other}, which is not tested"),
        };
        let lr = number(&run.hyperparameters["lr"]);
        let mut rule = run.rule(shape);
        // The second time after a reset.
        for _ in 0..2 {
            let (mut x, mut path) = (Array1::from(start.clone()), Trajectory::new());
            let mut solver = Descent::new(&mut rule, lr);
            let steps = run.params.len() - 1;
            minimize(&*problem, &mut solver, &mut x, steps, &mut path);
            for (step, (ours, known)) in path.points.iter().zip(&run.params).enumerate() {
                let what = format!("{}/{} step {step}", run.problem, run.optimizer);
                assert_close(ours, known, run.suggested_tolerance, &what);
            }
            rule.reset();
        }
    }
    assert_eq!(file.runs.len(), 16, "the runs of the file");
}
