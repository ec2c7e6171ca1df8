//! Paths of four methods with their own best rates, in a ravine and in a bent valley.

use ndarray::array;

use super::land::lands;
use super::{METHODS, race};
use crate::axis::Axis;
use crate::contour::{Grid, log_levels};
use crate::panel::{Dot, Panel};
use crate::run::descend;
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Ravine and Rosenbrock, each with its usual start and its minimum.
const DRAWN: [(usize, [f64; 2], [f64; 2]); 2] =
    [(1, [-4.0, 1.0], [0.0, 0.0]), (3, [-1.2, 1.0], [1.0, 1.0])];
/// Plain, momentum, RMSprop, Adam.
const SHOWN: [usize; 4] = [0, 1, 4, 5];
/// Updates that are drawn: by then the fast ones are near the minimum, the slow ones on their way.
const STEPS: [usize; 2] = [60, 300];

/// `race-paths`.
pub struct Paths;

/// By land and method: the path.
pub struct Data {
    maps: Vec<Grid>,
    paths: Vec<Vec<Vec<Point>>>,
}

fn windows(i: usize) -> [(f64, f64); 2] {
    [[(-5.0, 1.5), (-1.6, 1.6)], [(-1.8, 1.5), (-0.6, 2.0)]][i]
}

impl Experiment for Paths {
    const NAME: &'static str = "race-paths";
    type Data = Data;

    fn data() -> Data {
        let (race, lands) = (race(), lands());
        let maps = DRAWN.iter().enumerate().map(|(i, (land, ..))| {
            let [x, y] = windows(i);
            let f = lands[*land].objective();
            Grid::sample(x, y, 61, 61, |x, y| f.value(&array![x, y]))
        });
        let paths = [0, 1].map(|i| {
            let (land, start, _) = DRAWN[i];
            let path = |&m: &usize| {
                let rule = (METHODS[m].make)();
                let lr = race.results[land][m].lr;
                let f = lands[land].objective();
                let run = descend(&f, rule, lr, &start, STEPS[i]);
                run.points.iter().map(|x| (x[0], x[1])).collect()
            };
            SHOWN.iter().map(path).collect()
        });
        Data {
            maps: maps.collect(),
            paths: paths.into(),
        }
    }

    fn values(data: &Data) -> Values {
        let mut values = Values::new();
        for (i, (land, _, goal)) in DRAWN.iter().enumerate() {
            let key = race().lands[*land].key;
            values = values.count(format!("{key}.steps"), STEPS[i]);
            for (m, path) in SHOWN.iter().zip(&data.paths[i]) {
                let last = path[path.len() - 1];
                let left = (last.0 - goal[0]).hypot(last.1 - goal[1]);
                values = values.number(format!("{key}.{}.left", METHODS[*m].key), left);
            }
        }
        values
    }
}

impl Figure for Paths {
    fn table(data: &Data) -> Table {
        let mut table = Table::new(&["land", "method", "step", "x", "y"]);
        for (i, (land, ..)) in DRAWN.iter().enumerate() {
            for (m, path) in SHOWN.iter().zip(&data.paths[i]) {
                for (t, &(x, y)) in path.iter().enumerate() {
                    let (land, method) = (race().lands[*land].key, METHODS[*m].key);
                    table.row([land.into(), method.into(), t.into(), x.into(), y.into()]);
                }
            }
        }
        table
    }

    fn draw(data: &Data, form: Form) -> Drawing {
        let mut panels = Vec::new();
        for (i, (land, start, goal)) in DRAWN.iter().enumerate() {
            for (m, path) in SHOWN.iter().zip(&data.paths[i]) {
                let [x, y] = windows(i);
                let x_ticks = [[-4.0, -2.0, 0.0], [-1.0, 0.0, 1.0]][i];
                let y_ticks = [[-1.0, 0.0, 1.0], [0.0, 1.0, 2.0]][i];
                let mut panel = Panel::new(
                    Axis::linear("", x.0, x.1).ticks_at(&x_ticks),
                    Axis::linear("", y.0, y.1).ticks_at(&y_ticks),
                )
                .title(format!(
                    "{}：{}",
                    race().lands[*land].name,
                    METHODS[*m].name
                ))
                .height(110.0, 105.0);
                let levels = log_levels(0.3, 100.0, 5);
                panel.contours(&data.maps[i], &levels, Stroke::thin(Ink::Contour));
                panel.curve(path, Stroke::solid(Ink::Path).width(1.3));
                panel.dots(&[(start[0], start[1])], Dot::Ring, 3.6, Ink::Path);
                panel.dots(&path[path.len() - 1..], Dot::Disc, 3.2, Ink::Path);
                panel.dots(&[(goal[0], goal[1])], Dot::Star, 5.0, Ink::Truth);
                panels.push(panel);
            }
        }
        layout::arrange_small(form, &panels)
    }
}
