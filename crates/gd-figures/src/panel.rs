//! A panel: two axes and what is drawn between them, in data coordinates.

use crate::Point;
use crate::axis::Axis;
use crate::bands::Bands;
use crate::clip::Rect;
use crate::contour::Grid;
use crate::label::Side;
use crate::style::{Ink, MESH, Stroke};

/// The look of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dot {
    /// A filled disc.
    Disc,
    /// A small disc without a rim, for hundreds of points: a third of the bytes.
    Speck,
    /// A speck that lets through what lies below it, for clouds.
    Haze,
    /// A hollow disc.
    Ring,
    /// A square.
    Square,
    /// A star: where a method should arrive.
    Star,
}

#[derive(Clone, Debug)]
pub(crate) enum Mark {
    Curve {
        points: Vec<Point>,
        stroke: Stroke,
        headed: bool,
    },
    Area {
        points: Vec<Point>,
        ink: Ink,
        opacity: f64,
    },
    /// Rings that fill a region together.
    Region { rings: Vec<Vec<Point>>, ink: Ink },
    Dots {
        points: Vec<Point>,
        dot: Dot,
        radius: f64,
        ink: Ink,
    },
    /// An arrowhead alone, on a path that is drawn already.
    Head {
        from: Point,
        tip: Point,
        length: f64,
        ink: Ink,
    },
    /// Arrows of one look: the shafts are drawn first, then the heads.
    Arrows {
        pairs: Vec<(Point, Point)>,
        /// How far, in css px, the tips stay off the dots they lead to.
        clear: f64,
        stroke: Stroke,
    },
}

/// A label, still in data coordinates.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) markup: String,
    pub(crate) ink: Ink,
    pub(crate) anchors: Vec<Point>,
    pub(crate) sides: Vec<Side>,
    pub(crate) gap: f64,
}

/// A panel under construction. Marks are drawn in the order they are added, labels above all.
#[derive(Clone, Debug)]
pub struct Panel {
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    pub(crate) title: String,
    pub(crate) heights: Option<(f64, f64)>,
    pub(crate) equal: bool,
    /// Whether there are colours below the lines, from which a rim has to part them.
    pub(crate) cased: bool,
    pub(crate) marks: Vec<Mark>,
    pub(crate) names: Vec<Name>,
    pub(crate) notes: Vec<(String, Ink)>,
}

impl Panel {
    /// An empty panel over these axes.
    pub fn new(x: Axis, y: Axis) -> Self {
        Panel {
            x,
            y,
            title: String::new(),
            heights: None,
            equal: false,
            cased: false,
            marks: Vec::new(),
            names: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Gives it a title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Sets the height of its window in css px, by form.
    pub fn height(mut self, wide: f64, narrow: f64) -> Self {
        self.heights = Some((wide, narrow));
        self
    }

    /// One unit of x is as long as one unit of y; the height follows from the width.
    pub fn equal(mut self) -> Self {
        self.equal = true;
        self
    }

    /// A polyline through data points, thinned to what the eye can see.
    pub fn curve(&mut self, points: &[Point], stroke: Stroke) -> &mut Self {
        let points = points.to_vec();
        self.marks.push(Mark::Curve {
            points,
            stroke,
            headed: false,
        });
        self
    }

    /// A curve with an arrowhead at its end, or where it leaves the window for good.
    pub fn headed(&mut self, points: &[Point], stroke: Stroke) -> &mut Self {
        let points = points.to_vec();
        self.marks.push(Mark::Curve {
            points,
            stroke,
            headed: true,
        });
        self
    }

    /// The graph of a function over the whole width.
    pub fn graph(&mut self, f: impl Fn(f64) -> f64, stroke: Stroke) -> &mut Self {
        let points = self.sample(f);
        self.curve(&points, stroke)
    }

    /// Points of a graph, dense enough for any form.
    pub fn sample(&self, f: impl Fn(f64) -> f64) -> Vec<Point> {
        let n = 400;
        let xs = (0..=n).map(|i| self.x.value(f64::from(i) / f64::from(n)));
        xs.map(|x| (x, f(x))).collect()
    }

    /// A polygon, each corner moved to the border if it lies outside.
    pub fn area(&mut self, points: &[Point], ink: Ink, opacity: f64) -> &mut Self {
        let points = points.to_vec();
        self.marks.push(Mark::Area {
            points,
            ink,
            opacity,
        });
        self
    }

    /// Points.
    pub fn dots(&mut self, points: &[Point], dot: Dot, radius: f64, ink: Ink) -> &mut Self {
        let points = points.to_vec();
        self.marks.push(Mark::Dots {
            points,
            dot,
            radius,
            ink,
        });
        self
    }

    /// An arrow; if it leads out of the window, its head is at the border.
    pub fn arrow(&mut self, from: Point, to: Point, stroke: Stroke) -> &mut Self {
        self.marks.push(Mark::Arrows {
            pairs: vec![(from, to)],
            clear: 0.0,
            stroke,
        });
        self
    }

    /// An arrowhead of `length` css px in the middle of the stretch from `from` to `to` of the
    /// curve `f`, pointing along it.
    pub fn head_on(
        &mut self,
        f: impl Fn(f64) -> f64,
        from: f64,
        to: f64,
        length: f64,
        ink: Ink,
    ) -> &mut Self {
        let middle = from + 0.55 * (to - from);
        let before = middle - 1e-3 * (to - from);
        self.marks.push(Mark::Head {
            from: (before, f(before)),
            tip: (middle, f(middle)),
            length,
            ink,
        });
        self
    }

    /// A path of steps: an arrow for every step, its tip just before the dot that marks where
    /// the step ends.
    pub fn steps(&mut self, points: &[Point], stroke: Stroke) -> &mut Self {
        self.marks.push(Mark::Arrows {
            pairs: points.windows(2).map(|pair| (pair[0], pair[1])).collect(),
            clear: 3.0,
            stroke,
        });
        self
    }

    /// A horizontal line at `y` with its name above or below it.
    pub fn rule_y(&mut self, y: f64, stroke: Stroke, name: &str) -> &mut Self {
        let at = |p| (self.x.value(p), y);
        let anchors = [0.98, 0.02, 0.85, 0.15, 0.7, 0.3, 0.5].map(at).to_vec();
        let line = [(self.x.lo, y), (self.x.hi, y)];
        let sides = [Side::Above, Side::Below];
        self.curve(&line, stroke)
            .name(name, stroke.ink, anchors, &sides, 3.0)
    }

    /// A vertical line at `x` with its name on its right or left.
    pub fn rule_x(&mut self, x: f64, stroke: Stroke, name: &str) -> &mut Self {
        let at = |p| (x, self.y.value(p));
        let anchors = [0.95, 0.85, 0.75, 0.6, 0.5, 0.4, 0.2, 0.1].map(at).to_vec();
        let line = [(x, self.y.lo), (x, self.y.hi)];
        let sides = [Side::Right, Side::Left];
        self.curve(&line, stroke)
            .name(name, stroke.ink, anchors, &sides, 3.0)
    }

    /// Lines of equal height.
    pub fn contours(&mut self, grid: &Grid, levels: &[f64], stroke: Stroke) -> &mut Self {
        for &level in levels {
            for line in grid.isolines(level) {
                self.curve(&line, stroke);
            }
        }
        self
    }

    /// A map in colours: bands between levels, parted by thin lines. Curves and arrows that are
    /// added later get a rim in the colour of the page.
    ///
    /// The grid should cover the panel exactly.
    pub fn bands(&mut self, grid: &Grid, bands: &Bands) -> &mut Self {
        self.cased = true;
        let (lowest, highest) = grid.extremes();
        self.marks.push(Mark::Region {
            rings: grid.region(f64::NEG_INFINITY),
            ink: bands.ink(bands.of(lowest)),
        });
        let seen = bands.of(lowest)..bands.of(highest);
        for k in seen.clone() {
            self.marks.push(Mark::Region {
                rings: grid.region(bands.levels()[k]),
                ink: bands.ink(k + 1),
            });
        }
        for k in seen {
            self.contours(grid, &bands.levels()[k..=k], MESH);
        }
        self
    }

    /// Writes heights on some contour lines, each once, where there is most room.
    pub fn heights_on(&mut self, grid: &Grid, levels: &[(f64, &str)]) -> &mut Self {
        for (level, markup) in levels {
            self.height_on(&grid.isolines(*level).concat(), markup);
        }
        self
    }

    /// Writes its height on a contour line, at whichever of these points there is most room.
    pub fn height_on(&mut self, line: &[Point], markup: &str) -> &mut Self {
        let every = line.len().div_ceil(40).max(1);
        let anchors = line.iter().copied().step_by(every).collect();
        self.name(markup, Ink::Muted, anchors, &[Side::On], 0.0)
    }

    /// A label beside a point; the sides are tried in their order, then all others.
    pub fn label(&mut self, at: Point, markup: &str, ink: Ink, sides: &[Side]) -> &mut Self {
        self.label_off(at, markup, ink, sides, 8.0)
    }

    /// A label at another distance than the usual 8 css px.
    pub fn label_off(
        &mut self,
        at: Point,
        markup: &str,
        ink: Ink,
        sides: &[Side],
        gap: f64,
    ) -> &mut Self {
        self.name(markup, ink, vec![at], sides, gap)
    }

    /// The name of a curve, beside whichever of its points has room; points near the place
    /// `prefer` (0 at its first point, 1 at its last) come first.
    pub fn along(&mut self, points: &[Point], prefer: f64, markup: &str, ink: Ink) -> &mut Self {
        let window = Rect {
            left: 0.0,
            top: 0.0,
            right: 1.0,
            bottom: 1.0,
        };
        let inside: Vec<Point> = points
            .iter()
            .copied()
            .filter(|&(x, y)| window.contains((self.x.position(x), self.y.position(y))))
            .collect();
        let wanted = prefer * (inside.len().max(1) - 1) as f64;
        let every = inside.len().div_ceil(30).max(1);
        let mut ranked: Vec<(f64, Point)> = inside
            .iter()
            .enumerate()
            .step_by(every)
            .map(|(i, &point)| ((i as f64 - wanted).abs(), point))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let anchors = ranked.into_iter().map(|(_, point)| point).collect();
        self.name(markup, ink, anchors, &Side::BESIDE, 4.0)
    }

    /// A remark in whichever corner has room.
    pub fn note(&mut self, markup: &str, ink: Ink) -> &mut Self {
        self.notes.push((markup.to_owned(), ink));
        self
    }

    fn name(
        &mut self,
        markup: &str,
        ink: Ink,
        anchors: Vec<Point>,
        sides: &[Side],
        gap: f64,
    ) -> &mut Self {
        if !markup.is_empty() {
            let mut sides = sides.to_vec();
            if sides.len() == 1 && sides[0] != Side::On {
                sides.extend(Side::BESIDE);
            }
            let markup = markup.to_owned();
            self.names.push(Name {
                markup,
                ink,
                anchors,
                sides,
                gap,
            });
        }
        self
    }
}
