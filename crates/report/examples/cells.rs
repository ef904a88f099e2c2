//! Reads a workbook or CSV from standard input and writes as JSON what it holds, or why it is refused.

fn main() -> std::io::Result<()> {
    report::import::child(std::io::stdin().lock(), std::io::stdout().lock())
}
