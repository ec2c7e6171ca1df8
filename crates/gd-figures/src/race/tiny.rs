//! The race of the listing, and what becomes of it in the exercises: the ravine turned, the start
//! left where it is; and a goal that only has to be touched.

use std::ops::ControlFlow;

use gd_core::objective::Quadratic;
use gd_core::{Descent, Snapshot, minimize};
use ndarray::array;

use super::{METHODS, RATES, rate};
use crate::{Experiment, Values};

/// Plain, momentum, Adagrad, RMSprop, Adam.
const SHOWN: [usize; 5] = [0, 1, 3, 4, 5];
const GOAL: f64 = 3e-5;
const MOST: usize = 3000;
/// What the exercise turns it by.
const TURN: f64 = 0.785;

/// `race-tiny`.
pub struct Tiny;

/// By method: the fewest steps and the rate that needs them, if it arrives.
type Places = Vec<Option<(usize, f64)>>;

/// The update from which on the value stays below the goal for `stay` more.
fn arrival(land: &Quadratic<f64>, method: usize, lr: f64, stay: usize) -> Option<usize> {
    let (mut outside, mut found) = (0, None);
    let mut watch = |now: &Snapshot<'_, f64>| {
        if now.value() >= GOAL {
            outside = now.step + 1;
        }
        if now.step < outside + stay {
            return ControlFlow::Continue(());
        }
        found = Some(outside);
        ControlFlow::Break(())
    };
    let mut x = array![-4.0, 1.0];
    let mut solver = Descent::new((METHODS[method].make)(), lr);
    minimize(land, &mut solver, &mut x, MOST + stay, &mut watch);
    found
}

fn places(land: &Quadratic<f64>, stay: usize) -> Places {
    let fewest = |&m: &usize| {
        let tried = (0..RATES).map(rate);
        tried
            .filter_map(|lr| Some((arrival(land, m, lr, stay)?, lr)))
            .min_by_key(|(steps, _)| *steps)
    };
    SHOWN.iter().map(fewest).collect()
}

impl Experiment for Tiny {
    const NAME: &'static str = "race-tiny";
    /// As it is, turned, touched.
    type Data = [(&'static str, Places); 3];

    fn data() -> Self::Data {
        let ravine = Quadratic::ravine();
        [
            ("straight", places(&ravine, MOST)),
            ("turned", places(&Quadratic::ravine().rotated(TURN), MOST)),
            ("touched", places(&ravine, 0)),
        ]
    }

    fn values(data: &Self::Data) -> Values {
        let mut values = Values::new();
        for (race, places) in data {
            for (&m, place) in SHOWN.iter().zip(places) {
                let key = format!("{race}.{}", METHODS[m].key);
                let steps = place.map_or(f64::INFINITY, |(steps, _)| steps as f64);
                values = values.number(format!("{key}.steps"), steps);
                if let Some((_, lr)) = place {
                    values = values.number(format!("{key}.lr"), *lr);
                }
            }
        }
        values
    }
}
