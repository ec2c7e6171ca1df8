//! Laws of the learning-rate schedules, on random hyperparameters.

use std::f64::consts::FRAC_PI_2;

use gd_core::{
    Float,
    schedule::{
        Anneal, ConstantFactor, CosineAnnealing, CosineAnnealingWarmRestarts, Cyclic, CyclicMode,
        ExponentialLr, InverseSquareRoot, Linear, MultiStepLr, OneCycle, PlateauMode, Polynomial,
        ReduceOnPlateau, Schedule, Sequential, StepLr, ThresholdMode,
    },
};
use proptest::{collection::vec, prelude::*};

/// What the random schedules are made of.
#[derive(Clone, Debug)]
struct Dials {
    /// The greatest learning rate of every schedule.
    lr: f64,
    /// The least one is `low`·`lr`, where a schedule has one.
    low: f64,
    gamma: f64,
    /// An exponent ≥ 1.
    power: f64,
    updates: usize,
    others: usize,
}

fn dials() -> impl Strategy<Value = Dials> {
    let numbers = (1e-4..10.0, 0.01..1.0, 0.5..1.0, 1.0..4.0);
    (numbers, 2_usize..60, 1_usize..60).prop_map(|((lr, low, gamma, power), updates, others)| {
        Dials {
            lr,
            low,
            gamma,
            power,
            updates,
            others,
        }
    })
}

struct Case<F> {
    name: &'static str,
    schedule: Box<dyn Schedule<F>>,
    /// No learning rate is less.
    least: f64,
    /// The greatest change from one update to the next, where the schedule is continuous.
    steepest: Option<f64>,
}

/// Every schedule in every form; none exceeds `lr`.
fn cases<F: Float>(d: &Dials) -> Vec<Case<F>> {
    let f = F::of;
    let (lr, min, n, k) = (d.lr, d.low * d.lr, d.updates, d.others);
    let fall = lr - min;
    let per = |height: f64, updates: usize| Some(height / updates as f64);
    let case = |name, schedule: Box<dyn Schedule<F>>, least, steepest| Case {
        name,
        schedule,
        least,
        steepest,
    };
    let cosine = || CosineAnnealing::new(f(lr), n).eta_min(f(min));
    let restarts = |m| {
        CosineAnnealingWarmRestarts::new(f(lr), n)
            .t_mult(m)
            .eta_min(f(min))
    };
    let warm_up = || Linear::new(f(lr), k).start_factor(f(d.low));
    let cyclic = || Cyclic::new(f(min), f(lr)).step_size_up(n).step_size_down(k);
    let one_cycle = || {
        OneCycle::new(f(lr), 10 * n)
            .pct_start(f(0.4))
            .div_factor(f(1.0 / d.low))
            .final_div_factor(f(2.0))
    };
    // The phases of one_cycle: two of 4n − 1 and 6n, or 4n − 1, 4n − 1 and 2n + 1 updates.
    let along = |way: f64| Some(way * lr / n as f64);
    let exp_range = CyclicMode::ExpRange { gamma: f(d.gamma) };
    vec![
        case("number", Box::new(f(lr)), lr, Some(0.0)),
        case(
            "step",
            Box::new(StepLr::new(f(lr), n).gamma(f(d.gamma))),
            0.0,
            None,
        ),
        case(
            "multi step",
            Box::new(MultiStepLr::new(f(lr), [n, n + k, 3]).gamma(f(d.gamma))),
            lr * d.gamma.powi(3),
            None,
        ),
        case(
            "exponential",
            Box::new(ExponentialLr::new(f(lr), f(d.gamma))),
            0.0,
            Some(lr * (1.0 - d.gamma)),
        ),
        case("cosine", Box::new(cosine()), min, per(FRAC_PI_2 * fall, n)),
        case("restarts", Box::new(restarts(1)), min, None),
        case("longer restarts", Box::new(restarts(3)), min, None),
        case("warm-up", Box::new(warm_up()), min, per(fall, k)),
        case(
            "linear decay",
            Box::new(
                Linear::new(f(lr), n)
                    .start_factor(f(1.0))
                    .end_factor(f(d.low)),
            ),
            min,
            per(fall, n),
        ),
        case(
            "constant factor",
            Box::new(ConstantFactor::new(f(lr), n).factor(f(d.low))),
            min,
            None,
        ),
        case(
            "polynomial",
            Box::new(Polynomial::new(f(lr), n).power(f(d.power))),
            0.0,
            per(d.power * lr, n),
        ),
        case(
            "one cycle",
            Box::new(one_cycle()),
            min / 2.0,
            along(FRAC_PI_2 / 3.0),
        ),
        case(
            "one cycle, three phases",
            Box::new(one_cycle().three_phase(true)),
            min / 2.0,
            along(FRAC_PI_2 / 3.0),
        ),
        case(
            "one cycle, lines",
            Box::new(one_cycle().anneal(Anneal::Linear)),
            min / 2.0,
            along(1.0 / 3.0),
        ),
        case("triangular", Box::new(cyclic()), min, per(fall, n.min(k))),
        case(
            "triangular2",
            Box::new(cyclic().mode(CyclicMode::Triangular2)),
            min,
            per(fall, n.min(k)),
        ),
        case(
            "exp range",
            Box::new(cyclic().mode(exp_range)),
            min,
            Some(fall / n.min(k) as f64 + fall * (1.0 - d.gamma)),
        ),
        case(
            "inverse square root",
            Box::new(InverseSquareRoot::new(f(lr * (n as f64).sqrt()), n)),
            0.0,
            per(lr, n),
        ),
        case(
            "warm-up, then cosine",
            Box::new(Sequential::new(warm_up()).then(k, cosine())),
            min,
            Some((fall / k as f64).max(FRAC_PI_2 * fall / n as f64)),
        ),
    ]
}

/// Early updates, and some at the far end.
fn updates() -> impl Iterator<Item = usize> {
    (0..700).chain([1 << 24, usize::MAX / 2, usize::MAX - 1, usize::MAX])
}

fn stays_within_bounds<F: Float>(d: &Dials, rounding: f64) -> Result<(), TestCaseError> {
    for Case {
        name,
        schedule,
        least,
        ..
    } in cases::<F>(d)
    {
        for t in updates() {
            let v = schedule.at(t).to_f64().unwrap();
            let (least, greatest) = (least * (1.0 - rounding), d.lr * (1.0 + rounding));
            prop_assert!(
                v >= least && v <= greatest,
                "{name} at {t}: {v} is outside of {least} to {greatest}"
            );
        }
    }
    Ok(())
}

fn steps<S: Schedule<f64>>(schedule: &S, updates: usize) -> Vec<f64> {
    (0..updates)
        .map(|t| schedule.at(t + 1) - schedule.at(t))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn bounds(d in dials()) {
        stays_within_bounds::<f64>(&d, 1e-13)?;
        stays_within_bounds::<f32>(&d, 2e-5)?;
    }

    #[test]
    fn continuity(d in dials()) {
        for Case { name, schedule, steepest, .. } in cases::<f64>(&d) {
            let Some(steepest) = steepest else { continue };
            for (t, step) in steps(&schedule, 700).into_iter().enumerate() {
                prop_assert!(
                    step.abs() <= steepest * (1.0 + 1e-9) + 1e-14 * d.lr,
                    "{name} from {t}: a step of {step}, more than {steepest}"
                );
            }
        }
    }

    #[test]
    fn single_precision_follows_double(d in dials()) {
        for (narrow, wide) in cases::<f32>(&d).into_iter().zip(cases::<f64>(&d)) {
            for t in 0..700 {
                let (a, b) = (f64::from(narrow.schedule.at(t)), wide.schedule.at(t));
                prop_assert!((a - b).abs() <= 2e-5 * d.lr, "{} at {t}: {a} and {b}", wide.name);
            }
        }
    }

    #[test]
    fn decays_never_rise(d in dials()) {
        for Case { name, schedule, .. } in cases::<f64>(&d) {
            let until = match name {
                "step" | "multi step" | "exponential" | "linear decay" | "polynomial" => 700,
                "cosine" | "restarts" | "longer restarts" => d.updates - 1,
                _ => continue,
            };
            for (t, step) in steps(&schedule, until).into_iter().enumerate() {
                prop_assert!(step <= 1e-15 * d.lr, "{name} from {t}: a step of {step}");
            }
        }
    }

    #[test]
    fn learning_rates_scale_with_the_base(d in dials()) {
        // Doubling is exact in binary numbers.
        let doubled = Dials { lr: 2.0 * d.lr, ..d.clone() };
        for (one, two) in cases::<f64>(&d).into_iter().zip(cases::<f64>(&doubled)) {
            for t in 0..700 {
                prop_assert_eq!(2.0 * one.schedule.at(t), two.schedule.at(t), "{} at {}", one.name, t);
            }
        }
    }

    #[test]
    fn periods(d in dials()) {
        let (n, k) = (d.updates, d.others);
        let cosine = CosineAnnealing::new(d.lr, n);
        let restarts = CosineAnnealingWarmRestarts::new(d.lr, n);
        let triangle = Cyclic::new(0.0, d.lr).step_size_up(n).step_size_down(k);
        for t in 0..300 {
            prop_assert_eq!(cosine.at(t), cosine.at(t + 2 * n));
            prop_assert_eq!(restarts.at(t), restarts.at(t + n));
            prop_assert_eq!(triangle.at(t), triangle.at(t + n + k));
        }
    }

    #[test]
    fn a_sequence_is_its_parts(d in dials(), gap in 1_usize..50) {
        let (first, second) = (d.others, d.others + gap);
        let parts = cases::<f64>(&d).into_iter().zip(cases::<f64>(&d));
        for (twin, (start, end)) in cases::<f64>(&d).into_iter().zip(parts) {
            let whole = Sequential::new(start.schedule)
                .then(first, 0.5)
                .then(second, end.schedule);
            for t in 0..200 {
                let part = if t < first {
                    twin.schedule.at(t)
                } else if t < second {
                    0.5
                } else {
                    twin.schedule.at(t - second)
                };
                prop_assert_eq!(whole.at(t), part, "{} at {}", twin.name, t);
            }
        }
    }

    #[test]
    fn plateaus_only_reduce(
        metrics in vec(-2.0..2.0, 100),
        patience in 0_usize..5,
        cooldown in 0_usize..5,
        factor in 0.0..0.99,
        min_lr in 0.0..2.0,
    ) {
        for threshold_mode in [ThresholdMode::Rel, ThresholdMode::Abs] {
            let make = || {
                ReduceOnPlateau::new(1.0_f64)
                    .factor(factor)
                    .patience(patience)
                    .cooldown(cooldown)
                    .min_lr(min_lr)
                    .threshold_mode(threshold_mode)
            };
            let mut lr = make();
            let rates: Vec<f64> = metrics.iter().map(|&m| lr.observe(m)).collect();
            prop_assert!(rates.windows(2).all(|pair| pair[1] <= pair[0]));
            prop_assert!(rates.iter().all(|&r| r <= 1.0 && r >= min_lr.min(1.0)));
            // Between two reductions lie patience + 1 bad observations, after the cooldown.
            let reductions: Vec<usize> = (1..100).filter(|&i| rates[i] < rates[i - 1]).collect();
            prop_assert!(reductions.windows(2).all(|pair| pair[1] - pair[0] > patience + cooldown));

            lr.reset();
            let again: Vec<f64> = metrics.iter().map(|&m| lr.observe(m)).collect();
            prop_assert_eq!(&again, &rates);

            if threshold_mode == ThresholdMode::Abs {
                let mut mirrored = make().mode(PlateauMode::Max);
                let mirrored: Vec<f64> = metrics.iter().map(|&m| mirrored.observe(-m)).collect();
                prop_assert_eq!(&mirrored, &rates);
            }
        }
    }
}
