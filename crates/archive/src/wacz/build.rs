//! A package of a run, put together: members copied from segments, their index, the pages, the proofs, the list of all
//! of it. It comes to its name only when it is whole and on the disk.

use std::fs::{File, OpenOptions};
use std::io::BufWriter;
use std::path::Path;

use model::Digest;

use super::cdxj::{self, Index};
use super::container::Writer;
use super::package::{self, About, Resource, Sign};
use super::pages::{self, Page};
use super::refusal::Refusal;
use super::{Container, Limits};
use crate::Error;
use crate::member::{self, Fault};
use crate::press::new_id;

/// What goes into a package besides the members of its WARC file.
#[derive(Debug, Clone)]
pub struct Contents {
    /// The portal's identifier: its WARC file is `archive/PORTAL.warc.gz`.
    pub portal: String,
    /// Pages, those with evidence first.
    pub pages: Vec<Page>,
    /// Files of the folder `proof`, in this order: name within the folder, and bytes.
    pub proof: Vec<(String, Vec<u8>)>,
    /// What the package says about itself.
    pub about: About,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Digest of `datapackage.json`, which is what was signed.
    pub package: Digest,
    /// Bytes of the container.
    pub bytes: u64,
    /// Every file but `datapackage.json` and its digest, in order.
    pub resources: Vec<Resource>,
    /// Lines of the index.
    pub indexed: usize,
}

/// A package of a run.
pub struct Wacz;

impl Wacz {
    /// Writes a package: `members` are whole gzip members, one record each, `length` is the sum of their lengths. Each
    /// is read and its digests are checked. A file of that name is replaced once the new one is on the disk.
    pub fn write<M>(path: &Path, contents: &Contents, length: u64, members: M, sign: Option<Sign<'_>>) -> Result<Written, Error>
    where
        M: IntoIterator<Item = Result<Vec<u8>, Error>>,
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let id = new_id();
        let part = folder.join(format!(".{name}-{}.part", &id[id.len() - 8..]));
        let file = OpenOptions::new().write(true).create_new(true).open(&part).map_err(Error::io("create package", &part))?;
        let written = fill(&part, file, contents, length, members, sign).and_then(|written| {
            std::fs::rename(&part, path).map_err(Error::io("name package", path))?;
            Ok(written)
        });
        if written.is_err() {
            // What is left of it says nothing; the error that is given says why.
            let _ = std::fs::remove_file(&part);
        }
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        written.and_then(|written| synced.map_err(Error::io("sync folder", folder)).map(|()| written))
    }

    /// Opens a package as we write them, for reading and verifying. That its bytes are canonical is for
    /// [`check`](super::check) to say.
    pub fn open(path: &Path) -> Result<Container, Refusal> {
        Container::open(path, &Limits::OURS)
    }
}

/// The container in work and what is known of its files.
struct Work<'a> {
    path: &'a Path,
    out: Writer<BufWriter<File>>,
    resources: Vec<Resource>,
}

impl Work<'_> {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let digest = self.out.add(name, bytes).map_err(Error::io("write package", self.path))?;
        self.resources.push(Resource { path: name.to_owned(), digest, bytes: bytes.len() as u64 });
        Ok(())
    }
}

fn fill<M>(
    path: &Path,
    file: File,
    contents: &Contents,
    length: u64,
    members: M,
    sign: Option<Sign<'_>>,
) -> Result<Written, Error>
where
    M: IntoIterator<Item = Result<Vec<u8>, Error>>,
{
    let mut work = Work { path, out: Writer::new(BufWriter::with_capacity(1 << 20, file)), resources: Vec::new() };
    let warc = format!("{}.warc.gz", contents.portal);
    let lines = copy(&mut work, &warc, length, members)?;
    let indexed = lines.len();
    let index = Index::of(lines).map_err(Error::io("write package", work.path))?;
    work.add("indexes/index.cdx.gz", &index.lines)?;
    work.add("indexes/index.idx", &index.blocks)?;
    work.add("pages/pages.jsonl", &pages::list(&contents.pages))?;
    for (name, bytes) in &contents.proof {
        work.add(&format!("proof/{name}"), bytes)?;
    }
    let package = package::package(&contents.about, &work.resources);
    let seal = package::seal(&contents.about, &package, sign);
    let digest = work.out.add("datapackage.json", &package).map_err(Error::io("write package", work.path))?;
    work.out.add("datapackage-digest.json", &seal).map_err(Error::io("write package", work.path))?;

    let io = |error| Error::io("write package", path)(error);
    let file = work.out.finish().map_err(io)?.into_inner().map_err(|error| io(error.into_error()))?;
    file.sync_all().map_err(Error::io("sync package", path))?;
    let bytes = file.metadata().map_err(io)?.len();
    Ok(Written { package: digest, bytes, resources: work.resources, indexed })
}

/// Copies members into the WARC file and returns the lines of its index.
fn copy<M>(work: &mut Work<'_>, warc: &str, length: u64, members: M) -> Result<Vec<String>, Error>
where
    M: IntoIterator<Item = Result<Vec<u8>, Error>>,
{
    let path = format!("archive/{warc}");
    work.out.begin(&path, length).map_err(Error::io("write package", work.path))?;
    let mut lines = Vec::new();
    let mut offset = 0;
    for member in members {
        let member = member?;
        let record = record(&member).map_err(|(id, what)| Error::Damaged { id, segment: warc.to_owned(), offset, what })?;
        lines.extend(cdxj::line(&record, offset, warc));
        work.out.write(&member).map_err(Error::io("write package", work.path))?;
        offset += member.len() as u64;
    }
    let digest = work.out.end().map_err(Error::io("write package", work.path))?;
    work.resources.push(Resource { path, digest, bytes: length });
    Ok(lines)
}

/// The one record of a gzip member; else its identifier and what is wrong with it.
fn record(member: &[u8]) -> Result<crate::RawRecord, (String, String)> {
    let fault = |id: Option<String>, what: &str| (id.unwrap_or_else(|| "unknown".to_owned()), what.to_owned());
    match member::next(&mut &member[..], 0) {
        Ok(Some(record)) if record.length == member.len() as u64 => Ok(record),
        Ok(Some(record)) => Err(fault(Some(record.id().to_owned()), "more follows its gzip member")),
        Ok(None) | Err(Fault::Torn) => Err(fault(None, "its gzip member is not whole")),
        Err(Fault::Damaged { id, what }) => Err(fault(id, &what)),
        Err(Fault::Io(error)) => Err(fault(None, &error.to_string())),
    }
}
