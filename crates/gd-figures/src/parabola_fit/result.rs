//! Exercise 2: the lesson's parabola, fitted from zero.

use gd_core::data::lesson_parabola;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use gd_core::{Objective, Stop, linalg};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.05;
const EPOCHS: usize = 200;
/// The coefficients that the data were made from: a, b, c.
const TRUTH: [f64; 3] = [0.5, -2.0, 1.0];

/// `parabola-fit-result`.
pub struct Parabola;

/// The run and the exact answer.
pub struct Data {
    points: Vec<Point>,
    losses: Vec<f64>,
    fitted: [f64; 3],
    exact: [f64; 3],
    exact_loss: f64,
    limit: f64,
    curvatures: [f64; 3],
    /// ∂²L/∂a², the steepest direction but for a small turn.
    curvature_of_a: f64,
    /// With learning rate 0.1: the first epoch whose loss is not finite.
    overflow: usize,
    /// With learning rate 0.1: the first epoch whose parameters or gradient are not finite.
    diverged: usize,
}

fn parabola([a, b, c]: [f64; 3], x: f64) -> f64 {
    (a * x + b) * x + c
}

impl Experiment for Parabola {
    const NAME: &'static str = "parabola-fit-result";
    type Data = Data;

    fn data() -> Data {
        let data = lesson_parabola::<f64>();
        let model = LinearRegression::polynomial(&data, 2);
        let run = descend(&model, Sgd::plain(), LR, &[0.0; 3], EPOCHS);
        let exact = model.least_squares();
        let curvatures = linalg::symmetric_eigenvalues(&model.constant_hessian());
        let three = |v: &ndarray::Array1<f64>| [v[0], v[1], v[2]];
        let exploding = descend(&model, Sgd::plain(), 0.1, &[0.0; 3], 10_000);
        let infinite = exploding
            .values(&model)
            .iter()
            .position(|loss| !loss.is_finite());
        let Stop::Diverged { at: diverged } = exploding.stop else {
            panic!(
                "lr 0.1 was expected to diverge, but the run {}",
                exploding.stop
            );
        };
        Data {
            points: data.x.iter().copied().zip(data.y.iter().copied()).collect(),
            losses: run.values(&model),
            fitted: three(run.last()),
            exact: three(&exact),
            exact_loss: model.value(&exact),
            limit: model.largest_stable_lr(),
            curvatures: three(&curvatures),
            curvature_of_a: model.constant_hessian()[[0, 0]],
            overflow: infinite.unwrap_or(diverged),
            diverged,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new().number("lr", LR).count("epochs", EPOCHS);
        let sets = [
            ("final", data.fitted),
            ("least-squares", data.exact),
            ("true", TRUTH),
        ];
        for (key, coefficients) in sets {
            for (name, value) in ["a", "b", "c"].into_iter().zip(coefficients) {
                values = values.number(format!("{key}.{name}"), value);
            }
        }
        let [low, middle, high] = data.curvatures;
        let near = |loss: &f64| *loss <= 1.01 * data.exact_loss;
        let near = data
            .losses
            .iter()
            .position(near)
            .expect("200 epochs suffice");
        values
            .count("epochs-to-one-percent", near)
            .number("curvature.a", data.curvature_of_a)
            .number("final.loss", data.losses[EPOCHS])
            .number("least-squares.loss", data.exact_loss)
            .number("limit", data.limit)
            .number("lr-0-1.over-limit", 0.1 / data.limit)
            .number("curvature.a-limit", 2.0 / data.curvature_of_a)
            .number("curvature.low", low)
            .number("curvature.middle", middle)
            .number("curvature.high", high)
            .number("kappa", high / low)
            .count("lr-0-1.overflow-epoch", data.overflow)
            .count("lr-0-1.diverged-epoch", data.diverged)
    }
}

impl Figure for Parabola {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["epoch", "loss"]);
        for (t, &loss) in data.losses.iter().enumerate() {
            table.row([t.into(), loss.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut loss = Panel::new(
            Axis::linear("轮数 *t*", 0.0, EPOCHS as f64),
            Axis::log("损失 *L*(*a*, *b*, *c*)", 0.1, 100.0),
        )
        .title("损失很快到底");
        let curve = by_step(&data.losses);
        loss.curve(&curve, Stroke::solid(Ink::Path));
        // on the curve, which soon runs along it
        loss.rule_y(data.exact_loss, Stroke::truth().width(1.4), "");
        let name = format!("最低 {:.4}", data.exact_loss);
        loss.label(
            (140.0, data.exact_loss),
            &name,
            Ink::Truth,
            &[Side::Above, Side::Below],
        );

        let mut fit = Panel::new(
            // wider than the data: the names of the curves stand where no points are
            Axis::linear("输入 *x*", -3.2, 5.4),
            Axis::linear("输出 *y*", -3.0, 13.0),
        )
        .title(format!("{EPOCHS} 轮后的拟合"));
        fit.dots(&data.points, Dot::Speck, 1.9, Ink::Data);
        fit.graph(|x| parabola(data.fitted, x), Stroke::solid(Ink::Path));
        fit.graph(|x| parabola(TRUTH, x), Stroke::truth());
        let at = |x: f64, c| (x, parabola(c, x));
        // least squares is a third curve, but it would cover the learned one
        let exact = [-3.0, -1.5, 0.0, 1.5, 3.0].map(|x| at(x, data.exact));
        fit.dots(&exact, Dot::Ring, 3.4, Ink::Muted);
        fit.note("○ 最小二乘：和学到的重合", Ink::Muted);
        let above = [Side::AboveLeft, Side::Above];
        fit.label(at(5.0, data.fitted), "学到的", Ink::Path, &above);
        let below = [Side::BelowRight, Side::Below];
        fit.label(at(3.7, TRUTH), "真实的", Ink::Truth, &below);
        layout::arrange(form, &[loss, fit])
    }
}
