//! The loss around a trained plain and a trained residual network of 40 layers: surfaces and maps.

use crate::architecture::network::{Architecture, Trained, local_minima, turning_points};
use crate::architecture::roughness::{DEPTH, NODES, REACH};
use crate::axis::Axis;
use crate::bands::Bands;
use crate::contour::Grid;
use crate::layout::Tile;
use crate::panel::{Dot, Panel};
use crate::style::Ink;
use crate::surface::Surface;
use crate::{Drawing, Experiment, Figure, Form, Table, Values, layout};

/// Both networks learn all points from this one, and the plain one comes to the lower loss.
const SEED: u64 = 4;
/// Of the pairs of directions that `architecture-roughness` measures, a rough one.
const PAIR: u64 = 2;
/// The drawn heights, lg of the loss; beyond them it is cut off.
const LOWEST: f64 = -4.0;
const HIGHEST: f64 = 3.0;

/// `architecture-surfaces`.
pub struct Surfaces;

/// A network with the loss around it.
pub struct Net {
    architecture: Architecture,
    loss: f64,
    landscape: Grid,
}

impl Experiment for Surfaces {
    const NAME: &'static str = "architecture-surfaces";
    type Data = [Net; 2];

    fn data() -> [Net; 2] {
        Architecture::ALL.map(|architecture| {
            let net = Trained::new(architecture, DEPTH, SEED);
            Net {
                architecture,
                loss: net.loss(),
                landscape: net.landscape(PAIR, REACH, NODES),
            }
        })
    }

    fn values(data: &[Net; 2]) -> Values {
        let values = Values::new().number("reach", REACH).count("nodes", NODES);
        data.iter().fold(values, |values, net| {
            let key = net.architecture.key();
            values
                .number(format!("{key}.loss"), net.loss)
                .number(format!("{key}.turns"), turning_points(&net.landscape))
                .count(format!("{key}.minima"), local_minima(&net.landscape))
                .number(format!("{key}.highest"), net.landscape.extremes().1)
        })
    }
}

impl Figure for Surfaces {
    fn table(data: &[Net; 2]) -> Table {
        let mut table = Table::new(&["architecture", "a", "b", "loss"]);
        for net in data {
            for (j, &b) in net.landscape.ys().iter().enumerate() {
                for (i, &a) in net.landscape.xs().iter().enumerate() {
                    table.row([
                        net.architecture.key().into(),
                        a.into(),
                        b.into(),
                        net.landscape.height(i, j).into(),
                    ]);
                }
            }
        }
        table
    }

    fn draw(data: &[Net; 2], form: Form) -> Drawing {
        // one colour for each power of ten
        let bands = Bands::at(&[-3.0, -2.0, -1.0, 0.0, 1.0, 2.0]);
        let along = |title| Axis::linear(title, -REACH, REACH).ticks_at(&[-0.5, 0.0, 0.5]);
        let heights = data.each_ref().map(|net| drawn(&net.landscape));
        let surfaces = data.iter().zip(&heights).map(|(net, grid)| {
            let z = Axis::linear("lg 损失", LOWEST, HIGHEST).ticks_at(&[-4.0, -2.0, 0.0, 2.0]);
            Surface::new(grid, along("*a*"), along("*b*"), z, &bands)
                .title(net.architecture.name())
                .sides(1.0, 1.0, 0.75)
        });
        let maps = heights.iter().map(|grid| {
            let mut map = Panel::new(along("沿 *d* 走 *a* 倍"), along("沿 *e* 走 *b* 倍")).equal();
            map.bands(grid, &bands);
            map.dots(&[(0.0, 0.0)], Dot::Star, 6.0, Ink::Truth);
            map
        });
        let (surfaces, maps): (Vec<_>, Vec<_>) = (surfaces.collect(), maps.collect());
        // side by side where there is room, else each network's surface over its map
        let tiles: [&dyn Tile; 4] = match form {
            Form::Wide => [&surfaces[0], &surfaces[1], &maps[0], &maps[1]],
            Form::Narrow => [&surfaces[0], &maps[0], &surfaces[1], &maps[1]],
        };
        layout::arrange_tiles(form, &tiles)
    }
}

/// The logarithms of the losses, within the drawn heights.
fn drawn(landscape: &Grid) -> Grid {
    landscape.with(|i, j| landscape.height(i, j).log10().clamp(LOWEST, HIGHEST))
}
