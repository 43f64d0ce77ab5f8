//! Word 97-2003 files from nothing: runs with properties, paragraphs, pieces.

use std::io::{Cursor, Write};

const TEXT: usize = 0x400;

/// A document in the making.
#[derive(Default)]
pub struct Doc {
    pub fonts: Vec<&'static str>,
    /// Text as stored, one byte a character, with the properties of each run.
    runs: Vec<(Vec<u8>, Vec<u8>)>,
    /// Ends of paragraphs in the text, with their properties (style number first).
    paragraphs: Vec<(usize, Vec<u8>)>,
    len: usize,
    pub flags: u16,
    /// Language of the whole document.
    pub language: u16,
    /// Pieces as (start, end) in bytes of the text, in the order of the document; all of it when empty.
    pub pieces: Vec<(usize, usize)>,
}

impl Doc {
    pub fn new(fonts: &[&'static str]) -> Self {
        Self { fonts: fonts.to_vec(), ..Self::default() }
    }

    /// Adds a run in a font.
    pub fn run(mut self, font: u8, text: &[u8]) -> Self {
        self.add(text, &[&[0x4F, 0x4A, font, 0, 0x51, 0x4A, font, 0][..]].concat());
        self
    }

    /// Adds a run with properties.
    pub fn with(mut self, text: &[u8], properties: &[u8]) -> Self {
        self.add(text, properties);
        self
    }

    fn add(&mut self, text: &[u8], properties: &[u8]) {
        self.len += text.len();
        self.runs.push((text.to_vec(), properties.to_vec()));
    }

    /// Ends a paragraph with a mark and properties.
    pub fn end(mut self, mark: u8, properties: &[u8]) -> Self {
        self.add(&[mark], &[]);
        self.paragraphs.push((self.len, [&[0, 0], properties].concat()));
        self
    }

    pub fn build(&self) -> Vec<u8> {
        let (main, table) = self.streams();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream("WordDocument").unwrap().write_all(&main).unwrap();
        file.create_stream("1Table").unwrap().write_all(&table).unwrap();
        file.into_inner().into_inner()
    }

    fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let text: Vec<u8> = self.runs.iter().flat_map(|(text, _)| text.clone()).collect();
        let mut main = vec![0; TEXT];
        main.extend(&text);
        main.resize(main.len().div_ceil(512) * 512, 0);
        let mut table = vec![0; 4];
        let mut places: Vec<(usize, usize, usize)> = Vec::new();

        let mut ends: Vec<usize> = vec![0];
        ends.extend(self.runs.iter().scan(0, |at, (text, _)| {
            *at += text.len();
            Some(*at)
        }));
        let properties: Vec<Vec<u8>> = self.runs.iter().map(|(_, properties)| properties.clone()).collect();
        let page = page(&ends, &properties, 1, |at, list| ((at / 2) as u8, [&[list.len() as u8][..], list].concat()));
        places.push(add_pages(&mut main, &mut table, 12, &page, text.len()));

        let mut ends: Vec<usize> = vec![0];
        ends.extend(self.paragraphs.iter().map(|(end, _)| *end));
        let properties: Vec<Vec<u8>> = self.paragraphs.iter().map(|(_, properties)| properties.clone()).collect();
        let page = self::page(&ends, &properties, 13, |at, list| {
            let padded = [list, if list.len() % 2 == 0 { &[] } else { &[0] }].concat();
            ((at / 2) as u8, [&[0, (padded.len() / 2) as u8][..], &padded].concat())
        });
        places.push(add_pages(&mut main, &mut table, 13, &page, text.len()));

        let at = table.len();
        table.extend((self.fonts.len() as u16).to_le_bytes());
        table.extend([0, 0]);
        for font in &self.fonts {
            let name: Vec<u8> = font.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            table.push((39 + name.len()) as u8);
            table.extend([0; 39]);
            table.extend(name);
        }
        places.push((15, at, table.len() - at));

        let at = table.len();
        let all = [(0, text.len())];
        let pieces = if self.pieces.is_empty() { &all[..] } else { &self.pieces };
        table.push(2);
        table.extend(((pieces.len() * 12 + 4) as u32).to_le_bytes());
        let mut position = 0_u32;
        table.extend(position.to_le_bytes());
        for (start, end) in pieces {
            position += (end - start) as u32;
            table.extend(position.to_le_bytes());
        }
        for (start, _) in pieces {
            table.extend([0, 0]);
            table.extend((((TEXT + start) * 2) as u32 | 0x4000_0000).to_le_bytes());
            table.extend([0, 0]);
        }
        places.push((33, at, table.len() - at));

        main[0..2].copy_from_slice(&0xA5EC_u16.to_le_bytes());
        main[2..4].copy_from_slice(&0x00C1_u16.to_le_bytes());
        main[6..8].copy_from_slice(&self.language.to_le_bytes());
        main[10..12].copy_from_slice(&(self.flags | 0x0200).to_le_bytes());
        main[76..80].copy_from_slice(&position.to_le_bytes());
        for (index, at, len) in places {
            main[154 + 8 * index..][..4].copy_from_slice(&(at as u32).to_le_bytes());
            main[158 + 8 * index..][..4].copy_from_slice(&(len as u32).to_le_bytes());
        }
        (main, table)
    }
}

/// A formatted page of 512 bytes.
fn page(
    ends: &[usize],
    properties: &[Vec<u8>],
    entry: usize,
    place: impl Fn(usize, &[u8]) -> (u8, Vec<u8>),
) -> Vec<u8> {
    let mut page = vec![0; 512];
    for (index, end) in ends.iter().enumerate() {
        page[index * 4..][..4].copy_from_slice(&((TEXT + end) as u32).to_le_bytes());
    }
    let mut free = 510;
    for (index, list) in properties.iter().enumerate().filter(|(_, list)| !list.is_empty()) {
        let (_, bytes) = place(0, list);
        free = (free - bytes.len()) & !1;
        let (offset, bytes) = place(free, list);
        page[free..][..bytes.len()].copy_from_slice(&bytes);
        page[ends.len() * 4 + index * entry] = offset;
    }
    page[511] = properties.len() as u8;
    page
}

fn add_pages(main: &mut Vec<u8>, table: &mut Vec<u8>, index: usize, page: &[u8], text: usize) -> (usize, usize, usize) {
    let number = (main.len() / 512) as u32;
    main.extend(page);
    let at = table.len();
    table.extend((TEXT as u32).to_le_bytes());
    table.extend(((TEXT + text) as u32).to_le_bytes());
    table.extend(number.to_le_bytes());
    (index, at, 12)
}
