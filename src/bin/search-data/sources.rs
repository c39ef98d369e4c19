//! The rows that `dump.py` writes, and the supplement.

use std::path::Path;

/// A city row of GeoNames with the names of its divisions.
pub(crate) struct City {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) admin1: String,
    pub(crate) region: String,
    pub(crate) district: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u64,
    pub(crate) names: Vec<String>,
}

/// A row of ISO 3166-2.
pub(crate) struct Subdivision {
    pub(crate) name: String,
    pub(crate) names: Vec<String>,
}

/// The cells of each row of a file. A row with too few cells is an error: the file was cut.
pub(crate) fn rows(path: &Path, cells: usize) -> Result<Vec<Vec<String>>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|(at, line)| {
            let row: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if row.len() == cells {
                Ok(row)
            } else {
                Err(format!("{}:{}: {} cells, not {cells}", path.display(), at + 1, row.len()))
            }
        })
        .collect()
}

/// A cell as a number.
pub(crate) fn number<T: std::str::FromStr>(cell: &str) -> Result<T, String> {
    cell.parse().map_err(|_| format!("not a number: {cell:?}"))
}

/// The parts of a cell that holds several names.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

pub(crate) fn cities(dir: &Path) -> Result<Vec<City>, String> {
    let mut out = Vec::new();
    for row in rows(&dir.join("cities.tsv"), 10)? {
        out.push(City {
            id: number(&row[0])?,
            name: row[1].clone(),
            country: row[2].clone(),
            admin1: row[3].clone(),
            region: row[4].clone(),
            district: row[5].clone(),
            lat: number(&row[6])?,
            lon: number(&row[7])?,
            population: number(&row[8])?,
            names: list(&row[9]),
        });
    }
    Ok(out)
}

/// The subdivisions of one country after another, with the country's code.
pub(crate) fn subdivisions(dir: &Path) -> Result<Vec<(String, Subdivision)>, String> {
    let rows = rows(&dir.join("subdivisions.tsv"), 5)?;
    Ok(rows
        .into_iter()
        .map(|row| (row[0].clone(), Subdivision { name: row[2].clone(), names: list(&row[4]) }))
        .collect())
}
