//! Writes the invented files. Without a command it says what it can.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ulika_samples::{
    Result, SEED, calls_csv, calls_dump, calls_html, calls_sbr_xml, calls_sql, calls_sqlite, calls_text, calls_xlsx,
    exhibits, write_committed,
};

const USAGE: &str =
    "ulika-samples write [FOLDER]                       the committed files, by default into sample-data
ulika-samples calls FORM ROWS OUT [SEED]            one large file: csv, xlsx, xml, html, sqlite, dump, sql, text
ulika-samples exhibits COUNT TOTAL_BYTES DIR [SEED] pictures and recordings";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["write"] => write(Path::new("sample-data")),
        ["write", folder] => write(Path::new(folder)),
        ["calls", kind, rows, out, seed @ ..] => {
            let (rows, seed, out) = (rows.parse()?, seed_of(seed)?, PathBuf::from(out));
            match *kind {
                "csv" => calls_csv(rows, seed, &out),
                "xlsx" => calls_xlsx(rows, seed, &out),
                "xml" => calls_sbr_xml(rows, seed, &out),
                "html" => calls_html(rows, seed, &out),
                "sqlite" => calls_sqlite(rows, seed, &out),
                "dump" => calls_dump(rows, seed, &out),
                "sql" => calls_sql(rows, seed, &out),
                "text" => calls_text(rows, seed, &out),
                _ => Err(USAGE.into()),
            }
        }
        ["exhibits", count, total, folder, seed @ ..] => {
            exhibits(count.parse()?, total.parse()?, seed_of(seed)?, Path::new(folder))
        }
        _ => Err(USAGE.into()),
    }
}

fn write(folder: &Path) -> Result<()> {
    let count = write_committed(folder)?;
    complain(&format!("{count} files in {}", folder.display()));
    Ok(())
}

fn seed_of(rest: &[&str]) -> Result<u64> {
    Ok(rest.first().map_or(Ok(SEED), |text| text.parse())?)
}

/// Words for the person at the terminal go to standard error.
fn complain(text: &str) {
    use std::io::Write;
    // Nothing is left to do when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}
