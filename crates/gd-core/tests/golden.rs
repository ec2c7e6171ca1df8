//! Whole trajectories against PyTorch, and optax for Lion (tests/golden, float64), at the tolerance
//! the files state.

mod fixtures;

use std::collections::BTreeMap;

use fixtures::{FUNCTIONS, function};
use gd_core::{
    Descent, Optimizer, minimize,
    observer::Trajectory,
    optim::{
        Adadelta, Adagrad, Adam, AdamW, Adamax, Asgd, Lion, NAdam, RAdam, RmsProp, Rprop, Sgd,
    },
};
use ndarray::Array1;
use serde::{Deserialize, de::DeserializeOwned};
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
    /// The last average, of ASGD only.
    ax_final: Option<Vec<f64>>,
}

#[derive(Deserialize)]
struct LionFile {
    lion: Vec<LionRun>,
}

#[derive(Deserialize)]
struct LionRun {
    function: String,
    start: Vec<f64>,
    hyperparameters: BTreeMap<String, f64>,
    suggested_tolerance: f64,
    params: Vec<Vec<f64>>,
}

/// The configurations that every file must hold and that are compared.
const COVERED: [&str; 29] = [
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
    "adagrad",
    "adagrad_lr_decay_acc_wd",
    "adadelta",
    "adadelta_rho95_eps1e-4_wd",
    "adamw",
    "adamw_amsgrad",
    "nadam",
    "nadam_decoupled_wd",
    "radam",
    "radam_decoupled_wd",
    "adamax",
    "rprop",
    "asgd",
    "asgd_t0_20",
];

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn flag(value: &Value) -> bool {
    value.as_bool().expect("true or false")
}

impl Run {
    fn lr(&self) -> f64 {
        number(&self.hyperparameters["lr"])
    }

    /// `rule` after every hyperparameter but lr, in alphabetical order: momentum comes before
    /// nesterov, which needs it.
    fn configure<R>(&self, rule: R, set: impl Fn(R, &str, &Value) -> R) -> R {
        self.hyperparameters
            .iter()
            .filter(|(name, _)| *name != "lr")
            .fold(rule, |rule, (name, value)| set(rule, name, value))
    }

    fn asgd(&self) -> Asgd<f64> {
        self.configure(Asgd::default(), |rule, name, v| match name {
            "lambd" => rule.lambd(number(v)),
            "alpha" => rule.alpha(number(v)),
            "t0" => rule.t0(v.as_u64().expect("a count") as usize),
            "weight_decay" => rule.weight_decay(number(v)),
            other => panic!("Asgd has no {other}"),
        })
    }
}

/// The rule of a run; panics at a hyperparameter it does not know. `lr` is the caller's.
fn rule(run: &Run) -> Option<Box<dyn Optimizer<f64>>> {
    Some(match run.torch_class.as_str() {
        "torch.optim.SGD" => Box::new(run.configure(Sgd::default(), |rule, name, v| match name {
            "momentum" => rule.momentum(number(v)),
            "dampening" => rule.dampening(number(v)),
            "nesterov" => rule.nesterov(flag(v)),
            "weight_decay" => rule.weight_decay(number(v)),
            other => panic!("Sgd has no {other}"),
        })),
        "torch.optim.RMSprop" => {
            Box::new(
                run.configure(RmsProp::default(), |rule, name, v| match name {
                    "alpha" => rule.alpha(number(v)),
                    "eps" => rule.eps(number(v)),
                    "momentum" => rule.momentum(number(v)),
                    "centered" => rule.centered(flag(v)),
                    "weight_decay" => rule.weight_decay(number(v)),
                    other => panic!("RmsProp has no {other}"),
                }),
            )
        }
        "torch.optim.Adam" => {
            Box::new(run.configure(Adam::default(), |rule, name, v| match name {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "weight_decay" => rule.weight_decay(number(v)),
                "amsgrad" => rule.amsgrad(flag(v)),
                other => panic!("Adam has no {other}"),
            }))
        }
        "torch.optim.Adagrad" => {
            Box::new(
                run.configure(Adagrad::default(), |rule, name, v| match name {
                    "lr_decay" => rule.lr_decay(number(v)),
                    "initial_accumulator_value" => rule.initial_accumulator_value(number(v)),
                    "eps" => rule.eps(number(v)),
                    "weight_decay" => rule.weight_decay(number(v)),
                    other => panic!("Adagrad has no {other}"),
                }),
            )
        }
        "torch.optim.Adadelta" => {
            Box::new(
                run.configure(Adadelta::default(), |rule, name, v| match name {
                    "rho" => rule.rho(number(v)),
                    "eps" => rule.eps(number(v)),
                    "weight_decay" => rule.weight_decay(number(v)),
                    other => panic!("Adadelta has no {other}"),
                }),
            )
        }
        "torch.optim.AdamW" => {
            Box::new(run.configure(AdamW::default(), |rule, name, v| match name {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "weight_decay" => rule.weight_decay(number(v)),
                "amsgrad" => rule.amsgrad(flag(v)),
                other => panic!("AdamW has no {other}"),
            }))
        }
        "torch.optim.NAdam" => {
            Box::new(run.configure(NAdam::default(), |rule, name, v| match name {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "weight_decay" => rule.weight_decay(number(v)),
                "decoupled_weight_decay" => rule.decoupled_weight_decay(flag(v)),
                "momentum_decay" => rule.momentum_decay(number(v)),
                other => panic!("NAdam has no {other}"),
            }))
        }
        "torch.optim.RAdam" => {
            Box::new(run.configure(RAdam::default(), |rule, name, v| match name {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "weight_decay" => rule.weight_decay(number(v)),
                "decoupled_weight_decay" => rule.decoupled_weight_decay(flag(v)),
                other => panic!("RAdam has no {other}"),
            }))
        }
        "torch.optim.Adamax" => Box::new(run.configure(
            Adamax::default(),
            |rule, name, v| match name {
                "betas" => rule.betas(number(&v[0]), number(&v[1])),
                "eps" => rule.eps(number(v)),
                "weight_decay" => rule.weight_decay(number(v)),
                other => panic!("Adamax has no {other}"),
            },
        )),
        "torch.optim.Rprop" => {
            Box::new(run.configure(Rprop::default(), |rule, name, v| match name {
                "etas" => rule.etas(number(&v[0]), number(&v[1])),
                "step_sizes" => rule.step_sizes(number(&v[0]), number(&v[1])),
                other => panic!("Rprop has no {other}"),
            }))
        }
        "torch.optim.ASGD" => Box::new(run.asgd()),
        _ => return None,
    })
}

fn read<T: DeserializeOwned>(file: &str) -> T {
    let path = format!("{}/tests/golden/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn assert_close(ours: &Array1<f64>, reference: &[f64], tolerance: f64, what: &str) {
    assert_eq!(ours.len(), reference.len(), "{what}");
    for (&a, &b) in ours.iter().zip(reference) {
        assert!(
            (a - b).abs() <= tolerance * b.abs().max(1.0),
            "{what}: {a} differs from {b} by more than {tolerance}"
        );
    }
}

/// Runs `rule` along `params`, whose first row is the start.
fn follow(
    function_name: &str,
    rule: impl Optimizer<f64>,
    lr: f64,
    params: &[Vec<f64>],
    tolerance: f64,
    name: &str,
) {
    let (mut x, mut path) = (Array1::from(params[0].clone()), Trajectory::new());
    minimize(
        &*function::<f64>(function_name),
        &mut Descent::new(rule, lr),
        &mut x,
        params.len() - 1,
        &mut path,
    );
    assert_eq!(path.points.len(), params.len(), "{function_name}/{name}");
    for (step, (ours, reference)) in path.points.iter().zip(params).enumerate() {
        let what = format!("{function_name}/{name} step {step}");
        assert_close(ours, reference, tolerance, &what);
    }
}

fn compare(function_name: &str) {
    let file: File = read(&format!("traj_{function_name}"));
    assert_eq!(file.function, function_name);

    let mut compared = Vec::new();
    for run in &file.runs {
        let Some(mut rule) = rule(run) else { continue };
        assert_eq!(run.params[0], file.start);
        assert_eq!(run.params.len(), run.steps + 1);
        follow(
            function_name,
            &mut rule,
            run.lr(),
            &run.params,
            run.suggested_tolerance,
            &run.optimizer,
        );
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

#[test]
fn averages_of_asgd() {
    for name in FUNCTIONS {
        let file: File = read(&format!("traj_{name}"));
        let mut compared = 0;
        for run in &file.runs {
            let Some(reference) = &run.ax_final else {
                continue;
            };
            let mut rule = run.asgd();
            follow(
                name,
                &mut rule,
                run.lr(),
                &run.params,
                run.suggested_tolerance,
                &run.optimizer,
            );
            let average = rule.average().expect("steps were made");
            let what = format!("{name}/{} average", run.optimizer);
            assert_close(average, reference, run.suggested_tolerance, &what);
            compared += 1;
        }
        assert_eq!(compared, 2, "{name}");
    }
}

#[test]
fn lion() {
    let file: LionFile = read("lion_muon");
    let mut compared = BTreeMap::new();
    for run in &file.lion {
        if !FUNCTIONS.contains(&run.function.as_str()) {
            continue;
        }
        assert_eq!(run.params[0], run.start);
        let mut rule = Lion::default();
        for (name, &v) in &run.hyperparameters {
            rule = match name.as_str() {
                "lr" | "b2" => rule,
                "b1" => rule.betas(v, run.hyperparameters["b2"]),
                "weight_decay" => rule.weight_decay(v),
                other => panic!("Lion has no {other}"),
            };
        }
        follow(
            &run.function,
            rule,
            run.hyperparameters["lr"],
            &run.params,
            run.suggested_tolerance,
            "lion",
        );
        *compared.entry(run.function.as_str()).or_insert(0) += 1;
    }
    assert_eq!(compared, FUNCTIONS.map(|name| (name, 2)).into());
}
