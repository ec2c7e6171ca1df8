//! One step of the heavy ball and one of Nesterov from the same place with the same velocity.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use ndarray::{Array1, array};

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// A ravine wide enough to see the arrows in: ½(x² + 5y²).
const CURVATURES: [f64; 2] = [1.0, 5.0];
const LR: f64 = 0.2;
const MOMENTUM: f64 = 0.9;
/// Where both stand, and the last displacement: down the wall.
const PLACE: Point = (-2.0, 0.7);
const LAST: Point = (0.9, -1.2);

/// `momentum-look-ahead`.
pub struct LookAhead;

/// Corners of a step: where it begins, where its first part ends, where it ends.
pub struct Data {
    map: Grid,
    heavy_ball: [Point; 3],
    nesterov: [Point; 3],
    values: [f64; 2],
}

fn add(a: Point, b: Point) -> Point {
    (a.0 + b.0, a.1 + b.1)
}

/// −η∇f.
fn pull(f: &impl Objective<f64>, at: Point) -> Point {
    let mut grad = Array1::zeros(2);
    f.gradient(&array![at.0, at.1], &mut grad);
    (-LR * grad[0], -LR * grad[1])
}

impl Experiment for LookAhead {
    const NAME: &'static str = "momentum-look-ahead";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::diagonal(&CURVATURES);
        let ahead = add(PLACE, (MOMENTUM * LAST.0, MOMENTUM * LAST.1));
        let heavy_ball = [PLACE, ahead, add(ahead, pull(&f, PLACE))];
        let nesterov = [PLACE, ahead, add(ahead, pull(&f, ahead))];
        let value = |p: Point| f.value(&array![p.0, p.1]);
        Data {
            map: Grid::sample((-2.6, 0.6), (-1.3, 1.1), 65, 49, |x, y| value((x, y))),
            values: [value(heavy_ball[2]), value(nesterov[2])],
            heavy_ball,
            nesterov,
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("heavy-ball.y", data.heavy_ball[2].1)
            .number("nesterov.y", data.nesterov[2].1)
            .number("heavy-ball.f", data.values[0])
            .number("nesterov.f", data.values[1])
    }
}

impl Figure for LookAhead {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "corner", "x", "y"]);
        let methods = [
            ("heavy ball", &data.heavy_ball),
            ("nesterov", &data.nesterov),
        ];
        for (method, corners) in methods {
            for (i, &(x, y)) in corners.iter().enumerate() {
                table.row([method.into(), i.into(), x.into(), y.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let panel = |title: &str| {
            let mut panel = Panel::new(
                Axis::linear("参数 *x*", -2.6, 0.6),
                Axis::linear("参数 *y*", -1.3, 1.1),
            )
            .title(title)
            .equal();
            let levels = [0.25, 0.75, 1.5, 2.5, 4.0];
            panel.contours(&data.map, &levels, Stroke::thin(Ink::Contour));
            panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
            panel
        };
        let inertia = Stroke::solid(Ink::First);
        let slope = Stroke::solid(Ink::Second);
        let whole = Stroke::solid(Ink::Text).width(1.2);
        let finish = |panel: &mut Panel, [from, ahead, to]: [Point; 3], inertia: Side, side| {
            panel.arrow(from, to, whole);
            panel.dots(&[from], Dot::Disc, 3.5, Ink::Text);
            panel.dots(&[to], Dot::Disc, 3.0, Ink::Text);
            let middle = (0.4 * from.0 + 0.6 * ahead.0, 0.4 * from.1 + 0.6 * ahead.1);
            panel.label_off(middle, "惯性", Ink::First, &[inertia; 2], 4.0);
            panel.label(from, "现在", Ink::Text, &[Side::AboveLeft, Side::Above]);
            panel.label(to, "下一步", Ink::Text, &[side]);
        };

        let mut ball = panel("重球：在脚下看坡");
        let [from, ahead, to] = data.heavy_ball;
        ball.arrow(from, ahead, inertia);
        // the same arrow where it is measured and where it is added
        let measured = (from.0 + to.0 - ahead.0, from.1 + to.1 - ahead.1);
        ball.arrow(from, measured, slope.opacity(0.55));
        ball.arrow(ahead, to, slope);
        let middle = ((ahead.0 + to.0) / 2.0, (ahead.1 + to.1) / 2.0);
        ball.label_off(middle, "同样的坡", Ink::Second, &[Side::Right; 2], 4.0);
        ball.label_off(
            measured,
            "脚下的坡",
            Ink::Second,
            &[Side::BelowLeft; 2],
            3.0,
        );
        finish(&mut ball, data.heavy_ball, Side::AboveRight, Side::Left);

        let mut nesterov = panel("Nesterov：先探一步再看坡");
        let [from, ahead, to] = data.nesterov;
        nesterov.arrow(from, ahead, inertia);
        nesterov.arrow(ahead, to, slope);
        let middle = ((ahead.0 + to.0) / 2.0, (ahead.1 + to.1) / 2.0);
        nesterov.label_off(
            middle,
            "探到的坡",
            Ink::Second,
            &[Side::Right, Side::BelowRight],
            4.0,
        );
        finish(
            &mut nesterov,
            data.nesterov,
            Side::BelowLeft,
            Side::AboveRight,
        );
        layout::arrange(form, &[ball, nesterov])
    }
}
