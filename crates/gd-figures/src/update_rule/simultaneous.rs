//! All coordinates from one gradient, against one after the other: θ₁² + θ₁θ₂ + θ₂².

use gd_core::Objective;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::{Array1, array};

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{by_step, descend, largest};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: [f64; 2] = [3.0, 1.0];
/// Below the limit 2/3 of descent, and between it and the limit 1 of the other method.
const SMALL: f64 = 0.25;
const LARGE: f64 = 0.8;
const STEPS: usize = 20;
const LEVELS: [f64; 7] = [0.05, 0.2, 0.8, 2.0, 4.0, 8.0, 12.0];

/// `update-rule-simultaneous`.
pub struct Simultaneous;

/// A run of both methods with one learning rate: at once, then one after the other.
pub type Pair = [Vec<Array1<f64>>; 2];

/// Both learning rates.
pub struct Data {
    map: Grid,
    small: Pair,
    large: Pair,
    curvatures: Array1<f64>,
}

fn coupled() -> Quadratic<f64> {
    Quadratic::new(array![[2.0, 1.0], [1.0, 2.0]])
}

/// Every coordinate is changed at once, and the next slope is taken at the changed point.
fn one_after_the_other(f: &impl Objective<f64>, lr: f64) -> Vec<Array1<f64>> {
    let mut x = Array1::from(START.to_vec());
    let mut grad = Array1::zeros(x.len());
    let mut points = vec![x.clone()];
    for _ in 0..STEPS {
        for i in 0..x.len() {
            f.gradient(&x, &mut grad);
            x[i] -= lr * grad[i];
        }
        points.push(x.clone());
    }
    points
}

impl Experiment for Simultaneous {
    const NAME: &'static str = "update-rule-simultaneous";
    type Data = Data;

    fn data() -> Data {
        let f = coupled();
        let pair = |lr| {
            [
                descend(&f, Sgd::plain(), lr, &START, STEPS).points,
                one_after_the_other(&f, lr),
            ]
        };
        Data {
            map: Grid::sample((-0.6, 3.4), (-1.3, 1.5), 61, 43, |x, y| {
                f.value(&array![x, y])
            }),
            small: pair(SMALL),
            large: pair(LARGE),
            curvatures: f.curvatures(),
        }
    }

    fn values(data: &Data) -> Values {
        let values = Values::new()
            .number("lr", SMALL)
            .number("large-lr", LARGE)
            .count("steps", STEPS)
            .number("limit", 2.0 / data.curvatures[1]);
        let both = [("small", &data.small), ("large", &data.large)];
        both.into_iter().fold(values, |values, (key, pair)| {
            let [at_once, in_turn] = pair;
            values
                .number(format!("{key}.at-once.one"), at_once[1][0])
                .number(format!("{key}.at-once.two"), at_once[1][1])
                .number(format!("{key}.in-turn.one"), in_turn[1][0])
                .number(format!("{key}.in-turn.two"), in_turn[1][1])
                .number(format!("{key}.at-once.final"), largest(&at_once[STEPS]))
                .number(format!("{key}.in-turn.final"), largest(&in_turn[STEPS]))
        })
    }
}

impl Figure for Simultaneous {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "lr", "step", "theta_1", "theta_2"]);
        for (lr, pair) in [(SMALL, &data.small), (LARGE, &data.large)] {
            for (method, path) in ["at_once", "in_turn"].iter().zip(pair) {
                for (t, x) in path.iter().enumerate() {
                    table.row([
                        (*method).into(),
                        lr.into(),
                        t.into(),
                        x[0].into(),
                        x[1].into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let looks = [Ink::Path, Ink::Third];
        let names = ["同时更新", "先后更新"];
        let mut map = Panel::new(
            Axis::linear("参数 *θ*₁", -0.6, 3.4),
            Axis::linear("参数 *θ*₂", -1.3, 1.5),
        )
        .title(format!("*η* = {SMALL}：两条不同的路"))
        .equal();
        map.contours(&data.map, &LEVELS, Stroke::thin(Ink::Contour));
        for (i, (path, ink)) in data.small.iter().zip(looks).enumerate() {
            let points: Vec<Point> = path.iter().map(|x| (x[0], x[1])).collect();
            map.steps(&points[..8], Stroke::solid(ink).width(1.5));
            map.dots(&points[1..8], Dot::Disc, 2.6, ink);
            let sides = [
                [Side::BelowRight, Side::Right],
                [Side::AboveLeft, Side::Above],
            ];
            map.label(points[1], names[i], ink, &sides[i]);
        }
        map.dots(&[(START[0], START[1])], Dot::Ring, 4.5, Ink::Text);
        map.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
        let start = (START[0], START[1]);
        map.label(start, "起点", Ink::Text, &[Side::AboveRight, Side::Above]);

        let mut error = Panel::new(
            Axis::linear("步数 *t*", 0.0, STEPS as f64),
            Axis::log("离谷底多远（较大的坐标）", 1e-5, 1e4),
        )
        .title(format!("*η* = {LARGE}：一个发散，一个收敛"))
        .height(230.0, 220.0);
        for (i, path) in data.large.iter().enumerate() {
            let sizes: Vec<f64> = path.iter().map(|x| largest(x)).collect();
            let points = by_step(&sizes);
            let stroke = if i == 0 {
                Stroke::solid(looks[i])
            } else {
                Stroke::series(2)
            };
            error.curve(&points, stroke);
            error.along(&points, 0.6, names[i], looks[i]);
        }
        layout::arrange(form, &[map, error])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_turn_the_factor_per_step_is_that_of_over_relaxation() {
        // for ω = 2η above its best value both eigenvalues have size ω − 1
        let path = one_after_the_other(&coupled(), LARGE);
        let rate = (largest(&path[STEPS]) / largest(&path[4])).powf(1.0 / (STEPS - 4) as f64);
        assert!((rate - 0.6).abs() < 0.05, "{rate}");
    }
}
