//! The learning rate of a schedule, checked where it is used.

use crate::{Float, Schedule, check};

#[track_caller]
pub(super) fn check_first_lr<F: Float>(lr: &impl Schedule<F>) {
    check::positive("lr", lr.at(0), "for f(x)=x² try 0.1");
}

pub(super) fn checked_lr<F: Float>(schedule: &impl Schedule<F>, t: usize) -> F {
    let lr = schedule.at(t);
    assert!(
        lr.is_finite() && lr >= F::zero(),
        "lr must be finite and >= 0, but the schedule gives {lr} at t = {t}; \
         end the run earlier or let the schedule stop at 0"
    );
    lr
}
