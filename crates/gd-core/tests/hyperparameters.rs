//! Every constructor and builder of rules, schedules and observers refuses what is out of range,
//! and says which value of which name, what the range is and what to write.

use std::{
    fmt::Display,
    panic::{AssertUnwindSafe, catch_unwind},
};

use gd_core::{
    Descent, Limit, StochasticDescent,
    batch::{Sampler, Sampling},
    observer::{EarlyStopping, Progress, Trajectory},
    optim::*,
    schedule::*,
};

const NAN: f64 = f64::NAN;
const INF: f64 = f64::INFINITY;
const POSITIVE: [f64; 5] = [0.0, -1.0, NAN, INF, -INF];
const NON_NEGATIVE: [f64; 4] = [-1e-9, NAN, INF, -INF];
const RATE: [f64; 6] = [-1e-9, 1.0, 2.0, NAN, INF, -INF];
const FRACTION: [f64; 5] = [-1e-9, 1.0001, NAN, INF, -INF];
const FINITE: [f64; 3] = [NAN, INF, -INF];

/// Asserts that `build` panics with each of the values, and that the message has the form
/// "name must be …, got value; hint".
#[track_caller]
fn refuses<V: Display + Copy, R>(name: &str, values: &[V], build: impl Fn(V) -> R) {
    for &v in values {
        let result = catch_unwind(AssertUnwindSafe(|| drop(build(v))));
        let Err(payload) = result else {
            panic!("{name} = {v} is accepted")
        };
        let literal = payload.downcast_ref::<&str>().copied();
        let formatted = payload.downcast_ref::<String>().map(String::as_str);
        let message = literal.or(formatted).expect("a message");
        for part in [name, "must be", &v.to_string(), "; "] {
            assert!(
                message.contains(part),
                "{name} = {v}: no {part:?} in {message:?}"
            );
        }
    }
}

#[test]
fn rules() {
    refuses("momentum", &NON_NEGATIVE, |v| Sgd::default().momentum(v));
    refuses("dampening", &FINITE, |v| Sgd::default().dampening(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        Sgd::default().weight_decay(v)
    });

    refuses("lr_decay", &NON_NEGATIVE, |v| {
        Adagrad::default().lr_decay(v)
    });
    refuses("initial_accumulator_value", &NON_NEGATIVE, |v| {
        Adagrad::default().initial_accumulator_value(v)
    });
    refuses("eps", &NON_NEGATIVE, |v| Adagrad::default().eps(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        Adagrad::default().weight_decay(v)
    });

    refuses("rho", &RATE, |v| Adadelta::default().rho(v));
    refuses("eps", &NON_NEGATIVE, |v| Adadelta::default().eps(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        Adadelta::default().weight_decay(v)
    });

    refuses("alpha", &RATE, |v| RmsProp::default().alpha(v));
    refuses("eps", &NON_NEGATIVE, |v| RmsProp::default().eps(v));
    refuses("momentum", &NON_NEGATIVE, |v| {
        RmsProp::default().momentum(v)
    });
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        RmsProp::default().weight_decay(v)
    });

    macro_rules! adam_family {
        ($($rule:ident),*) => {$(
            refuses("beta1", &RATE, |v| $rule::default().betas(v, 0.9));
            refuses("beta2", &RATE, |v| $rule::default().betas(0.9, v));
            refuses("eps", &NON_NEGATIVE, |v| $rule::default().eps(v));
            refuses("weight_decay", &NON_NEGATIVE, |v| $rule::default().weight_decay(v));
        )*};
    }
    adam_family!(Adam, AdamW, NAdam, RAdam, Adamax);
    refuses("momentum_decay", &NON_NEGATIVE, |v| {
        NAdam::default().momentum_decay(v)
    });

    refuses("beta1", &RATE, |v| Lion::default().betas(v, 0.9));
    refuses("beta2", &RATE, |v| Lion::default().betas(0.9, v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        Lion::default().weight_decay(v)
    });

    let minus = [0.0, 1.0, -1.0, NAN, INF, -INF];
    refuses("etas", &minus, |v| Rprop::default().etas(v, 1.2));
    let plus = [1.0, 0.5, -1.0, NAN, INF, -INF];
    refuses("etas", &plus, |v| Rprop::default().etas(0.5, v));
    refuses("step_sizes: min", &NON_NEGATIVE, |v| {
        Rprop::default().step_sizes(v, 1.0)
    });
    refuses("step_sizes: max", &POSITIVE, |v| {
        Rprop::default().step_sizes(0.0, v)
    });

    refuses("lambd", &NON_NEGATIVE, |v| Asgd::default().lambd(v));
    refuses("alpha", &NON_NEGATIVE, |v| Asgd::default().alpha(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        Asgd::default().weight_decay(v)
    });
}

#[test]
fn rules_for_matrices_and_groups() {
    let adafactor = Adafactor::vector;
    refuses("rows and cols", &[0], |v| Adafactor::<f64>::matrix(v, 2));
    refuses("rows and cols", &[0], |v| Adafactor::<f64>::matrix(2, v));
    refuses("beta2_decay", &[1e-9, NAN, INF, -INF], |v| {
        adafactor().beta2_decay(v)
    });
    refuses("eps1", &NON_NEGATIVE, |v| adafactor().eps(v, 1e-3));
    refuses("eps2", &NON_NEGATIVE, |v| adafactor().eps(0.0, v));
    refuses("d", &POSITIVE, |v| adafactor().d(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| {
        adafactor().weight_decay(v)
    });

    let muon = || Muon::new(2, 3);
    refuses("rows and cols", &[0], |v| Muon::<f64>::new(v, 2));
    refuses("rows and cols", &[0], |v| Muon::<f64>::new(2, v));
    refuses("momentum", &RATE, |v| muon().momentum(v));
    refuses("weight_decay", &NON_NEGATIVE, |v| muon().weight_decay(v));
    refuses("eps", &POSITIVE, |v| muon().eps(v));
    refuses("ns_steps", &[100, usize::MAX], |v| {
        Muon::<f64>::new(2, 3).ns_steps(v)
    });
    refuses("ns_coefficients", &FINITE, |v| {
        muon().ns_coefficients(v, 0.0, 0.0)
    });
    refuses("ns_coefficients", &FINITE, |v| {
        muon().ns_coefficients(1.0, v, 0.0)
    });
    refuses("ns_coefficients", &FINITE, |v| {
        muon().ns_coefficients(1.0, 0.0, v)
    });

    refuses("length", &[0], |v| {
        Groups::new().group(v, 1.0, Sgd::plain())
    });
    refuses("lr_factor", &NON_NEGATIVE, |v| {
        Groups::new().group(1, v, Sgd::plain())
    });
    refuses("threads", &[0], |v| Parallel::new(Sgd::<f64>::plain(), v));
}

#[test]
fn schedules() {
    refuses("lr", &POSITIVE, |v| StepLr::new(v, 1));
    refuses("step_size", &[0], |v| StepLr::new(0.1, v));
    refuses("gamma", &NON_NEGATIVE, |v| StepLr::new(0.1, 1).gamma(v));
    refuses("lr", &POSITIVE, |v| MultiStepLr::new(v, [1]));
    refuses("gamma", &NON_NEGATIVE, |v| {
        MultiStepLr::new(0.1, [1]).gamma(v)
    });
    refuses("lr", &POSITIVE, |v| ExponentialLr::new(v, 0.9));
    refuses("gamma", &NON_NEGATIVE, |v| ExponentialLr::new(0.1, v));

    refuses("lr", &POSITIVE, |v| ConstantFactor::new(v, 1));
    refuses("total_iters", &[0], |v| ConstantFactor::new(0.1, v));
    refuses("factor", &FRACTION, |v| {
        ConstantFactor::new(0.1, 1).factor(v)
    });
    refuses("lr", &POSITIVE, |v| Linear::new(v, 1));
    refuses("total_iters", &[0], |v| Linear::new(0.1, v));
    refuses("start_factor", &FRACTION, |v| {
        Linear::new(0.1, 1).start_factor(v)
    });
    refuses("start_factor", &[0.0], |v| {
        Linear::new(0.1, 1).start_factor(v)
    });
    refuses("end_factor", &FRACTION, |v| {
        Linear::new(0.1, 1).end_factor(v)
    });
    refuses("lr", &POSITIVE, |v| Polynomial::new(v, 1));
    refuses("total_iters", &[0], |v| Polynomial::new(0.1, v));
    refuses("power", &NON_NEGATIVE, |v| Polynomial::new(0.1, 1).power(v));

    refuses("lr", &POSITIVE, |v| CosineAnnealing::new(v, 1));
    refuses("t_max", &[0], |v| CosineAnnealing::new(0.1, v));
    refuses("eta_min", &NON_NEGATIVE, |v| {
        CosineAnnealing::new(0.1, 1).eta_min(v)
    });
    let restarts = CosineAnnealingWarmRestarts::new;
    refuses("lr", &POSITIVE, |v| restarts(v, 1));
    refuses("t_0", &[0], |v| restarts(0.1, v));
    refuses("t_mult", &[0], |v| restarts(0.1, 1).t_mult(v));
    refuses("eta_min", &NON_NEGATIVE, |v| restarts(0.1, 1).eta_min(v));
    refuses("scale", &POSITIVE, |v| InverseSquareRoot::new(v, 1));
    refuses("warmup_steps", &[0], |v| InverseSquareRoot::new(0.1, v));

    refuses("max_lr", &POSITIVE, |v| OneCycle::new(v, 10));
    refuses("total_steps", &[0], |v| OneCycle::new(0.1, v));
    let one_cycle = || OneCycle::new(0.1, 10);
    refuses("pct_start", &FRACTION, |v| one_cycle().pct_start(v));
    refuses("div_factor", &POSITIVE, |v| one_cycle().div_factor(v));
    refuses("final_div_factor", &POSITIVE, |v| {
        one_cycle().final_div_factor(v)
    });

    refuses("base_lr", &NON_NEGATIVE, |v| Cyclic::new(v, 0.5));
    refuses("max_lr", &POSITIVE, |v| Cyclic::new(0.0, v));
    refuses("max_lr", &[0.1], |v| Cyclic::new(0.2, v));
    let cyclic = || Cyclic::new(0.1, 0.5);
    refuses("step_size_up", &[0], |v| cyclic().step_size_up(v));
    refuses("step_size_down", &[0], |v| cyclic().step_size_down(v));
    refuses("gamma", &FRACTION, |gamma| {
        cyclic().mode(CyclicMode::ExpRange { gamma })
    });
    refuses("gamma", &[0.0], |gamma| {
        cyclic().mode(CyclicMode::ExpRange { gamma })
    });

    refuses("milestone", &[0], |v| Sequential::new(0.1).then(v, 0.2));
    refuses("milestone", &[3, 5], |v| {
        Sequential::new(0.1).then(5, 0.2).then(v, 0.3)
    });

    let plateau = || ReduceOnPlateau::new(0.1);
    refuses("lr", &POSITIVE, ReduceOnPlateau::new);
    refuses("factor", &RATE, |v| plateau().factor(v));
    refuses("threshold", &NON_NEGATIVE, |v| plateau().threshold(v));
    refuses("min_lr", &NON_NEGATIVE, |v| plateau().min_lr(v));
    refuses("eps", &NON_NEGATIVE, |v| plateau().eps(v));
}

#[test]
fn observers_and_runs() {
    refuses("every", &[0], |v| Trajectory::<f64>::new().every(v));
    refuses("every", &[0], |v| {
        Progress::new(std::io::sink()).every(v).error().is_some()
    });
    refuses("every", &[0], |v| EarlyStopping::<f64>::new(1).every(v));
    refuses("min_delta", &NON_NEGATIVE, |v| {
        EarlyStopping::new(1).min_delta(v)
    });
    refuses("gtol", &NON_NEGATIVE, |v| Limit::steps(1).gradient_below(v));
    refuses("lr", &POSITIVE, |v| Descent::new(Sgd::plain(), v));
    refuses("lr", &POSITIVE, |v| {
        StochasticDescent::new(Sgd::plain(), v, Sampler::new(9, Sampling::Full, 1))
    });
}
