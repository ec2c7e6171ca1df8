//! The loss of the line fit as a map over w and b, with the path of descent.

use gd_core::Objective;
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const LR: f64 = 0.01;
const EPOCHS: usize = 200;
/// Heights above the minimum: each three times the last.
const EXCESS: [f64; 7] = [0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 90.0];
const NEAR: [f64; 6] = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];

/// `line-fit-landscape`.
pub struct Landscape;

/// Heights above the minimum, and the path.
pub struct Data {
    map: Grid,
    close_up: Grid,
    path: Vec<Point>,
    losses: Vec<f64>,
    exact: Point,
    exact_loss: f64,
}

impl Experiment for Landscape {
    const NAME: &'static str = "line-fit-landscape";
    type Data = Data;

    fn data() -> Data {
        let model = LinearRegression::line(&lesson_line::<f64>());
        let exact = model.least_squares();
        let exact_loss = model.value(&exact);
        // the loss is a parabola, so its height above the minimum is known exactly
        let bowl = Quadratic::new(model.hessian());
        let excess = |w: f64, b: f64| bowl.value(&array![w - exact[0], b - exact[1]]);
        let run = descend(&model, Sgd::plain(), LR, &[0.0, 0.0], EPOCHS);
        Data {
            map: Grid::sample((-1.0, 5.0), (-0.8, 6.2), 73, 73, excess),
            close_up: Grid::sample((1.9, 1.96), (2.88, 3.02), 61, 61, excess),
            path: run
                .coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect(),
            losses: run.values(&model),
            exact: (exact[0], exact[1]),
            exact_loss,
        }
    }

    fn values(data: &Data) -> Values {
        let (w, b) = data.path[EPOCHS];
        Values::new()
            .number("start-loss", data.losses[0])
            .number("lowest-loss", data.exact_loss)
            .number("final.w", w)
            .number("final.b", b)
            .number("final-excess", data.losses[EPOCHS] - data.exact_loss)
    }
}

impl Figure for Landscape {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["epoch", "w", "b", "loss"]);
        for (t, (&(w, b), &loss)) in data.path.iter().zip(&data.losses).enumerate() {
            table.row([t.into(), w.into(), b.into(), loss.into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let start = data.path[0];
        let mut map = Panel::new(
            Axis::linear("斜率 *w*", -1.0, 5.0),
            Axis::linear("截距 *b*", -0.8, 6.2),
        )
        .title("先横穿，再沿谷底爬")
        .height(270.0, 260.0);
        map.contours(&data.map, &EXCESS, Stroke::thin(Ink::Contour));
        map.curve(&data.path, Stroke::solid(Ink::Path));
        for t in [0, 8, 40] {
            map.arrow(data.path[t], data.path[t + 4], Stroke::solid(Ink::Path));
        }
        map.dots(&[start], Dot::Ring, 4.0, Ink::Path);
        map.dots(&[data.exact], Dot::Star, 7.0, Ink::Truth);
        map.label(
            start,
            "起点 (0, 0)",
            Ink::Path,
            &[Side::Below, Side::BelowRight],
        );
        map.label(
            data.exact,
            "最小二乘解",
            Ink::Truth,
            &[Side::AboveRight, Side::Right],
        );
        map.heights_on(&data.map, &[(1.0, "+1"), (10.0, "+10"), (30.0, "+30")]);

        let mut close = Panel::new(
            Axis::linear("斜率 *w*", 1.9, 1.96),
            Axis::linear("截距 *b*", 2.88, 3.02),
        )
        .title("终点附近放大：200 轮还差一点")
        .height(270.0, 260.0);
        close.contours(&data.close_up, &NEAR, Stroke::thin(Ink::Contour));
        close.curve(&data.path, Stroke::solid(Ink::Path));
        close.dots(&data.path[EPOCHS - 30..], Dot::Disc, 2.4, Ink::Path);
        close.dots(&[data.exact], Dot::Star, 7.0, Ink::Truth);
        close.label(
            data.path[EPOCHS],
            "第 200 轮",
            Ink::Path,
            &[Side::BelowRight, Side::Right],
        );
        close.label(data.exact, "最小二乘解", Ink::Truth, &[Side::AboveRight]);
        let marked = [(0.001, "+0.001"), (0.01, "+0.01")];
        close.heights_on(&data.close_up, &marked);
        layout::arrange(form, &[map, close])
    }
}
