//! θ₁² + θ₂², coordinate by coordinate, with three learning rates.

use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, end, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: [f64; 2] = [3.0, -2.0];
const RATES: [f64; 3] = [0.1, 0.9, 1.0];
const STEPS: usize = 12;
const LONG: usize = 1000;
const TOO_LARGE: f64 = 1.01;
const LEVELS: [f64; 5] = [1.0, 4.0, 9.0, 16.0, 25.0];

/// `update-rule-contour`.
pub struct Contour;

/// Three paths, and what becomes of them.
pub struct Data {
    paths: Vec<Vec<Point>>,
    /// Steps to 10⁻⁶ with 0.1 and 0.9.
    settled: [usize; 2],
    /// θ₁ after `LONG` steps with the learning rates 1 and 1.01.
    after_long: [f64; 2],
}

fn bowl() -> Quadratic<f64> {
    Quadratic::diagonal(&[2.0, 2.0])
}

impl Experiment for Contour {
    const NAME: &'static str = "update-rule-contour";
    type Data = Data;

    fn data() -> Data {
        let path = |lr| {
            let run = descend(&bowl(), Sgd::plain(), lr, &START, STEPS);
            run.coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect()
        };
        let until = |lr| {
            let steps = steps_until(&bowl(), Sgd::plain(), lr, &START, LONG, |x| {
                largest(x) < 1e-6
            });
            steps.expect("below 1 it converges")
        };
        let after = |lr| end(&bowl(), Sgd::plain(), lr, &START, LONG)[0];
        Data {
            paths: RATES.map(path).into(),
            settled: [until(RATES[0]), until(RATES[1])],
            after_long: [after(1.0), after(TOO_LARGE)],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new();
        for (t, (one, two)) in data.paths[0].iter().take(5).enumerate() {
            values = values
                .number(format!("step.{t}.one"), *one)
                .number(format!("step.{t}.two"), *two)
                .number(format!("step.{t}.slope-one"), 2.0 * one)
                .number(format!("step.{t}.slope-two"), 2.0 * two)
                .number(format!("step.{t}.f"), one * one + two * two);
        }
        values
            .count("lr-0-1.steps", data.settled[0])
            .count("lr-0-9.steps", data.settled[1])
            .count("long", LONG)
            .number("lr-1.one-after-long", data.after_long[0])
            .number("lr-1-01.one-after-long", data.after_long[1])
    }
}

impl Figure for Contour {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "theta_1", "theta_2"]);
        for (path, lr) in data.paths.iter().zip(RATES) {
            for (t, &(one, two)) in path.iter().enumerate() {
                table.row([lr.into(), t.into(), one.into(), two.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let titles = [
            "*η* = 0.1：直奔谷底",
            "*η* = 0.9：来回跨，越跨越近",
            "*η* = 1：永远在两点之间",
        ];
        let panels: Vec<Panel> = data
            .paths
            .iter()
            .zip(titles)
            .map(|(path, title)| {
                let mut panel = Panel::new(
                    Axis::linear("参数 *θ*₁", -5.0, 5.0).ticks_at(&[-4.0, 0.0, 4.0]),
                    Axis::linear("参数 *θ*₂", -4.0, 4.0).ticks_at(&[-3.0, 0.0, 3.0]),
                )
                .title(title)
                .equal();
                for level in LEVELS {
                    panel.curve(&circle(level.sqrt()), Stroke::thin(Ink::Contour));
                }
                panel.steps(path, Stroke::solid(Ink::Path).width(1.3));
                panel.dots(path, Dot::Disc, 2.6, Ink::Path);
                panel.dots(&path[..1], Dot::Ring, 4.0, Ink::Path);
                panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
                panel.label(path[0], "起点", Ink::Path, &[Side::BelowRight, Side::Below]);
                for (level, name) in [(4.0, "4"), (16.0, "16")] {
                    let upper: Vec<Point> = circle(f64::sqrt(level))
                        .into_iter()
                        .filter(|p| p.0 > 0.5 && p.1 > 0.5)
                        .collect();
                    panel.height_on(&upper, name);
                }
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

/// The points at a distance from the minimum: θ₁² + θ₂² is the same on all of them.
fn circle(radius: f64) -> Vec<Point> {
    let angle = |i: i32| std::f64::consts::TAU * f64::from(i) / 120.0;
    (0..=120)
        .map(|i| (radius * angle(i).cos(), radius * angle(i).sin()))
        .collect()
}
