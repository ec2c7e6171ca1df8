//! x² from 4.0 with learning rate 0.3: the steps on the parabola, and how the distance shrinks.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout, text};

const START: f64 = 4.0;
const LR: f64 = 0.3;
const STEPS: usize = 20;

/// `first-program-descent`.
pub struct Descent;

/// The run.
pub struct Data {
    /// The step at which the floating-point x has become 0.
    zero_at: usize,
    /// x₀ to x₂₀.
    xs: Vec<f64>,
    /// f(x₀) to f(x₂₀).
    fs: Vec<f64>,
    /// f′(x₀) to f′(x₂₀).
    grads: Vec<f64>,
}

impl Experiment for Descent {
    const NAME: &'static str = "first-program-descent";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::square();
        let run = descend(&f, Sgd::plain(), LR, &[START], STEPS);
        let slope = |x: f64| {
            let mut grad = array![0.0];
            f.gradient(&array![x], &mut grad);
            grad[0]
        };
        let xs = run.coordinate(0);
        let until_zero = steps_until(&f, Sgd::plain(), LR, &[START], 5_000, |x| x[0] == 0.0);
        Data {
            zero_at: until_zero.expect("0.4ᵗ underflows"),
            fs: run.values(&f),
            grads: xs.iter().copied().map(slope).collect(),
            xs,
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .number("start", START)
            .number("lr", LR)
            .count("steps", STEPS)
            .count("zero-at", data.zero_at)
            .number("factor", data.xs[1] / data.xs[0]);
        for k in 1..=8 {
            // grad.k is the gradient that update k used: the one at the point before it
            values = values
                .number(format!("x.{k}"), data.xs[k])
                .number(format!("f.{k}"), data.fs[k])
                .number(format!("grad.{k}"), data.grads[k - 1])
                .number(format!("length.{k}"), (data.xs[k] - data.xs[k - 1]).abs());
        }
        values
            .number("final-x", data.xs[STEPS])
            .number("final-f", data.fs[STEPS])
    }
}

impl Figure for Descent {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["step", "x", "f", "gradient"]);
        for t in 0..=STEPS {
            table.row([
                t.into(),
                data.xs[t].into(),
                data.fs[t].into(),
                data.grads[t].into(),
            ]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut bowl = Panel::new(
            Axis::linear("参数 *x*", -2.5, 5.2),
            Axis::linear("函数值 *f*(*x*) = *x*²", -5.5, 18.0),
        )
        .title("在抛物线上一步步往下");
        bowl.graph(|x| x * x, Stroke::solid(Ink::Data));
        let points: Vec<Point> = data
            .xs
            .iter()
            .zip(&data.fs)
            .map(|(&x, &f)| (x, f))
            .collect();
        bowl.steps(&points[..5], Stroke::solid(Ink::Path));
        bowl.dots(&points[..=5], Dot::Disc, 4.0, Ink::Path);
        bowl.dots(&points[STEPS..], Dot::Star, 6.0, Ink::Truth);
        let left = [Side::Left, Side::AboveLeft];
        bowl.label(points[0], "起点 *x*₀ = 4", Ink::Path, &left);
        let name = |k: usize| format!("*x*{} = {}", ["₀", "₁", "₂"][k], short(data.xs[k]));
        let right = [Side::Right, Side::BelowRight];
        bowl.label(points[1], &name(1), Ink::Path, &right);
        bowl.label(points[2], &name(2), Ink::Path, &right);
        let end = format!("{STEPS} 步后 *x* ≈ {}", text::scientific(data.xs[STEPS], 1));
        // a line below the names of the steps
        bowl.label_off(points[STEPS], &end, Ink::Truth, &[Side::Below; 2], 26.0);

        let mut distance = Panel::new(
            Axis::linear("步数 *t*", 0.0, 20.0),
            Axis::log("到最小值的距离 |*x*|", 1e-8, 10.0),
        )
        .title("每一步都乘 0.4");
        let line = by_step(&data.xs);
        distance.curve(&line, Stroke::solid(Ink::Path));
        distance.dots(&line, Dot::Disc, 3.2, Ink::Path);
        distance.note("对数轴上是一条直线", Ink::Muted);
        layout::arrange(form, &[bowl, distance])
    }
}

fn short(x: f64) -> String {
    text::minus(format!("{x:.4}").trim_end_matches('0'))
}
