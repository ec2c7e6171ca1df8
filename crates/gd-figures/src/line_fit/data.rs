//! The lesson's data: a hundred noisy points on a line.

use gd_core::Objective;
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use ndarray::{Array1, array};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// The line that the data were made from: w, b.
pub const TRUE_LINE: [f64; 2] = [2.0, 3.0];

/// `line-fit-data`.
pub struct Data;

impl Experiment for Data {
    const NAME: &'static str = "line-fit-data";
    type Data = Vec<Point>;

    fn data() -> Vec<Point> {
        points()
    }

    fn values(data: &Vec<Point>) -> Values {
        let [w, b] = TRUE_LINE;
        let noise: Array1<f64> = data.iter().map(|&(x, y)| y - (w * x + b)).collect();
        let model = LinearRegression::line(&lesson_line());
        Values::new()
            .count("n", data.len())
            .number("true.w", w)
            .number("true.b", b)
            // divided by n, so that its square is the loss of the true line
            .number("noise-std", noise.std(0.0))
            .number("noise-mean", noise.mean().unwrap_or_default())
            .number("true-line-mse", model.value(&array![w, b]))
    }
}

impl Figure for Data {
    fn table(data: &Vec<Point>) -> Table {
        let mut table = Table::new(&["x", "y"]);
        for &(x, y) in data {
            table.row([x.into(), y.into()]);
        }
        table
    }

    fn draw(data: &Vec<Point>, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("输入 *x*", -5.2, 5.2),
            Axis::linear("输出 *y*", -10.0, 16.0),
        );
        panel.dots(data, Dot::Disc, 3.2, Ink::Data);
        let [w, b] = TRUE_LINE;
        panel.graph(|x| w * x + b, Stroke::truth());
        let at = (-1.3, w * -1.3 + b);
        panel.label(
            at,
            "真实的直线 *y* = 2*x* + 3",
            Ink::Truth,
            &[Side::AboveLeft],
        );
        layout::arrange(form, &[panel])
    }
}

/// The points of the lesson.
pub fn points() -> Vec<Point> {
    let data = lesson_line::<f64>();
    data.x.iter().copied().zip(data.y.iter().copied()).collect()
}
