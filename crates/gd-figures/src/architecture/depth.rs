//! From which depth on skip connections smooth the loss surface.

use crate::architecture::network::{Architecture, Trained, turning_points};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

const DEPTHS: [usize; 6] = [2, 4, 8, 20, 40, 80];
const SEEDS: u64 = 3;
/// Coarser than the other surfaces of the chapter, and twice as wide: eighteen pairs of networks.
const NODES: usize = 21;
const REACH: f64 = 1.0;

/// `architecture-depth`.
pub struct Depth;

/// What one trained network shows.
pub struct Net {
    architecture: Architecture,
    depth: usize,
    loss: f64,
    turns: f64,
}

impl Experiment for Depth {
    const NAME: &'static str = "architecture-depth";
    type Data = Vec<Net>;

    fn data() -> Vec<Net> {
        let seeds = || {
            DEPTHS
                .into_iter()
                .flat_map(|depth| (0..SEEDS).map(move |s| (depth, s)))
        };
        let cases = Architecture::ALL
            .into_iter()
            .flat_map(|kind| seeds().map(move |(depth, seed)| (kind, depth, seed)));
        let measure = |(architecture, depth, seed)| {
            let net = Trained::new(architecture, depth, seed);
            Net {
                architecture,
                depth,
                loss: net.loss(),
                turns: turning_points(&net.landscape(0, REACH, NODES)),
            }
        };
        cases.map(measure).collect()
    }

    fn values(data: &Vec<Net>) -> Values {
        let mut values = Values::new()
            .count("seeds", SEEDS as usize)
            .count("nodes", NODES)
            .number("reach", REACH);
        for architecture in Architecture::ALL {
            for depth in DEPTHS {
                let key = format!("{}.layers-{depth}", architecture.key());
                let nets = || data.iter().filter(|net| net.is(architecture, depth));
                let lowest = |f: fn(&Net) -> f64| nets().map(f).fold(f64::INFINITY, f64::min);
                let highest = |f: fn(&Net) -> f64| nets().map(f).fold(0.0, f64::max);
                let turns: Vec<f64> = nets().map(|net| net.turns).collect();
                values = values
                    .number(format!("{key}.turns.least"), lowest(|net| net.turns))
                    .number(format!("{key}.turns.median"), median(&turns))
                    .number(format!("{key}.turns.most"), highest(|net| net.turns))
                    .number(format!("{key}.loss.least"), lowest(|net| net.loss))
                    .number(format!("{key}.loss.most"), highest(|net| net.loss));
            }
        }
        values
    }
}

impl Net {
    fn is(&self, architecture: Architecture, depth: usize) -> bool {
        self.architecture == architecture && self.depth == depth
    }
}

/// The middle one; the seeds are odd in number.
fn median(turns: &[f64]) -> f64 {
    let mut turns = turns.to_vec();
    turns.sort_by(f64::total_cmp);
    turns[turns.len() / 2]
}

impl Figure for Depth {
    fn table(data: &Vec<Net>) -> Table {
        let mut table = Table::new(&["architecture", "hidden layers", "loss", "turning points"]);
        for net in data {
            table.row([
                net.architecture.key().into(),
                net.depth.into(),
                net.loss.into(),
                net.turns.into(),
            ]);
        }
        table
    }

    fn draw(data: &Vec<Net>, form: Form) -> Drawing {
        let depths = DEPTHS.map(|depth| depth as f64);
        let most = data.iter().fold(0.0_f64, |most, net| most.max(net.turns));
        let mut panel = Panel::new(
            Axis::log("隐藏层数", 1.6, 110.0).ticks_at(&depths),
            Axis::linear("每条线上的转折数", 0.0, most + 1.5),
        )
        .height(250.0, 230.0);
        for (architecture, ink) in Architecture::ALL.into_iter().zip([Ink::Path, Ink::Data]) {
            let nets = data.iter().filter(|net| net.architecture == architecture);
            let points: Vec<Point> = nets.map(|net| (net.depth as f64, net.turns)).collect();
            let middle = |of_depth: &[Point]| {
                let turns: Vec<f64> = of_depth.iter().map(|point| point.1).collect();
                (of_depth[0].0, median(&turns))
            };
            let medians: Vec<Point> = points.chunks(SEEDS as usize).map(middle).collect();
            // what has not learnt says nothing about the land: its dots are hollow, its line ends
            let learnt = |depth: f64| architecture == Architecture::Residual || depth < 80.0;
            let line: Vec<Point> = medians.iter().copied().filter(|p| learnt(p.0)).collect();
            panel.curve(&line, Stroke::solid(ink));
            for of_depth in points.chunks(SEEDS as usize) {
                // side by side, where two seeds have the same number
                let aside = [0.95, 1.0, 1.05].into_iter().zip(of_depth);
                let beside: Vec<Point> = aside.map(|(shift, p)| (shift * p.0, p.1)).collect();
                let dot = if learnt(of_depth[0].0) {
                    Dot::Disc
                } else {
                    Dot::Ring
                };
                panel.dots(&beside, dot, 3.0, ink);
            }
            let side = match architecture {
                Architecture::Plain => Side::AboveRight,
                Architecture::Residual => Side::BelowRight,
            };
            panel.label(medians[4], architecture.name(), ink, &[side; 2]);
        }
        layout::arrange(form, &[panel])
    }
}
