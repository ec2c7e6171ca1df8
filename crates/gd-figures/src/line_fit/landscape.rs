//! The loss of the line fit as a map over w and b, with the path of descent.

use gd_core::Objective;
use gd_core::data::lesson_line;
use gd_core::model::LinearRegression;
use gd_core::optim::Sgd;
use ndarray::ArrayRef2;

use crate::axis::Axis;
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

/// Corners of a contour line.
const CORNERS: i32 = 240;

/// `line-fit-landscape`.
pub struct Landscape;

/// The points at which the loss lies `excess` above its minimum. The loss is a quadratic, so
/// they are an ellipse: with H = LLᵀ, the circle of radius √(2·excess) under L⁻ᵀ.
fn ellipse(hessian: &ArrayRef2<f64>, (w, b): Point, excess: f64) -> Vec<Point> {
    let l11 = hessian[[0, 0]].sqrt();
    let l21 = hessian[[0, 1]] / l11;
    let l22 = (hessian[[1, 1]] - l21 * l21).sqrt();
    let radius = (2.0 * excess).sqrt();
    (0..=CORNERS)
        .map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i) / f64::from(CORNERS);
            let db = radius * angle.sin() / l22;
            let dw = (radius * angle.cos() - l21 * db) / l11;
            (w + dw, b + db)
        })
        .collect()
}

/// Heights above the minimum, and the path.
pub struct Data {
    /// For each of `EXCESS` and `NEAR`, the ellipse of that height.
    map: Vec<Vec<Point>>,
    close_up: Vec<Vec<Point>>,
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
        let hessian = model.constant_hessian();
        let center = (exact[0], exact[1]);
        let run = descend(&model, Sgd::plain(), LR, &[0.0, 0.0], EPOCHS);
        Data {
            map: EXCESS.map(|h| ellipse(&hessian, center, h)).into(),
            close_up: NEAR.map(|h| ellipse(&hessian, center, h)).into(),
            path: run
                .coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect(),
            losses: run.values(&model),
            exact: center,
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
        // one unit of w is as long as one of b: only then the valley looks as narrow as it is
        let mut map = Panel::new(
            Axis::linear("斜率 *w*", -1.0, 5.0),
            Axis::linear("截距 *b*", -0.8, 5.6),
        )
        .title("先横穿，再沿谷底爬")
        .equal();
        for line in &data.map {
            map.curve(line, Stroke::thin(Ink::Contour));
        }
        map.curve(&data.path, Stroke::solid(Ink::Path));
        let every: Vec<Point> = data.path.iter().step_by(20).copied().collect();
        map.dots(&every, Dot::Disc, 2.8, Ink::Path);
        for t in [0, 8, 28] {
            map.arrow(data.path[t], data.path[t + 4], Stroke::solid(Ink::Path));
        }
        map.dots(&[start], Dot::Ring, 4.0, Ink::Path);
        map.dots(&[data.exact], Dot::Star, 6.0, Ink::Truth);
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
        map.note("每 20 轮一个点", Ink::Path);
        for (i, height) in [(2, "+1"), (4, "+10"), (5, "+30")] {
            // towards the top, clear of the path
            let upper = data.map[i]
                .iter()
                .filter(|p| p.1 > 3.6 && p.0 < data.exact.0);
            let upper: Vec<Point> = upper.copied().collect();
            map.height_on(&upper, height);
        }

        let mut close = Panel::new(
            Axis::linear("斜率 *w*", 1.876, 1.986),
            Axis::linear("截距 *b*", 2.9, 3.02),
        )
        .title("终点附近放大：200 轮还差一点")
        .equal();
        for line in &data.close_up {
            close.curve(line, Stroke::thin(Ink::Contour));
        }
        close.curve(&data.path, Stroke::solid(Ink::Path));
        close.dots(&data.path[EPOCHS - 30..], Dot::Disc, 2.4, Ink::Path);
        close.dots(&[data.exact], Dot::Star, 6.0, Ink::Truth);
        close.label(
            data.path[EPOCHS],
            "第 200 轮",
            Ink::Path,
            &[Side::BelowRight, Side::Right],
        );
        close.label(data.exact, "最小二乘解", Ink::Truth, &[Side::AboveRight]);
        for (i, height) in [(2, "+0.001"), (4, "+0.01")] {
            let left = data.close_up[i].iter().filter(|p| p.0 < data.exact.0);
            let left: Vec<Point> = left.copied().collect();
            close.height_on(&left, height);
        }
        layout::arrange(form, &[map, close])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_an_ellipse_the_loss_has_its_height() {
        let model = LinearRegression::line(&lesson_line::<f64>());
        let exact = model.least_squares();
        let lowest = model.value(&exact);
        for (w, b) in ellipse(&model.constant_hessian(), (exact[0], exact[1]), 3.0) {
            let excess = model.value(&ndarray::array![w, b]) - lowest;
            assert!((excess - 3.0).abs() < 1e-9, "({w}, {b}): {excess}");
        }
    }
}
