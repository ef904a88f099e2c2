//! Tables: what their headers say and how many rows they have.

use model::Table;

/// Header cells of one table beyond this are left out.
const MAX_HEADERS: usize = 60;

/// The tables of a page while it is read.
#[derive(Default)]
pub(crate) struct Tables {
    done: Vec<Table>,
    open: Vec<Open>,
    max: usize,
}

#[derive(Default)]
struct Open {
    headers: Vec<String>,
    rows: u32,
    in_head: bool,
    /// Whether the open row has header cells, other cells.
    row: (bool, bool),
    /// Whether another table stands in it: then it is there for the layout.
    layout: bool,
}

impl Tables {
    pub(crate) fn new(max: usize) -> Self {
        Self { max, ..Self::default() }
    }

    /// A table begins.
    pub(crate) fn open(&mut self) {
        if let Some(outer) = self.open.last_mut() {
            outer.layout = true;
        }
        self.open.push(Open::default());
    }

    /// Its head begins or ends.
    pub(crate) fn head(&mut self, begins: bool) {
        if let Some(table) = self.open.last_mut() {
            table.in_head = begins;
        }
    }

    /// Whether the innermost table is in its head.
    pub(crate) fn in_head(&self) -> bool {
        self.open.last().is_some_and(|table| table.in_head)
    }

    /// A row begins.
    pub(crate) fn row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.row = (false, false);
        }
    }

    /// A cell begins.
    pub(crate) fn cell(&mut self, header: bool) {
        if let Some(table) = self.open.last_mut() {
            table.row.0 |= header;
            table.row.1 |= !header;
        }
    }

    /// A row ends: one of header cells alone is no row of its own.
    pub(crate) fn end_row(&mut self) {
        if let Some(table) = self.open.last_mut()
            && table.row.1
            && !table.in_head
        {
            table.rows += 1;
        }
    }

    /// A header cell or caption ends with this text.
    pub(crate) fn header(&mut self, text: String) {
        if let Some(table) = self.open.last_mut()
            && table.headers.len() < MAX_HEADERS
            && !text.is_empty()
        {
            table.headers.push(text);
        }
    }

    /// The table ends. It is kept if it has headers, or rows and no layout purpose.
    pub(crate) fn close(&mut self) {
        if let Some(Open { headers, rows, layout, .. }) = self.open.pop()
            && (!headers.is_empty() || (rows >= 2 && !layout))
            && self.done.len() < self.max
        {
            self.done.push(Table { headers, rows });
        }
    }

    /// The tables, inner ones before the ones they stand in.
    pub(crate) fn finish(self) -> Vec<Table> {
        self.done
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::page;

    fn check(html: &str, tables: &[(&[&str], u32)]) {
        let found = page(html).tables;
        let found: Vec<(Vec<&str>, u32)> =
            found.iter().map(|table| (table.headers.iter().map(String::as_str).collect(), table.rows)).collect();
        assert_eq!(found, tables.iter().map(|(headers, rows)| (headers.to_vec(), *rows)).collect::<Vec<_>>(), "{html}");
    }

    #[test]
    fn headers_and_rows_are_counted() {
        check(
            "<table><caption>Fees</caption><tr><th>What<th>How much<tr><td>a<td>1<tr><td>b<td>2</table>",
            &[(&["Fees", "What", "How much"], 2)],
        );
        check("<table><thead><tr><td>Day<td>Hours</thead><tr><th>Monday<td>9 to 5</table>", &[(&["Day", "Hours", "Monday"], 1)]);
    }

    #[test]
    fn tables_for_the_layout_are_passed_over() {
        check("<table><tr><td><table><tr><td>a<tr><td>b</table><tr><td>c</table>", &[(&[], 2)]);
    }
}
