//! Content that a page promises and that cannot be decoded, wholly or in part: the foreign parser passes over it in
//! silence.

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::{Array, Name, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use std::collections::HashMap;

/// Content streams that were looked at: pages share what is drawn on all of them.
#[derive(Debug, Default)]
pub struct Streams {
    whole: HashMap<ObjectIdentifier, bool>,
}

/// Bytes beyond which a stream is taken for whole.
const ENOUGH: u64 = 64 << 20;

impl Streams {
    /// Whether something on a page is lost.
    pub fn are_damaged(&mut self, page: &Page<'_>) -> bool {
        let raw = page.raw();
        let contents = if let Some(stream) = raw.get::<Stream<'_>>(b"Contents") {
            self.is_whole(&stream)
        } else if let Some(list) = raw.get::<Array<'_>>(b"Contents") {
            // The list ends where a stream is missing.
            let mut streams = 0;
            let mut are_whole = true;
            for stream in list.iter::<Stream<'_>>() {
                streams += 1;
                are_whole &= self.is_whole(&stream);
            }
            are_whole && streams == list.raw_iter().count()
        } else {
            !raw.contains_key(b"Contents")
        };
        let forms = page.resources().x_objects.entries().all(|(name, _)| {
            let form = page.resources().get_x_object(&name);
            form.is_none_or(|form| !is_form(&form) || self.is_whole(&form))
        });
        !contents || !forms
    }

    fn is_whole(&mut self, stream: &Stream<'_>) -> bool {
        *self.whole.entry(stream.obj_id()).or_insert_with(|| is_whole(stream))
    }
}

/// A form has content of its own, a picture has none.
fn is_form(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>(b"Subtype").is_some_and(|kind| &*kind == b"Form")
}

fn is_whole(stream: &Stream<'_>) -> bool {
    match stream.filters().as_slice() {
        [] => true,
        [Filter::FlateDecode] => {
            let data = stream.raw_data();
            // Two bytes tell that it is zlib's form; the checksum at its end is often wrong and costs no text.
            ends(data.get(2..).unwrap_or_default()) || ends(&data)
        }
        _ => stream.decoded_data().is_ok(),
    }
}

/// Whether deflated bytes come to their end.
fn ends(mut data: &[u8]) -> bool {
    let mut inflater = Decompress::new(false);
    let mut out = vec![0; 32 * 1024];
    loop {
        let before = (inflater.total_in(), inflater.total_out());
        let status = inflater.decompress(data, &mut out, FlushDecompress::None);
        let read = usize::try_from(inflater.total_in() - before.0).unwrap_or_default();
        data = data.get(read..).unwrap_or_default();
        match status {
            Ok(Status::StreamEnd) => return true,
            Ok(_) if inflater.total_out() > ENOUGH => return true,
            Ok(_) if (inflater.total_in(), inflater.total_out()) != before => {}
            _ => return false,
        }
    }
}
