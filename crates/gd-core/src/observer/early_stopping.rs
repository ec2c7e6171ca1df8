//! Halting when nothing gets better any more.

use std::{fmt, ops::ControlFlow};

use ndarray::{Array1, ArrayRef1};

use super::{Observer, Snapshot, check_every};
use crate::{Float, check};

/// Halts a run when a quantity has stopped improving, and keeps the best x.
///
/// The quantity q is f(x), or another function of x, usually the error on data that were held out.
/// At every n-th moment, with b the last q that was an improvement:
///
/// ```text
/// if q < b − min_delta:     b ← q, bad ← 0          b = ∞ at first
/// else:                     bad ← bad + 1
/// if bad > patience:        halt
/// ```
///
/// Apart from that, the x with the smallest q of all is kept ([`EarlyStopping::best`]), be it by less than
/// min_delta: at the end of a run x itself is `patience` looks beyond it.
///
/// Conventions: as in [`ReduceOnPlateau`](crate::schedule::ReduceOnPlateau), `patience` bad looks in
/// a row are borne and the next one halts (Keras and Lightning halt one look earlier), and small
/// improvements count once they add up to more than min_delta. NaN and ∞ are never better.
///
/// Defaults: min_delta 0, every moment, f(x).
/// L. Prechelt, “Early Stopping — But When?”, 1998, doi:10.1007/3-540-49430-8_3.
///
/// ```
/// use gd_core::{Descent, Stop, minimize, objective::Quadratic, observer::EarlyStopping, optim::Sgd};
/// use ndarray::array;
///
/// // trained on x², but judged by the distance from 0.9
/// let mut early = EarlyStopping::<f64>::new(2).watch(|x| (x[0] - 0.9).abs());
/// let mut x = array![4.0];
/// let mut solver = Descent::new(Sgd::plain(), 0.25);
/// let stop = minimize(&Quadratic::square(), &mut solver, &mut x, 100, &mut early);
///
/// // 4, 2, 1, then three that are worse
/// assert_eq!((stop, x[0]), (Stop::Halted, 0.125));
/// let best = early.best().unwrap();
/// assert_eq!((best.step, best.x[0]), (2, 1.0));
/// ```
pub struct EarlyStopping<'a, F> {
    patience: usize,
    min_delta: F,
    every: usize,
    quantity: Option<Quantity<'a, F>>,
    /// b.
    reference: F,
    bad: usize,
    best: Option<Best<F>>,
}

type Quantity<'a, F> = Box<dyn FnMut(&ArrayRef1<F>) -> F + 'a>;

/// The best moment of a run, as [`EarlyStopping`] judged it.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<F> {
    /// The number of updates made before it.
    pub step: usize,
    /// f(x), or the quantity that was watched.
    pub value: F,
    /// The parameters, of length d.
    pub x: Array1<F>,
}

impl<'a, F: Float> EarlyStopping<'a, F> {
    /// Halts after more than `patience` looks in a row without improvement of f(x).
    pub fn new(patience: usize) -> Self {
        Self {
            patience,
            min_delta: F::zero(),
            every: 1,
            quantity: None,
            reference: F::infinity(),
            bad: 0,
            best: None,
        }
    }

    /// By how much the quantity must fall to count as improvement, ≥ 0; 0 by default.
    ///
    /// # Panics
    /// If `min_delta` is negative or not finite.
    #[track_caller]
    pub fn min_delta(mut self, min_delta: F) -> Self {
        check::non_negative("min_delta", min_delta, "0 is the default");
        self.min_delta = min_delta;
        self
    }

    /// Looks only at steps 0, n, 2n, …: patience then counts these. 1 by default.
    ///
    /// # Panics
    /// If `n` is 0.
    #[track_caller]
    pub fn every(mut self, n: usize) -> Self {
        check_every(n);
        self.every = n;
        self
    }

    /// Watches `quantity`(x) in the place of f(x). Smaller is better: give an accuracy a minus.
    pub fn watch(mut self, quantity: impl FnMut(&ArrayRef1<F>) -> F + 'a) -> Self {
        self.quantity = Some(Box::new(quantity));
        self
    }

    /// The moment with the smallest quantity so far (the first of equal ones); None if there was
    /// none below ∞.
    pub fn best(&self) -> Option<&Best<F>> {
        self.best.as_ref()
    }

    /// Forgets all moments, for another run.
    pub fn reset(&mut self) {
        self.reference = F::infinity();
        self.bad = 0;
        self.best = None;
    }

    fn keep_if_best(&mut self, value: F, snapshot: &Snapshot<'_, F>) {
        let step = snapshot.step;
        match &mut self.best {
            Some(best) if value < best.value => {
                (best.step, best.value) = (step, value);
                best.x.assign(snapshot.x);
            }
            None if value < F::infinity() => {
                let x = snapshot.x.to_owned();
                self.best = Some(Best { step, value, x });
            }
            _ => {}
        }
    }
}

impl<F: Float> Observer<F> for EarlyStopping<'_, F> {
    fn observe(&mut self, snapshot: &Snapshot<'_, F>) -> ControlFlow<()> {
        if !snapshot.step.is_multiple_of(self.every) {
            return ControlFlow::Continue(());
        }
        let value = match &mut self.quantity {
            Some(quantity) => quantity(snapshot.x),
            None => snapshot.value(),
        };
        self.keep_if_best(value, snapshot);
        if value < self.reference - self.min_delta {
            self.reference = value;
            self.bad = 0;
        } else {
            self.bad += 1;
        }
        if self.bad > self.patience {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl<F: Float> fmt::Debug for EarlyStopping<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EarlyStopping")
            .field("patience", &self.patience)
            .field("min_delta", &self.min_delta)
            .field("every", &self.every)
            .field("best", &self.best)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::Quadratic;
    use ndarray::array;

    /// Shows `early` the values one after the other; the step at which it halts, and the best.
    fn show<'a>(
        mut early: EarlyStopping<'a, f64>,
        values: &'a [f64],
    ) -> (Option<usize>, Option<Best<f64>>) {
        let mut next = values.iter();
        early = early.watch(move |_| *next.next().expect("a value"));
        let halted = (0..values.len()).find(|&step| {
            let x = array![step as f64];
            let square = Quadratic::square();
            early
                .observe(&Snapshot::new(step, &x, &x, &square))
                .is_break()
        });
        (halted, early.best().cloned())
    }

    fn best(step: usize, value: f64) -> Option<Best<f64>> {
        let x = array![step as f64];
        Some(Best { step, value, x })
    }

    #[test]
    fn patience_bears_that_many_bad_looks() {
        let values = [3.0, 2.0, 2.0, 2.5, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(
            show(EarlyStopping::new(0), &values),
            (Some(2), best(1, 2.0))
        );
        assert_eq!(
            show(EarlyStopping::new(1), &values),
            (Some(3), best(1, 2.0))
        );
        assert_eq!(
            show(EarlyStopping::new(2), &values),
            (Some(7), best(4, 1.0))
        );
        assert_eq!(show(EarlyStopping::new(3), &values), (None, best(4, 1.0)));
    }

    #[test]
    fn small_improvements_do_not_count_until_they_add_up_but_are_kept() {
        let early = || EarlyStopping::new(1).min_delta(0.25);
        assert_eq!(show(early(), &[1.0, 0.9, 0.8]), (Some(2), best(2, 0.8)));
        assert_eq!(
            show(early(), &[1.0, 0.9, 0.7, 0.5, 0.4]),
            (None, best(4, 0.4))
        );
    }

    #[test]
    fn nan_and_infinity_are_never_better() {
        let (nan, infinity) = (f64::NAN, f64::INFINITY);
        let values = [nan, infinity, 2.0, nan, 1.0, nan, infinity];
        assert_eq!(show(EarlyStopping::new(1), &values), (Some(1), None));
        assert_eq!(show(EarlyStopping::new(2), &values), (None, best(4, 1.0)));
        assert_eq!(
            show(EarlyStopping::new(0), &[1.0, nan]),
            (Some(1), best(0, 1.0))
        );
    }

    #[test]
    fn reset_forgets_the_run_before() {
        let mut early = EarlyStopping::new(0);
        let square = Quadratic::square();
        let look = |early: &mut EarlyStopping<'_, f64>, x: f64| {
            let x = array![x];
            early.observe(&Snapshot::new(0, &x, &x, &square)).is_break()
        };
        assert!(!look(&mut early, 1.0));
        assert!(look(&mut early, 2.0));
        early.reset();
        assert!(early.best().is_none());
        assert!(!look(&mut early, 2.0));
    }

    #[test]
    #[should_panic(expected = "min_delta must be finite and >= 0, got NaN; 0 is the default")]
    fn nan_min_delta() {
        let _ = EarlyStopping::new(1).min_delta(f64::NAN);
    }
}
