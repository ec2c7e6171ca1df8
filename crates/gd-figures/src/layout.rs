//! Panels on the page: side by side where there is room, else one below the other.

use crate::clip::Rect;
use crate::panel::Panel;
use crate::plot::Margins;
use crate::shape::Drawing;
use crate::style::Form;

/// Space between panels, in css px.
const GAP_PX: f64 = 16.0;
/// A panel narrower than this goes into a row of its own.
const LEAST_PX: f64 = 200.0;

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
    assert!(!panels.is_empty(), "a drawing needs a panel");
    let columns = columns(form, panels.len());
    let width = panel_width(form, columns);
    let usual = usual_height(form, columns);
    let mut shapes = Vec::new();
    let mut top = 0.0;
    for row in panels.chunks(columns) {
        let heights = row.iter().map(|p| p.window_height(form, width, usual));
        let height = heights.fold(0.0, f64::max);
        let margins: Vec<Margins> = row.iter().map(|p| p.margins(form, width, height)).collect();
        let above = margins.iter().map(|m| m.top).fold(0.0, f64::max);
        let below = margins.iter().map(|m| m.bottom).fold(0.0, f64::max);
        for (i, (panel, margin)) in row.iter().zip(&margins).enumerate() {
            let left = i as f64 * (width + GAP_PX);
            let window = Rect {
                left: left + margin.left,
                top: top + above,
                right: left + width - margin.right,
                bottom: top + above + height,
            };
            shapes.extend(panel.shapes(form, window, top, left));
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
    fn narrow_drawings_grow_downwards() {
        let one = arrange(Form::Narrow, &panels(1));
        let three = arrange(Form::Narrow, &panels(3));
        assert_eq!(one.width, three.width);
        assert!(three.height > 2.9 * one.height);
    }
}
