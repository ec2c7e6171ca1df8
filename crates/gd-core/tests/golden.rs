//! Whole trajectories against PyTorch (tests/golden, float64), at the tolerance the files state.

mod fixtures;

use std::collections::BTreeMap;

use fixtures::{FUNCTIONS, function};
use gd_core::{
    Descent, Optimizer, minimize,
    observer::Trajectory,
    optim::{Adam, RmsProp, Sgd},
};
use ndarray::Array1;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct File {
    function: String,
    start: Vec<f64>,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    optimizer: String,
    torch_class: String,
    hyperparameters: BTreeMap<String, Value>,
    steps: usize,
    suggested_tolerance: f64,
    params: Vec<Vec<f64>>,
}

/// The configurations that every file must hold and that are compared.
const COVERED: [&str; 15] = [
    "sgd",
    "sgd_momentum",
    "sgd_nesterov",
    "sgd_weight_decay",
    "sgd_momentum_dampening",
    "sgd_nesterov_weight_decay",
    "rmsprop",
    "rmsprop_alpha90",
    "rmsprop_centered",
    "rmsprop_momentum",
    "rmsprop_centered_momentum_wd",
    "adam",
    "adam_beta2_99",
    "adam_weight_decay",
    "adam_amsgrad",
];

/// The rule of a run; panics at a hyperparameter it does not know. `lr` is the caller's.
fn rule(run: &Run) -> Option<Box<dyn Optimizer<f64>>> {
    let hyperparameters = || run.hyperparameters.iter().filter(|(name, _)| *name != "lr");
    let number = |value: &Value| value.as_f64().expect("a number");
    Some(match run.torch_class.as_str() {
        "torch.optim.SGD" => {
            // The map is sorted, so momentum comes before nesterov, which needs it.
            Box::new(hyperparameters().fold(
                Sgd::default(),
                |rule, (name, v)| match name.as_str() {
                    "momentum" => rule.momentum(number(v)),
                    "dampening" => rule.dampening(number(v)),
                    "nesterov" => rule.nesterov(v.as_bool().unwrap()),
                    "weight_decay" => rule.weight_decay(number(v)),
                    other => panic!("Sgd has no {other}"),
                },
            ))
        }
        "torch.optim.RMSprop" => Box::new(hyperparameters().fold(
            RmsProp::default(),
            |rule, (name, v)| match name.as_str() {
                "alpha" => rule.alpha(number(v)),
                "eps" => rule.eps(number(v)),
                "momentum" => rule.momentum(number(v)),
                "centered" => rule.centered(v.as_bool().unwrap()),
                "weight_decay" => rule.weight_decay(number(v)),
                other => panic!("RmsProp has no {other}"),
            },
        )),
        "torch.optim.Adam" => Box::new(hyperparameters().fold(
            Adam::default(),
            |rule, (name, v)| match name.as_str() {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "amsgrad" => rule.amsgrad(v.as_bool().unwrap()),
                "weight_decay" => rule.weight_decay(number(v)),
                other => panic!("Adam has no {other}"),
            },
        )),
        _ => return None,
    })
}

fn compare(function_name: &str) {
    let path = format!(
        "{}/tests/golden/traj_{function_name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let file: File = serde_json::from_str(&text).unwrap();
    assert_eq!(file.function, function_name);
    let problem = function::<f64>(function_name);

    let mut compared = Vec::new();
    for run in &file.runs {
        let Some(rule) = rule(run) else { continue };
        let lr = run.hyperparameters["lr"].as_f64().unwrap();
        let (mut x, mut path) = (Array1::from(file.start.clone()), Trajectory::new());
        minimize(
            &*problem,
            &mut Descent::new(rule, lr),
            &mut x,
            run.steps,
            &mut path,
        );

        assert_eq!(
            path.points.len(),
            run.params.len(),
            "{function_name}/{}",
            run.optimizer
        );
        for (step, (ours, torch)) in path.points.iter().zip(&run.params).enumerate() {
            for (&a, &b) in ours.iter().zip(torch) {
                assert!(
                    (a - b).abs() <= run.suggested_tolerance * b.abs().max(1.0),
                    "{function_name}/{} step {step}: {a} differs from {b} by more than {}",
                    run.optimizer,
                    run.suggested_tolerance
                );
            }
        }
        compared.push(run.optimizer.as_str());
    }
    compared.sort_unstable();
    let mut covered = COVERED;
    covered.sort_unstable();
    assert_eq!(
        compared, covered,
        "the configurations in traj_{function_name}.json"
    );
}

#[test]
fn beale() {
    compare("beale");
}

#[test]
fn himmelblau() {
    compare("himmelblau");
}

#[test]
fn quadratic() {
    compare("quadratic");
}

#[test]
fn ravine() {
    compare("ravine");
}

#[test]
fn rosenbrock() {
    compare("rosenbrock");
}

#[test]
fn saddle() {
    compare("saddle");
}

#[test]
fn every_function_has_its_file() {
    for name in FUNCTIONS {
        assert!(
            std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("tests/golden/traj_{name}.json"))
                .exists()
        );
    }
}
