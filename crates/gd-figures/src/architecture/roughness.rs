//! How rough the loss surfaces of a plain and a residual network of 40 layers are, over several
//! seeds and several pairs of directions.

use crate::architecture::network::{
    Architecture, SAMPLES, STEPS, Trained, WIDTH, local_minima, turning_points,
};
use crate::axis::Axis;
use crate::label::Side;
use crate::panel::{Dot, Panel};
use crate::style::{Ink, Stroke};
use crate::{Drawing, Experiment, Figure, Form, Point, Table, Values, layout};

/// Hidden layers.
pub const DEPTH: usize = 40;
/// Nodes of a surface along each direction, and how far it reaches.
pub const NODES: usize = 31;
/// In units of the trained weights' length.
pub const REACH: f64 = 0.5;
const SEEDS: u64 = 5;
const PAIRS: u64 = 3;

/// `architecture-roughness`.
pub struct Roughness;

/// What one trained network shows.
pub struct Net {
    architecture: Architecture,
    seed: u64,
    loss: f64,
    accuracy: f64,
    parameters: usize,
    /// Turning points per line, by pair of directions.
    turns: Vec<f64>,
    /// Local minima on the grid of the first pair.
    minima: usize,
}

impl Experiment for Roughness {
    const NAME: &'static str = "architecture-roughness";
    type Data = Vec<Net>;

    fn data() -> Vec<Net> {
        let cases = (0..SEEDS).flat_map(|seed| Architecture::ALL.map(|kind| (kind, seed)));
        let measure = |(architecture, seed)| {
            let net = Trained::new(architecture, DEPTH, seed);
            let surfaces: Vec<_> = (0..PAIRS)
                .map(|pair| net.landscape(pair, REACH, NODES))
                .collect();
            Net {
                architecture,
                seed,
                loss: net.loss(),
                accuracy: net.accuracy(),
                parameters: net.parameters(),
                turns: surfaces.iter().map(turning_points).collect(),
                minima: local_minima(&surfaces[0]),
            }
        };
        cases.map(measure).collect()
    }

    fn values(data: &Vec<Net>) -> Values {
        let mut values = Values::new()
            .count("depth", DEPTH)
            .count("width", WIDTH)
            .count("samples", SAMPLES)
            .count("steps", STEPS)
            .count("seeds", SEEDS as usize)
            .count("pairs", PAIRS as usize)
            .count("nodes", NODES)
            .count("parameters", data[0].parameters);
        for architecture in Architecture::ALL {
            let key = architecture.key();
            let nets = of(data, architecture);
            let turns = || nets.iter().flat_map(|net| net.turns.iter().copied());
            let losses = || nets.iter().map(|net| net.loss);
            let minima = || nets.iter().map(|net| net.minima);
            let lowest = |v: &mut dyn Iterator<Item = f64>| v.fold(f64::INFINITY, f64::min);
            let highest = |v: &mut dyn Iterator<Item = f64>| v.fold(0.0, f64::max);
            values = values
                .number(format!("{key}.turns.least"), lowest(&mut turns()))
                .number(format!("{key}.turns.most"), highest(&mut turns()))
                .number(format!("{key}.loss.least"), lowest(&mut losses()))
                .number(format!("{key}.loss.most"), highest(&mut losses()))
                .number(
                    format!("{key}.accuracy.least"),
                    lowest(&mut nets.iter().map(|net| net.accuracy)),
                )
                .count(format!("{key}.minima.least"), minima().min().unwrap_or(0))
                .count(format!("{key}.minima.most"), minima().max().unwrap_or(0));
        }
        let lower = of(data, Architecture::Plain)
            .iter()
            .zip(of(data, Architecture::Residual))
            .filter(|(plain, residual)| plain.loss < residual.loss)
            .count();
        values.count("plain.lower-loss", lower)
    }
}

fn of(data: &[Net], architecture: Architecture) -> Vec<&Net> {
    let nets = data.iter().filter(|net| net.architecture == architecture);
    nets.collect()
}

impl Figure for Roughness {
    fn table(data: &Vec<Net>) -> Table {
        let mut table = Table::new(&["architecture", "seed", "loss", "pair", "turning points"]);
        for net in data {
            for (pair, &turns) in net.turns.iter().enumerate() {
                table.row([
                    net.architecture.key().into(),
                    (net.seed as usize).into(),
                    net.loss.into(),
                    pair.into(),
                    turns.into(),
                ]);
            }
        }
        table
    }

    fn draw(data: &Vec<Net>, form: Form) -> Drawing {
        let most = data
            .iter()
            .flat_map(|net| &net.turns)
            .fold(0.0_f64, |m, &t| m.max(t));
        let seeds: Vec<f64> = (0..SEEDS).map(|seed| seed as f64).collect();
        let mut panel = Panel::new(
            Axis::linear("随机种子", -0.6, SEEDS as f64 - 0.1).ticks_at(&seeds),
            Axis::linear("每条线上的转折数", 0.0, (most + 1.5).ceil()),
        )
        .height(250.0, 230.0);
        panel.rule_y(1.0, Stroke::truth(), "光滑的碗：1");
        for (architecture, ink) in Architecture::ALL.into_iter().zip([Ink::Path, Ink::Data]) {
            let nets = of(data, architecture);
            let dots = |net: &&Net| -> Vec<Point> {
                // side by side, where two pairs have the same number
                (0..)
                    .zip(&net.turns)
                    .map(|(pair, &turns)| (net.seed as f64 + 0.09 * f64::from(pair - 1), turns))
                    .collect()
            };
            let points: Vec<Point> = nets.iter().flat_map(dots).collect();
            panel.dots(&points, Dot::Disc, 3.6, ink);
            let top = points
                .iter()
                .take(PAIRS as usize)
                .fold(
                    (0.0, 0.0),
                    |top: Point, &p| {
                        if p.1 > top.1 { p } else { top }
                    },
                );
            panel.label(
                top,
                architecture.name(),
                ink,
                &[Side::Above, Side::AboveRight],
            );
        }
        layout::arrange(form, &[panel])
    }
}
