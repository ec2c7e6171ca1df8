//! A blindfolded walk down a hillside: feel the slope, step downhill, feel again.

use gd_core::objective::FnObjective;
use gd_core::optim::Sgd;
use gd_core::{Objective, numeric};
use ndarray::{ArrayRef1, array};

use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const START: f64 = 0.8;
const LR: f64 = 1.5;
/// The walker stops where the ground feels flat: a slope below this.
const FLAT: f64 = 0.05;

/// Half the width over which the slope underfoot is drawn.
const TANGENT: f64 = 0.95;

/// `downhill-walk`.
pub struct Walk;

/// The hillside and the walk on it.
pub struct Data {
    terrain: Vec<Point>,
    /// Place, height and slope at every stop of the walk.
    stops: Vec<[f64; 3]>,
}

/// Height 0.1(x − 5.5)² + 0.06 cos 1.2x + 0.9: a little uneven, with a single hollow.
fn hillside() -> impl Objective<f64> {
    FnObjective::new(
        1,
        |x: &ArrayRef1<f64>| 0.1 * (x[0] - 5.5).powi(2) + 0.06 * (1.2 * x[0]).cos() + 0.9,
        |x: &ArrayRef1<f64>, grad: &mut ArrayRef1<f64>| {
            grad[0] = 0.2 * (x[0] - 5.5) - 0.072 * (1.2 * x[0]).sin();
        },
    )
}

impl Experiment for Walk {
    const NAME: &'static str = "downhill-walk";
    type Data = Data;

    fn data() -> Data {
        let hill = hillside();
        let height = |x: f64| hill.value(&array![x]);
        let slope = |x: f64| {
            let mut grad = array![0.0];
            hill.gradient(&array![x], &mut grad);
            grad[0]
        };
        let run = descend(&hill, Sgd::plain(), LR, &[START], 20);
        let mut stops = Vec::new();
        for x in run.coordinate(0) {
            stops.push([x, height(x), slope(x)]);
            if slope(x).abs() < FLAT {
                break;
            }
        }
        let terrain = (0..=300).map(|i| f64::from(i) / 30.0);
        Data {
            terrain: terrain.map(|x| (x, height(x))).collect(),
            stops,
        }
    }

    fn values(data: &Data) -> Values {
        let [start, _, slope] = data.stops[0];
        let [x, height, final_slope] = data.stops[data.stops.len() - 1];
        let by_differences =
            numeric::central_difference(|x| hillside().value(&array![x]), start, 1e-5);
        Values::new()
            .number("start", start)
            .number("start-slope", slope)
            .number("start-slope-by-differences", by_differences)
            .number("lr", LR)
            .number("flat-below", FLAT)
            .count("steps", data.stops.len() - 1)
            .number("final-x", x)
            .number("final-height", height)
            .number("final-slope", final_slope)
    }
}

impl Figure for Walk {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["step", "x", "height", "slope"]);
        for (t, [x, height, slope]) in data.stops.iter().enumerate() {
            table.row([t.into(), (*x).into(), (*height).into(), (*slope).into()]);
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panel = Panel::new(
            Axis::linear("位置 *x*", 0.0, 10.0),
            Axis::linear("高度 *f*(*x*)", 0.0, 4.2),
        )
        .height(270.0, 220.0);
        let mut ground = data.terrain.clone();
        ground.extend([(10.0, 0.0), (0.0, 0.0)]);
        panel.area(&ground, Ink::Data, 0.12);
        // the slope underfoot, below the curve that it touches
        for [x, height, slope] in [0, 1, 3].map(|i| data.stops[i]) {
            let end = |dx: f64| (x + dx, height + slope * dx);
            panel.curve(&[end(-TANGENT), end(TANGENT)], Stroke::solid(Ink::Muted));
        }
        panel.curve(&data.terrain, Stroke::solid(Ink::Data));
        let stops: Vec<Point> = data.stops.iter().map(|[x, h, _]| (*x, *h)).collect();
        let hill = hillside();
        for pair in stops.windows(2).take(form.pick(3, 2)) {
            let height = |x: f64| hill.value(&array![x]);
            panel.head_on(height, pair[0].0, pair[1].0, 10.0, Ink::Path);
        }
        panel.dots(&stops, Dot::Disc, 4.5, Ink::Path);
        panel.label(stops[0], "起点", Ink::Path, &[Side::Left, Side::BelowLeft]);
        let below = [Side::BelowLeft; 2];
        let [x, height, slope] = data.stops[1];
        let tangent = (x + TANGENT, height + slope * TANGENT);
        panel.label(tangent, "脚下的坡度", Ink::Muted, &below);
        let last = stops[stops.len() - 1];
        let there = format!("走了 {} 步：脚下平了", stops.len() - 1);
        panel.label(last, &there, Ink::Path, &[Side::Below]);
        layout::arrange(form, &[panel])
    }
}
