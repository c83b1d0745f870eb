//! Writes the seeds of every target from the fixtures: `cargo run --example seeds` in this folder. Corpora are grown from them and
//! not kept.

use std::fs;
use std::path::{Path, PathBuf};

use luoshi_fuzz::packages::{DOCX, ODS, ODT, Shape, XLSB, XLSX};

/// Targets of files by extension, and how much of a file is taken.
const FILES: &[(&str, &[&str])] = &[
    ("doc", &["doc", "wps"]),
    ("rtf", &["rtf", "doc"]),
    ("xls", &["xls"]),
    ("fodt", &["fodt"]),
    ("txt", &["txt"]),
    ("csv", &["csv"]),
    ("html", &["htm", "html", "xls"]),
    ("mht", &["mht"]),
    ("zip", &["docx", "xlsx", "ods"]),
];

/// Targets of files by the folder of their fixtures.
const FOLDERS: &[(&str, &str)] =
    &[("flat_opc", "flat-opc"), ("wordml_2003", "wordml-2003"), ("spreadsheetml_2003", "spreadsheetml-2003")];

const PACKAGES: &[(&str, &str, Shape)] = &[
    ("docx", "docx", DOCX),
    ("xlsx", "xlsx", XLSX),
    ("xlsb", "xlsb", XLSB),
    ("ods", "ods", ODS),
    ("odt", "odt", ODT),
];

/// A web archive in little: those of the fixtures are too long to be changed often.
const WEB_ARCHIVE: &[u8] = b"MIME-Version: 1.0\r\n\
    Content-Type: multipart/related; type=\"text/html\"; boundary=\"part\"\r\n\r\n\
    --part\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\
    Content-Location: file:///C:/a.htm\r\n\r\n\
    <link rel=3Dstylesheet href=3D\"a.css\"><table><tr><th>=D0=F2=BA=C5<th colspan=3D2>a=\r\nb\r\n\
    <tr><td>1<td rowspan=3D2 class=3Dx>c<td><ol><li>d</ol></table>\r\n\
    --part\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: base64\r\n\
    Content-Location: file:///C:/a.css\r\n\r\nLnggeyBkaXNwbGF5OiBub25lIH0=\r\n--part--\r\n";

/// A longer seed is left out where its target has shorter ones.
const SEED_BYTES: usize = 64 << 10;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = files(&root.join("../fixtures"));
    let with = |extension: &str| {
        let extension = extension.to_owned();
        fixtures.iter().filter(move |path| path.extension().is_some_and(|found| *found == *extension))
    };
    for (target, extensions) in FILES {
        let seeds = extensions.iter().flat_map(|extension| with(extension));
        let archive = (*target == "mht").then(|| WEB_ARCHIVE.to_vec());
        let seeds = seeds.filter_map(|path| fs::read(path).ok()).chain(archive);
        write(&root.join("corpus").join(target), seeds);
    }
    for (target, folder) in FOLDERS {
        let seeds =
            fixtures.iter().filter(|path| path.parent().is_some_and(|parent| parent.ends_with(folder)));
        write(&root.join("corpus").join(target), seeds.filter_map(|path| fs::read(path).ok()));
    }
    for (target, extension, shape) in PACKAGES {
        let seeds = with(extension).filter_map(|path| shape.unpack(&fs::read(path).ok()?));
        write(&root.join("corpus").join(target), seeds);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect();
    found.sort();
    found
}

fn write(folder: &Path, seeds: impl Iterator<Item = Vec<u8>>) {
    let mut seeds: Vec<Vec<u8>> = seeds.filter(|seed| !seed.is_empty()).collect();
    seeds.sort_by_key(Vec::len);
    let short = seeds.iter().filter(|seed| seed.len() <= SEED_BYTES).count();
    seeds.truncate(short.max(1));
    if let Err(error) = fs::create_dir_all(folder) {
        return eprintln!("{}: {error}", folder.display());
    }
    for (number, seed) in seeds.iter().enumerate() {
        if let Err(error) = fs::write(folder.join(format!("seed-{number:03}")), seed) {
            eprintln!("{}: {error}", folder.display());
        }
    }
}
