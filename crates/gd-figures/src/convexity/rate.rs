//! Condition number and rate: what a step leaves of the distance, measured, against (κ−1)/(κ+1).

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::ArrayRef1;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const KAPPAS: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
/// Coordinates: the inner curvatures must not change the rate.
const DIM: usize = 5;
/// Twice what κ = 1000 needs with the learning rate 1/L.
const MOST: usize = 30_000;

/// `convexity-rate`.
pub struct Rate;

/// Measured at one condition number.
pub struct Measured {
    kappa: f64,
    /// Steps to 10⁻⁶ with 2/(L + μ), and with 1/L.
    best: usize,
    safe: usize,
    /// ‖x_T‖/‖x_{T−1}‖ at the last of the best steps.
    factor: f64,
}

fn norm(x: &ArrayRef1<f64>) -> f64 {
    x.dot(x).sqrt()
}

fn measure(kappa: f64) -> Measured {
    let f = Quadratic::with_condition_number(kappa, DIM);
    let start = [1.0; DIM];
    let count = |lr| {
        let steps = steps_until(&f, Sgd::plain(), lr, &start, MOST, |x| largest(x) < 1e-6);
        steps.expect("both rates are below 2/L")
    };
    let lr = 2.0 / (kappa + 1.0);
    let best = count(lr);
    let path = descend(&f, Sgd::plain(), lr, &start, best).points;
    Measured {
        kappa,
        best,
        safe: count(1.0 / kappa),
        factor: norm(&path[best]) / norm(&path[best - 1]),
    }
}

impl Experiment for Rate {
    const NAME: &'static str = "convexity-rate";
    type Data = Vec<Measured>;

    fn data() -> Vec<Measured> {
        KAPPAS.map(measure).into()
    }

    fn values(data: &Vec<Measured>) -> Values {
        let off = data.iter().map(|m| (m.factor - factor(m.kappa)).abs());
        let mut values = Values::new()
            .count("dim", DIM)
            .number("largest-difference", off.fold(0.0, f64::max));
        for m in data {
            let key = format!("kappa-{}", m.kappa);
            values = values
                .count(format!("{key}.steps"), m.best)
                .count(format!("{key}.steps-with-one-over-l"), m.safe)
                .number(format!("{key}.factor"), m.factor);
        }
        values
    }
}

/// What theory says that a step leaves of the distance.
fn factor(kappa: f64) -> f64 {
    (kappa - 1.0) / (kappa + 1.0)
}

impl Figure for Rate {
    fn table(data: &Vec<Measured>) -> Table {
        let mut table = Table::new(&["kappa", "factor", "theory", "steps", "steps_with_1_over_l"]);
        for m in data {
            table.row([
                m.kappa.into(),
                m.factor.into(),
                factor(m.kappa).into(),
                m.best.into(),
                m.safe.into(),
            ]);
        }
        table
    }

    fn draw(data: &Vec<Measured>, form: Form) -> Drawing {
        let kappa = || Axis::log("条件数 *κ*", 0.8, 1500.0).ticks_at(&[1.0, 10.0, 100.0, 1000.0]);
        let curve = |f: &dyn Fn(f64) -> f64, from: f64| -> Vec<Point> {
            (0..=60)
                .map(|i| from * (1000.0 / from).powf(f64::from(i) / 60.0))
                .map(|kappa| (kappa, f(kappa)))
                .collect()
        };
        let mut rate = Panel::new(kappa(), Axis::log("每步缩掉的比例 1 − *ρ*", 1e-3, 2.0))
            .title("点是测的，线是理论")
            .height(250.0, 230.0);
        let theory = curve(&|kappa| 1.0 - factor(kappa), 1.0);
        rate.curve(&theory, Stroke::truth());
        let measured: Vec<Point> = data.iter().map(|m| (m.kappa, 1.0 - m.factor)).collect();
        rate.dots(&measured, Dot::Disc, 3.6, Ink::Path);
        rate.along(&theory, 0.6, "2/(*κ* + 1)", Ink::Truth);

        let mut steps = Panel::new(kappa(), Axis::log("走到 10⁻⁶ 要几步", 0.7, 3e4))
            .title("步数和 *κ* 成正比")
            .height(250.0, 230.0);
        // both coordinates start at 1
        let needed = curve(&|kappa| 1e-6f64.ln() / factor(kappa).ln(), 1.3);
        steps.curve(&needed, Stroke::truth());
        let safe: Vec<Point> = data.iter().map(|m| (m.kappa, m.safe as f64)).collect();
        let best: Vec<Point> = data.iter().map(|m| (m.kappa, m.best as f64)).collect();
        steps.dots(&safe, Dot::Ring, 3.6, Ink::Third);
        steps.dots(&best, Dot::Disc, 3.6, Ink::Path);
        steps.label(
            safe[5],
            "*η* = 1/*L*",
            Ink::Third,
            &[Side::AboveLeft, Side::Left],
        );
        let name = "*η* = 2/(*L* + *μ*)";
        steps.label(best[6], name, Ink::Path, &[Side::BelowRight, Side::Below]);
        layout::arrange(form, &[rate, steps])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn theory_predicts_the_steps() {
        for m in Rate::data().iter().skip(1) {
            let predicted = (1e-6f64.ln() / factor(m.kappa).ln()).ceil();
            assert!((m.best as f64 - predicted).abs() <= 1.0, "{}", m.kappa);
        }
    }
}
