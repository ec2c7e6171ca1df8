//! Panels on the page: side by side where there is room, else one below the other.

use crate::clip::Rect;
use crate::panel::Panel;
use crate::shape::{Drawing, Shape};
use crate::style::Form;

/// Space between panels, in css px.
const GAP_PX: f64 = 16.0;
/// A panel narrower than this goes into a row of its own.
const LEAST_PX: f64 = 200.0;
/// The least width of a small panel, one of many that are compared: two share a narrow row.
const SMALL_PX: f64 = 150.0;
/// The usual height of the window of a small panel.
const SMALL_HEIGHT_PX: f64 = 90.0;

/// Room that a tile needs around its window, in css px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    /// On the left.
    pub left: f64,
    /// Above.
    pub top: f64,
    /// On the right.
    pub right: f64,
    /// Below.
    pub bottom: f64,
}

/// What can be arranged: a [`Panel`], or a [`Surface`](crate::surface::Surface) beside it.
pub trait Tile {
    /// The height of the window for its outer width.
    fn window_height(&self, form: Form, outer_width: f64, usual: f64) -> f64;
    /// Whether only this height fits, so that the others in the row have to follow.
    fn is_rigid(&self) -> bool;
    /// The room around the window.
    fn margins(&self, form: Form, outer_width: f64, height: f64) -> Margins;
    /// The shapes; `top` and `left` are where the tile begins.
    fn shapes(&self, form: Form, window: Rect, top: f64, left: f64) -> Vec<Shape>;
}

/// How many panels stand in a row.
fn columns(form: Form, panels: usize) -> usize {
    if form == Form::Narrow {
        return 1;
    }
    let fits = |c: &usize| panel_width(form, *c) >= LEAST_PX;
    match (1..=panels).rev().find(fits).unwrap_or(1) {
        // four as two rows of two
        3 if panels == 4 => 2,
        c => c,
    }
}

fn panel_width(form: Form, columns: usize) -> f64 {
    (form.width() - GAP_PX * (columns - 1) as f64) / columns as f64
}

/// The usual height of a window, by the number of panels in its row.
fn usual_height(form: Form, columns: usize) -> f64 {
    form.pick([270.0, 230.0, 190.0][columns.min(3) - 1], 200.0)
}

/// Arranges panels into a drawing; the windows of a row begin and end at the same height.
///
/// # Panics
/// Without any panel.
pub fn arrange(form: Form, panels: &[Panel]) -> Drawing {
    let tiles: Vec<&dyn Tile> = panels.iter().map(|panel| panel as &dyn Tile).collect();
    arrange_tiles(form, &tiles)
}

/// The same for tiles of different kinds: `arrange_tiles(form, &[&surface, &map])`.
///
/// # Panics
/// Without any tile.
pub fn arrange_tiles(form: Form, tiles: &[&dyn Tile]) -> Drawing {
    assert!(!tiles.is_empty(), "a drawing needs a panel");
    let columns = columns(form, tiles.len());
    in_rows(form, tiles, columns, usual_height(form, columns))
}

/// Many small panels that are compared: four in a row, or two.
///
/// # Panics
/// Without any panel.
pub fn arrange_small(form: Form, panels: &[Panel]) -> Drawing {
    assert!(!panels.is_empty(), "a drawing needs a panel");
    let tiles: Vec<&dyn Tile> = panels.iter().map(|panel| panel as &dyn Tile).collect();
    in_rows(form, &tiles, small_columns(form), SMALL_HEIGHT_PX)
}

fn small_columns(form: Form) -> usize {
    let fits = |c: &usize| panel_width(form, *c) >= SMALL_PX;
    (1..=4).rev().find(fits).unwrap_or(1)
}

fn in_rows(form: Form, tiles: &[&dyn Tile], columns: usize, usual: f64) -> Drawing {
    let width = panel_width(form, columns);
    let mut shapes = Vec::new();
    let mut top = 0.0;
    for row in tiles.chunks(columns) {
        let rigid = row.iter().any(|tile| tile.is_rigid());
        let heights = row.iter().filter(|tile| tile.is_rigid() == rigid);
        let heights = heights.map(|tile| tile.window_height(form, width, usual));
        let height = heights.fold(0.0, f64::max);
        let margins: Vec<Margins> = row.iter().map(|t| t.margins(form, width, height)).collect();
        let above = margins.iter().map(|m| m.top).fold(0.0, f64::max);
        let below = margins.iter().map(|m| m.bottom).fold(0.0, f64::max);
        for (i, (tile, margin)) in row.iter().zip(&margins).enumerate() {
            let left = i as f64 * (width + GAP_PX);
            let window = Rect {
                left: left + margin.left,
                top: top + above,
                right: left + width - margin.right,
                bottom: top + above + height,
            };
            shapes.extend(tile.shapes(form, window, top, left));
        }
        top += above + height + below + GAP_PX;
    }
    Drawing {
        form,
        width: form.width(),
        height: (top - GAP_PX).ceil(),
        shapes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Axis;

    fn panels(n: usize) -> Vec<Panel> {
        let axis = |title| Axis::linear(title, 0.0, 1.0);
        vec![Panel::new(axis("*x*"), axis("*y*")); n]
    }

    #[test]
    fn up_to_three_panels_share_a_row_when_wide() {
        assert_eq!(
            [1, 2, 3, 4, 5].map(|n| columns(Form::Wide, n)),
            [1, 2, 3, 2, 3]
        );
        assert_eq!([1, 2, 3].map(|n| columns(Form::Narrow, n)), [1, 1, 1]);
    }

    #[test]
    fn small_panels_share_rows_on_a_phone_too() {
        assert_eq!([Form::Wide, Form::Narrow].map(small_columns), [4, 2]);
    }

    #[test]
    fn narrow_drawings_grow_downwards() {
        let one = arrange(Form::Narrow, &panels(1));
        let three = arrange(Form::Narrow, &panels(3));
        assert_eq!(one.width, three.width);
        assert!(three.height > 2.9 * one.height);
    }
}
