//! Exercise 3: x² + 2y² from (4, 3), with three learning rates, over its contour lines.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::contour::Grid;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: [f64; 2] = [4.0, 3.0];
const STEPS: usize = 20;
const LEVELS: [f64; 6] = [0.5, 2.0, 5.0, 10.0, 20.0, 34.0];

/// `contour-path-descent`. “To 10⁻⁶” means that |x| and |y| are both below it.
pub struct ContourPath;

/// The map and three paths.
pub struct Data {
    map: Grid,
    paths: Vec<Vec<Point>>,
    small: usize,
    best: usize,
    /// |y| after 1000 steps with learning rate 0.5.
    stuck: f64,
}

impl Experiment for ContourPath {
    const NAME: &'static str = "contour-path-descent";
    type Data = Data;

    fn data() -> Data {
        let f = Quadratic::diagonal(&[2.0, 4.0]);
        let path = |lr| {
            let run = descend(&f, Sgd::plain(), lr, &START, STEPS);
            run.coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect()
        };
        let until = |lr| {
            let steps = steps_until(&f, Sgd::plain(), lr, &START, 1000, |x| largest(x) < 1e-6);
            steps.expect("below 0.5 it converges")
        };
        let stuck = descend(&f, Sgd::plain(), 0.5, &START, 1000);
        Data {
            map: Grid::sample((-6.0, 6.0), (-4.4, 4.4), 73, 55, |x, y| {
                f.value(&array![x, y])
            }),
            paths: [0.1, 1.0 / 3.0, 0.5].map(path).into(),
            small: until(0.1),
            best: until(1.0 / 3.0),
            stuck: stuck.last()[1].abs(),
        }
    }

    fn values(data: &Data) -> Values {
        Values::new()
            .number("start.x", START[0])
            .number("start.y", START[1])
            .count("lr-0-1.steps", data.small)
            .count("lr-third.steps", data.best)
            .number("lr-0-5.y-after-1000", data.stuck)
    }
}

impl Figure for ContourPath {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "x", "y"]);
        for (path, lr) in data.paths.iter().zip([0.1, 1.0 / 3.0, 0.5]) {
            for (t, &(x, y)) in path.iter().enumerate() {
                table.row([lr.into(), t.into(), x.into(), y.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let titles = [
            format!("*η* = 0.1：{} 步到 10⁻⁶", data.small),
            format!("*η* = 1/3：{} 步到 10⁻⁶", data.best),
            "*η* = 0.5：*y* 永远是 ±3".to_owned(),
        ];
        let panels: Vec<Panel> = data
            .paths
            .iter()
            .zip(titles)
            .map(|(path, title)| {
                let mut panel = Panel::new(
                    Axis::linear("参数 *x*", -6.0, 6.0).ticks_at(&[-4.0, 0.0, 4.0]),
                    Axis::linear("参数 *y*", -4.4, 4.4).ticks_at(&[-3.0, 0.0, 3.0]),
                )
                .title(title)
                .equal();
                panel.contours(&data.map, &LEVELS, Stroke::thin(Ink::Contour));
                // with 0.5 the third step already repeats the first
                let shown = if repeats(path) { &path[..4] } else { &path[..] };
                panel.steps(shown, Stroke::solid(Ink::Path).width(1.4));
                panel.dots(shown, Dot::Disc, 2.6, Ink::Path);
                panel.dots(&path[..1], Dot::Ring, 4.0, Ink::Path);
                panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
                panel.heights_on(&data.map, &[(5.0, "5"), (20.0, "20")]);
                // the contour through the start falls away on this side
                panel.label(path[0], "起点", Ink::Path, &[Side::AboveRight, Side::Above]);
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}

/// Whether a path ends in jumping between two points.
fn repeats(path: &[Point]) -> bool {
    path.len() > 3 && path[path.len() - 1] == path[path.len() - 3] && path[3] == path[1]
}
