//! The checks of the exercises, one module each.
//!
//! A check calls the reader's function on several inputs and compares with what gd-core says. Where
//! the answer is what a usual mistake gives, it names the mistake. Nothing that the reader's
//! function does ends a check: a panic is caught and told, and NaN is an answer like any other.

mod answer;
mod verdict;

pub mod adam_step;
pub mod adaptive_rms_prop;
pub mod autodiff_chain;
pub mod batches_epochs;
pub mod clinic_clip;
pub mod convexity_condition_number;
pub mod critical_points_classify;
pub mod derivative_difference;
pub mod first_program_descent;
pub mod initialization_he;
pub mod learning_rate_limit;
pub mod line_fit_gradient;
pub mod momentum_heavy_ball;
pub mod schedules_warmup_cosine;
pub mod steepest_directional;
pub mod update_rule_step;

pub use answer::Answer;
pub use verdict::{Checks, DONE};
