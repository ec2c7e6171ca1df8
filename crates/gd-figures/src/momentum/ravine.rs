//! The first steps in the ravine ½(x² + 50y²): plain descent at its best, and the same learning
//! rate with momentum.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use ndarray::array;

use super::{CURVATURES, START, best_heavy_ball, best_plain, heavy_ball, steps_on_ravine};
use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const STEPS: usize = 25;
const MOMENTUM: f64 = 0.75;

/// `momentum-ravine`.
pub struct Ravine;

/// The map, and a path for each method.
pub struct Data {
    map: Grid,
    paths: [Vec<Point>; 2],
    lr: f64,
    /// Steps to 10⁻⁶ with momentum.
    settled: usize,
    /// How far across the ravine the tuned heavy ball swings.
    widest: f64,
}

impl Experiment for Ravine {
    const NAME: &'static str = "momentum-ravine";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::ravine();
        let (lr, _) = best_plain(CURVATURES);
        let (tuned_lr, tuned) = best_heavy_ball(CURVATURES);
        let path = |momentum| -> Vec<Point> {
            let run = descend(&f, heavy_ball(momentum), lr, &START, STEPS);
            let xs = run.coordinate(0).into_iter();
            xs.zip(run.coordinate(1)).collect()
        };
        Data {
            map: Grid::sample((-4.6, 1.4), (-1.3, 1.3), 61, 61, |x, y| {
                f.value(&array![x, y])
            }),
            paths: [0.0, MOMENTUM].map(path),
            settled: steps_on_ravine(heavy_ball(MOMENTUM), lr),
            widest: descend(&f, heavy_ball(tuned), tuned_lr, &START, STEPS)
                .coordinate(1)
                .into_iter()
                .fold(0.0, |widest, y| y.abs().max(widest)),
            lr,
        }
    }

    fn values(data: &Data) -> Values {
        let [plain, ball] = &data.paths;
        let size = |path: &[Point]| path[STEPS].0.hypot(path[STEPS].1);
        Values::new()
            .count("steps", STEPS)
            .number("lr", data.lr)
            .number("momentum.mu", MOMENTUM)
            .count("momentum.steps-to-millionth", data.settled)
            .number("tuned.widest", data.widest)
            .number("plain.x", plain[STEPS].0)
            .number("plain.distance", size(plain))
            .number("momentum.distance", size(ball))
    }
}

impl Figure for Ravine {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["method", "step", "x", "y"]);
        for (path, method) in data.paths.iter().zip(["plain", "momentum"]) {
            for (t, &(x, y)) in path.iter().enumerate() {
                table.row([method.into(), t.into(), x.into(), y.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let titles = ["普通梯度下降：来回撞墙", "学习率不变，加动量 0.75"];
        let panel = |(path, title): (&Vec<Point>, &str)| {
            let mut panel = Panel::new(
                Axis::linear("沿着峡谷 *x*", -4.6, 1.4),
                Axis::linear("横过峡谷 *y*", -1.3, 1.3),
            )
            .title(title)
            .height(215.0, 190.0);
            panel.contours(
                &data.map,
                &log_levels(0.5, 40.0, 6),
                Stroke::thin(Ink::Contour),
            );
            panel.curve(path, Stroke::solid(Ink::Path).width(1.2));
            panel.dots(path, Dot::Disc, 2.4, Ink::Path);
            panel.dots(&path[..1], Dot::Ring, 4.0, Ink::Path);
            panel.dots(&path[STEPS..], Dot::Disc, 3.4, Ink::Path);
            // last, so that it shows where a path ends on it
            panel.dots(&[(0.0, 0.0)], Dot::Star, 6.5, Ink::Truth);
            panel.label(path[0], "起点", Ink::Path, &[Side::Above, Side::Left]);
            let end = format!("{STEPS} 步后");
            panel.label(
                path[STEPS],
                &end,
                Ink::Path,
                &[Side::Below, Side::BelowLeft],
            );
            panel
        };
        let panels: Vec<Panel> = data.paths.iter().zip(titles).map(panel).collect();
        layout::arrange(form, &panels)
    }
}
