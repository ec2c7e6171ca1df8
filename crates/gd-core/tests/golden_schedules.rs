//! Every learning rate of tests/golden/schedules.json (PyTorch, float64), at its tolerance.

use gd_core::schedule::{
    Anneal, ConstantFactor, CosineAnnealing, CosineAnnealingWarmRestarts, Cyclic, CyclicMode,
    ExponentialLr, InverseSquareRoot, Linear, MultiStepLr, OneCycle, PlateauMode, Polynomial,
    ReduceOnPlateau, Schedule, Sequential, StepLr, ThresholdMode,
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Relative, as the file says in `how_to_read`.
const TOLERANCE: f64 = 1e-12;

#[derive(Deserialize)]
struct File {
    schedules: Vec<Configuration>,
}

#[derive(Deserialize)]
struct Configuration {
    schedule: String,
    hyperparameters: Map<String, Value>,
    optimizer_lr: f64,
    lr: Vec<f64>,
    momentum: Option<Vec<f64>>,
    metric: Option<Vec<f64>>,
}

/// The hyperparameters not yet used.
struct Hyperparameters(Map<String, Value>);

impl Hyperparameters {
    fn maybe(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }
    fn value(&mut self, name: &str) -> Value {
        self.maybe(name).unwrap_or_else(|| panic!("no {name}"))
    }
    fn number(&mut self, name: &str) -> f64 {
        self.value(name).as_f64().expect("a number")
    }
    fn count(&mut self, name: &str) -> usize {
        self.value(name).as_u64().expect("a whole number") as usize
    }
    fn text(&mut self, name: &str) -> String {
        self.value(name).as_str().expect("a string").to_owned()
    }
    fn milestones(&mut self) -> Vec<usize> {
        serde_json::from_value(self.value("milestones")).unwrap()
    }
}

fn one_cycle(h: &mut Hyperparameters) -> OneCycle<f64> {
    let mut schedule = OneCycle::new(h.number("max_lr"), h.count("total_steps"));
    if let Some(v) = h.maybe("pct_start") {
        schedule = schedule.pct_start(v.as_f64().unwrap());
    }
    if let Some(strategy) = h.maybe("anneal_strategy") {
        assert_eq!(strategy, "linear");
        schedule = schedule.anneal(Anneal::Linear);
    }
    if let Some(v) = h.maybe("div_factor") {
        schedule = schedule.div_factor(v.as_f64().unwrap());
    }
    if let Some(v) = h.maybe("final_div_factor") {
        schedule = schedule.final_div_factor(v.as_f64().unwrap());
    }
    if let Some(v) = h.maybe("three_phase") {
        schedule = schedule.three_phase(v.as_bool().unwrap());
    }
    schedule
}

fn cyclic(h: &mut Hyperparameters) -> Cyclic<f64> {
    h.maybe("cycle_momentum");
    let mut schedule = Cyclic::new(h.number("base_lr"), h.number("max_lr"))
        .step_size_up(h.count("step_size_up"))
        .mode(match h.text("mode").as_str() {
            "triangular" => CyclicMode::Triangular,
            "triangular2" => CyclicMode::Triangular2,
            other => panic!("no mode {other}"),
        });
    if let Some(v) = h.maybe("step_size_down") {
        schedule = schedule.step_size_down(v.as_u64().unwrap() as usize);
    }
    schedule
}

fn plateau(lr: f64, h: &mut Hyperparameters) -> ReduceOnPlateau<f64> {
    ReduceOnPlateau::new(lr)
        .mode(match h.text("mode").as_str() {
            "min" => PlateauMode::Min,
            "max" => PlateauMode::Max,
            other => panic!("no mode {other}"),
        })
        .factor(h.number("factor"))
        .patience(h.count("patience"))
        .threshold(h.number("threshold"))
        .threshold_mode(match h.text("threshold_mode").as_str() {
            "rel" => ThresholdMode::Rel,
            "abs" => ThresholdMode::Abs,
            other => panic!("no threshold mode {other}"),
        })
        .cooldown(h.count("cooldown"))
        .min_lr(h.number("min_lr"))
        .eps(h.number("eps"))
}

/// Our learning rates for a configuration; panics at what it does not know.
fn ours(case: &Configuration) -> Vec<f64> {
    let (lr, mut h) = (
        case.optimizer_lr,
        Hyperparameters(case.hyperparameters.clone()),
    );
    let schedule: Box<dyn Schedule<f64>> = match case.schedule.as_str() {
        "StepLR" => Box::new(StepLr::new(lr, h.count("step_size")).gamma(h.number("gamma"))),
        "MultiStepLR" => Box::new(MultiStepLr::new(lr, h.milestones()).gamma(h.number("gamma"))),
        "ExponentialLR" => Box::new(ExponentialLr::new(lr, h.number("gamma"))),
        "CosineAnnealingLR" => {
            Box::new(CosineAnnealing::new(lr, h.count("T_max")).eta_min(h.number("eta_min")))
        }
        "CosineAnnealingWarmRestarts" => Box::new(
            CosineAnnealingWarmRestarts::new(lr, h.count("T_0"))
                .t_mult(h.count("T_mult"))
                .eta_min(h.number("eta_min")),
        ),
        "LinearLR" => Box::new(
            Linear::new(lr, h.count("total_iters"))
                .start_factor(h.number("start_factor"))
                .end_factor(h.number("end_factor")),
        ),
        "ConstantLR" => {
            Box::new(ConstantFactor::new(lr, h.count("total_iters")).factor(h.number("factor")))
        }
        "PolynomialLR" => {
            Box::new(Polynomial::new(lr, h.count("total_iters")).power(h.number("power")))
        }
        "OneCycleLR" => {
            if h.value("cycle_momentum") == true {
                compare_momentum(case, &mut h);
            }
            Box::new(one_cycle(&mut h))
        }
        "CyclicLR" => Box::new(cyclic(&mut h)),
        "SequentialLR[LinearLR,CosineAnnealingLR]" => {
            let warm_up =
                Linear::new(lr, h.count("total_iters")).start_factor(h.number("start_factor"));
            let cosine = CosineAnnealing::new(lr, h.count("T_max")).eta_min(h.number("eta_min"));
            let [milestone] = h.milestones()[..] else {
                panic!("one milestone")
            };
            Box::new(Sequential::new(warm_up).then(milestone, cosine))
        }
        "LambdaLR (Noam / inverse square root)" => {
            assert_eq!(h.text("lambda"), "min((t+1)^-0.5, (t+1)*20^-1.5)");
            Box::new(InverseSquareRoot::new(lr, 20))
        }
        "ReduceLROnPlateau" => {
            let mut plateau = plateau(lr, &mut h);
            assert!(h.0.is_empty(), "{}: {:?} not used", case.schedule, h.0);
            // lr[k] is the one before metric[k] is observed
            let metrics = case.metric.as_ref().expect("metrics");
            return metrics
                .iter()
                .map(|&metric| {
                    let lr = plateau.lr();
                    plateau.observe(metric);
                    lr
                })
                .collect();
        }
        other => panic!("schedules.json has {other}, which is not tested"),
    };
    assert!(h.0.is_empty(), "{}: {:?} not used", case.schedule, h.0);
    (0..case.lr.len()).map(|t| schedule.at(t)).collect()
}

/// The momentum goes down and up in the form in which the learning rate goes up and down. That of
/// a cycle between ½ and 1 gives that form.
fn compare_momentum(case: &Configuration, h: &mut Hyperparameters) {
    let (base, max) = (h.number("base_momentum"), h.number("max_momentum"));
    let form = OneCycle::new(1.0, case.lr.len())
        .div_factor(2.0)
        .final_div_factor(1.0);
    let ours = (0..case.lr.len()).map(|t| max - (max - base) * (form.at(t) - 0.5) / 0.5);
    compare(
        "momentum",
        ours.collect(),
        case.momentum.as_ref().expect("a momentum"),
    );
}

fn compare(name: &str, ours: Vec<f64>, torch: &[f64]) {
    assert_eq!(ours.len(), torch.len(), "{name}");
    for (t, (&a, &b)) in ours.iter().zip(torch).enumerate() {
        assert!(
            (a - b).abs() <= TOLERANCE * b.abs(),
            "{name} at {t}: {a} differs from {b} by more than {TOLERANCE} of it"
        );
    }
}

#[test]
fn all_configurations() {
    let path = format!("{}/tests/golden/schedules.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let file: File = serde_json::from_str(&text).unwrap();
    for case in &file.schedules {
        let name = format!("{} {:?}", case.schedule, case.hyperparameters);
        assert_eq!(case.lr.len(), 100, "{name}");
        compare(&name, ours(case), &case.lr);
    }
    assert_eq!(file.schedules.len(), 21, "the configurations of the file");
}
