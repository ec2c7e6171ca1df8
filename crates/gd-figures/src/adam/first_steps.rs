//! Every number of the first three steps of Adam, on x² from 4.

use crate::{Experiment, Values};

const START: f64 = 4.0;
const LR: f64 = 0.1;
const BETAS: (f64, f64) = (0.9, 0.999);
const EPS: f64 = 1e-8;

/// `adam-first-steps`.
pub struct FirstSteps;

/// One step; `x` is where it ends.
pub struct Step {
    g: f64,
    m: f64,
    v: f64,
    m_hat: f64,
    v_hat: f64,
    length: f64,
    x: f64,
}

/// The steps by the formulas.
fn steps(count: i32) -> Vec<Step> {
    let (mut x, mut m, mut v) = (START, 0.0, 0.0);
    let step = |t: i32| {
        let g = 2.0 * x;
        m = BETAS.0 * m + (1.0 - BETAS.0) * g;
        v = BETAS.1 * v + (1.0 - BETAS.1) * g * g;
        let m_hat = m / (1.0 - BETAS.0.powi(t));
        let v_hat: f64 = v / (1.0 - BETAS.1.powi(t));
        let length = LR * m_hat / (v_hat.sqrt() + EPS);
        x -= length;
        Step {
            g,
            m,
            v,
            m_hat,
            v_hat,
            length,
            x,
        }
    };
    (1..=count).map(step).collect()
}

impl Experiment for FirstSteps {
    const NAME: &'static str = "adam-first-steps";
    type Data = Vec<Step>;

    fn data() -> Vec<Step> {
        steps(3)
    }

    fn values(data: &Vec<Step>) -> Values {
        let values = Values::new().number("lr", LR).number("start", START);
        (1..).zip(data).fold(values, |values, (t, step)| {
            values
                .number(format!("g.{t}"), step.g)
                .number(format!("m.{t}"), step.m)
                .number(format!("v.{t}"), step.v)
                .number(format!("m-hat.{t}"), step.m_hat)
                .number(format!("v-hat.{t}"), step.v_hat)
                .number(format!("length.{t}"), step.length)
                .number(format!("x.{t}"), step.x)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gd_core::Optimizer;
    use gd_core::optim::Adam;
    use ndarray::array;

    #[test]
    fn the_formulas_are_those_of_gd_core() {
        let mut rule = Adam::default();
        let mut x = array![START];
        for step in steps(50) {
            let grad = 2.0 * &x;
            rule.step(LR, &mut x, &grad);
            assert!((x[0] - step.x).abs() < 1e-12);
        }
    }
}
