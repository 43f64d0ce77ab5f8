//! Any bytes as the streams of a Word 97-2003 file: a compound file around them is sound.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thidua::guard::Limits;

fuzz_target!(|bytes: &[u8]| {
    // The first two bytes say where the table stream begins.
    let [high, low, rest @ ..] = bytes else { return };
    let cut = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
    let (main, table) = rest.split_at(cut);
    let Ok(mut file) = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())) else { return };
    for (name, content) in [("WordDocument", main), ("1Table", table), ("0Table", table), ("Data", table)] {
        if let Ok(mut stream) = file.create_stream(name) {
            let _ = std::io::Write::write_all(&mut stream, content);
        }
    }
    let _ = thidua::read::document("a.doc", &file.into_inner().into_inner(), &Limits::default());
    let _ = thidua::read::document("a.doc", bytes, &Limits::default());
});
