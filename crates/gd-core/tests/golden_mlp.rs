//! A network of 337 parameters against PyTorch (tests/golden/mlp.json): outputs, losses, gradients
//! and training by five rules, on regression and on classification.

use std::collections::BTreeMap;

use gd_core::{
    Descent, Objective, Optimizer, minimize,
    model::{EmpiricalRisk, Mlp, Target},
    observer::LossHistory,
    optim::{Adam, AdamW, RmsProp, Sgd},
};
use ndarray::{Array1, Array2};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct File {
    #[serde(rename = "X")]
    x: Vec<[f64; 2]>,
    y_regression: Vec<f64>,
    y_classification: Vec<usize>,
    initial_weights: Parameters,
    tasks: BTreeMap<String, Task>,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "W1")]
    w1: Vec<Vec<f64>>,
    b1: Vec<f64>,
    #[serde(rename = "W2")]
    w2: Vec<Vec<f64>>,
    b2: Vec<f64>,
    #[serde(rename = "W3")]
    w3: Vec<Vec<f64>>,
    b3: Vec<f64>,
}

#[derive(Deserialize)]
struct Task {
    loss: f64,
    outputs: Vec<f64>,
    gradients: Parameters,
    grad_norm: f64,
    training: Vec<Training>,
}

#[derive(Deserialize)]
struct Training {
    optimizer: String,
    torch_class: String,
    hyperparameters: BTreeMap<String, Value>,
    loss_curve: Vec<f64>,
    #[serde(rename = "final_W3")]
    final_w3: Vec<Vec<f64>>,
    final_b3: Vec<f64>,
    suggested_tolerance: f64,
    final_accuracy: Option<f64>,
}

impl Parameters {
    /// As gd-core orders them: layer by layer, W and then b.
    fn flat(&self) -> Array1<f64> {
        [
            self.w1.concat(),
            self.b1.clone(),
            self.w2.concat(),
            self.b2.clone(),
            self.w3.concat(),
            self.b3.clone(),
        ]
        .concat()
        .into()
    }
}

impl Training {
    fn rule(&self) -> Box<dyn Optimizer<f64>> {
        let number = |name| self.hyperparameters.get(name).and_then(Value::as_f64);
        let flag = |name| self.hyperparameters.get(name).and_then(Value::as_bool);
        let known = ["lr", "momentum", "nesterov", "weight_decay", "alpha", "eps"];
        for name in self.hyperparameters.keys() {
            assert!(known.contains(&name.as_str()), "unknown {name}");
        }
        match self.torch_class.as_str() {
            "torch.optim.SGD" => Box::new(
                Sgd::default()
                    .momentum(number("momentum").unwrap_or(0.0))
                    .nesterov(flag("nesterov").unwrap_or(false)),
            ),
            "torch.optim.RMSprop" => {
                assert!(number("momentum").is_none() && number("eps").is_none());
                Box::new(RmsProp::default().alpha(number("alpha").unwrap_or(0.99)))
            }
            "torch.optim.Adam" => Box::<Adam<f64>>::default(),
            "torch.optim.AdamW" => {
                Box::new(AdamW::default().weight_decay(number("weight_decay").unwrap_or(0.01)))
            }
            other => panic!("no rule for {other}"),
        }
    }
}

fn close(what: &str, a: f64, b: f64, tolerance: f64) {
    assert!(
        (a - b).abs() <= tolerance * b.abs().max(1.0),
        "{what}: {a} and {b}"
    );
}

#[test]
fn the_network_of_pytorch() {
    let file: File = serde_json::from_str(include_str!("golden/mlp.json")).unwrap();
    let x = Array2::from(file.x);
    let start = file.initial_weights.flat();
    assert_eq!(file.tasks.len(), 2);
    for (name, task) in &file.tasks {
        let target = match name.as_str() {
            "regression_mse" => {
                let y = Array1::from(file.y_regression.clone());
                Target::MeanSquaredError(y.insert_axis(ndarray::Axis(1)))
            }
            "classification_bce" => Target::BinaryCrossEntropy(file.y_classification.clone()),
            other => panic!("no loss for {other}"),
        };
        let risk = EmpiricalRisk::new(Mlp::new(&[2, 16, 16, 1]), x.clone(), target);

        let outputs = risk.net().forward(&start, x.view());
        for (a, &b) in outputs.iter().zip(&task.outputs) {
            close(name, *a, b, 1e-14);
        }
        let mut grad = Array1::zeros(start.len());
        close(
            name,
            risk.value_and_gradient(&start, &mut grad),
            task.loss,
            1e-14,
        );
        for (a, &b) in grad.iter().zip(&task.gradients.flat()) {
            close(name, *a, b, 1e-13);
        }
        close(name, grad.dot(&grad).sqrt(), task.grad_norm, 1e-13);

        assert_eq!(task.training.len(), 5, "{name}");
        for run in &task.training {
            let what = format!("{name}, {}", run.optimizer);
            let lr = run.hyperparameters["lr"].as_f64().unwrap();
            let mut theta = start.clone();
            let mut losses = LossHistory::new();
            let steps = run.loss_curve.len() - 1;
            minimize(
                &risk,
                &mut Descent::new(run.rule(), lr),
                &mut theta,
                steps,
                &mut losses,
            );
            for (a, &b) in losses.values.iter().zip(&run.loss_curve) {
                close(&what, *a, b, run.suggested_tolerance);
            }
            let last = [run.final_w3.concat(), run.final_b3.clone()].concat();
            for (a, &b) in theta.iter().rev().zip(last.iter().rev()) {
                close(&what, *a, b, run.suggested_tolerance);
            }
            if let Some(accuracy) = run.final_accuracy {
                assert_eq!(risk.accuracy(&theta), accuracy, "{what}");
            }
        }
    }
}
