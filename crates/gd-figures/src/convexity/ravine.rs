//! The ravine ½(x² + 50y²) from (−4, 1): no zig-zag, a zig-zag that converges, and divergence.

use gd_core::Objective;
use gd_core::objective::Quadratic;
use gd_core::optim::Sgd;
use ndarray::array;

use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::{descend, largest, steps_until};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: [f64; 2] = [-4.0, 1.0];
const RATES: [(&str, f64); 3] = [("smooth", 0.015), ("zig-zag", 0.037), ("diverging", 0.041)];
/// Steps that are drawn.
const STEPS: usize = 40;
const MOST: usize = 5000;

/// `convexity-ravine`.
pub struct Ravine;

/// The map, three paths, and how long they take.
pub struct Data {
    map: Grid,
    paths: Vec<Vec<Point>>,
    /// Steps to 10⁻⁶ in both coordinates.
    steps: Vec<Option<usize>>,
    /// The learning rate 2/(1 + 50) and its steps.
    best: (f64, usize),
    at_edge: [usize; 2],
    /// Between the way down and the way to the minimum at the start, in degrees.
    angle: f64,
    after_hundred: f64,
}

fn steps(lr: f64) -> Option<usize> {
    let ravine = Quadratic::ravine();
    steps_until(&ravine, Sgd::plain(), lr, &START, MOST, |x| {
        largest(x) < 1e-6
    })
}

impl Experiment for Ravine {
    const NAME: &'static str = "convexity-ravine";
    type Data = Data;

    fn data() -> Data {
        let ravine = Quadratic::ravine();
        let path = |lr| {
            let run = descend(&ravine, Sgd::plain(), lr, &START, STEPS);
            run.coordinate(0)
                .into_iter()
                .zip(run.coordinate(1))
                .collect()
        };
        let mut grad = array![0.0, 0.0];
        ravine.gradient(&array![START[0], START[1]], &mut grad);
        let inner = grad[0] * START[0] + grad[1] * START[1];
        let lengths = grad[0].hypot(grad[1]) * START[0].hypot(START[1]);
        let best = 2.0 / 51.0;
        let fast = |lr| steps(lr).expect("below 0.04 it converges");
        let far = descend(&ravine, Sgd::plain(), RATES[2].1, &START, 100);
        Data {
            map: Grid::sample((-4.6, 1.6), (-1.9, 1.9), 41, 61, |x, y| {
                ravine.value(&array![x, y])
            }),
            paths: RATES.map(|(_, lr)| path(lr)).into(),
            steps: RATES.map(|(_, lr)| steps(lr)).into(),
            best: (best, fast(best)),
            at_edge: [fast(0.02), fast(0.03)],
            angle: (inner / lengths).acos().to_degrees(),
            after_hundred: far.last()[1],
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new()
            .number("angle", data.angle)
            .count("drawn-steps", STEPS)
            .number("best.lr", data.best.0)
            .count("best.steps", data.best.1)
            .count("lr-0-02.steps", data.at_edge[0])
            .count("lr-0-03.steps", data.at_edge[1])
            .number("diverging.y-after-hundred", data.after_hundred);
        for ((key, lr), steps) in RATES.iter().zip(&data.steps) {
            values = values
                .number(format!("{key}.lr"), *lr)
                .number(format!("{key}.x-factor"), 1.0 - lr)
                .number(format!("{key}.y-factor"), 1.0 - 50.0 * lr);
            if let Some(steps) = steps {
                values = values.count(format!("{key}.steps"), *steps);
            }
        }
        values
    }
}

impl Figure for Ravine {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["lr", "step", "x", "y"]);
        for (path, (_, lr)) in data.paths.iter().zip(RATES) {
            for (t, &(x, y)) in path.iter().enumerate() {
                table.row([lr.into(), t.into(), x.into(), y.into()]);
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let titles = [
            "*η* = 0.015：不折",
            "*η* = 0.037：折，但收敛",
            "*η* = 0.041：越折越大",
        ];
        let panels: Vec<Panel> = data
            .paths
            .iter()
            .zip(titles)
            .map(|(path, title)| {
                let mut panel = Panel::new(
                    Axis::linear("参数 *x*", -4.6, 1.6).ticks_at(&[-4.0, -2.0, 0.0]),
                    Axis::linear("参数 *y*（拉长了）", -1.9, 1.9).ticks_at(&[-1.0, 0.0, 1.0]),
                )
                .title(title)
                .height(190.0, 170.0);
                let levels = log_levels(0.5, 60.0, 5);
                panel.contours(&data.map, &levels, Stroke::thin(Ink::Contour));
                let inside = path.iter().take_while(|p| p.1.abs() < 1.9);
                let shown: Vec<Point> = inside.copied().collect();
                panel.curve(&shown, Stroke::solid(Ink::Path).width(1.3));
                panel.arrow(path[0], path[1], Stroke::solid(Ink::Path).width(1.3));
                panel.dots(&shown[1..], Dot::Speck, 2.0, Ink::Path);
                panel.dots(&path[..1], Dot::Ring, 4.0, Ink::Path);
                panel.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
                panel.label(path[0], "起点", Ink::Path, &[Side::Above, Side::AboveRight]);
                panel
            })
            .collect();
        layout::arrange(form, &panels)
    }
}
