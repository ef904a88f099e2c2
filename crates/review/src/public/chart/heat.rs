//! Cities by criteria: a table whose cells are the darker, the more of a criterion a city has. The numbers stand in it.

use maud::{Markup, html};

use super::wide;

/// Steps of darkness beyond nothing.
const STEPS: u32 = 5;

/// A city.
pub(crate) struct Row {
    /// Cells before the criteria: the first is the row's header.
    pub(crate) before: Vec<Markup>,
    /// Of each criterion, how many of how many.
    pub(crate) cells: Vec<(u32, u32)>,
}

/// A table of cities and criteria.
pub(crate) struct Heat<'a> {
    pub(crate) id: &'a str,
    pub(crate) caption: &'a Markup,
    /// Heads of the columns before the criteria.
    pub(crate) before: &'a [Markup],
    /// Heads of the criteria.
    pub(crate) criteria: &'a [Markup],
    pub(crate) rows: &'a [Row],
    /// A number in the reader's digits.
    pub(crate) number: &'a dyn Fn(u32) -> String,
}

impl Heat<'_> {
    /// Draws it.
    pub(crate) fn draw(&self) -> Markup {
        let head = html! { tr {
            @for head in self.before { th scope="col" { (head) } }
            @for head in self.criteria { th.number scope="col" { (head) } }
        } };
        let body = html! { @for row in self.rows {
            tr {
                @for (no, cell) in row.before.iter().enumerate() { @if no == 0 { th scope="row" { (cell) } } @else { td { (cell) } } }
                @for (yes, of) in &row.cells { td class={ "heat-" (step(*yes, *of)) } { ((self.number)(*yes)) } }
            }
        } };
        html! { div.heat { (wide(self.id, self.caption, &head, &body)) } }
    }
}

/// How dark: nothing at all is 0, anything at least 1, everything [`STEPS`].
pub(super) fn step(yes: u32, of: u32) -> u32 {
    if of == 0 { 0 } else { (yes * STEPS).div_ceil(of).min(STEPS) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_darker_the_more_there_is() {
        assert_eq!([(0, 0), (0, 9), (1, 9), (5, 10), (9, 10), (10, 10)].map(|(yes, of)| step(yes, of)), [0, 0, 1, 3, 5, 5]);
    }

    #[test]
    fn every_cell_says_its_number() {
        let rows = [Row { before: vec![html! { "A" }, html! { "1" }], cells: vec![(3, 9), (0, 2)] }];
        let (caption, number) = (html! { "C" }, |number: u32| format!("<{number}>"));
        let heads = [html! { "City" }, html! { "Rank" }];
        let criteria = [html! { "X" }, html! { "Y" }];
        let heat = Heat { id: "h", caption: &caption, before: &heads, criteria: &criteria, rows: &rows, number: &number };
        let text = heat.draw().into_string();
        assert!(
            text.contains(
                r#"<th scope="row">A</th><td>1</td><td class="heat-2">&lt;3&gt;</td><td class="heat-0">&lt;0&gt;</td>"#
            )
        );
    }
}
