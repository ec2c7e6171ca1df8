//! The race of the listing where a touch of the goal is enough, and tuning knows it.

use gd_core::Objective;
use gd_core::objective::Quadratic;

use super::{METHODS, RATES, rate};
use crate::run::steps_until;
use crate::{Experiment, Values};

/// Plain, momentum, RMSprop, Adam.
const SHOWN: [usize; 4] = [0, 1, 4, 5];
const START: [f64; 2] = [-4.0, 1.0];
const GOAL: f64 = 3e-5;
const MOST: usize = 3000;

/// `race-touch`.
pub struct Touch;

impl Experiment for Touch {
    const NAME: &'static str = "race-touch";
    /// By method: the fewest steps and the rate that needs them.
    type Data = Vec<(usize, f64)>;

    fn data() -> Self::Data {
        let land = Quadratic::ravine();
        let fewest = |&m: &usize| {
            let tried = (0..RATES).map(rate);
            let touch = |lr| {
                let rule = (METHODS[m].make)();
                steps_until(&land, rule, lr, &START, MOST, |x| land.value(x) < GOAL)
            };
            tried
                .filter_map(|lr| Some((touch(lr)?, lr)))
                .min_by_key(|(steps, _)| *steps)
                .expect("some rate arrives")
        };
        SHOWN.iter().map(fewest).collect()
    }

    fn values(data: &Self::Data) -> Values {
        let mut values = Values::new();
        for (&m, (steps, lr)) in SHOWN.iter().zip(data) {
            let key = METHODS[m].key;
            values = values
                .count(format!("{key}.steps"), *steps)
                .number(format!("{key}.lr"), *lr);
        }
        values
    }
}
