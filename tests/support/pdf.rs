//! The smallest PDF writer that tests need: text at places, lines, a picture. Characters get codes of their own and a
//! table that says what they mean, as programs do that embed a part of a font.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Width of every character, in thousandths of the size.
const WIDTH: f64 = 0.5;

/// A page under construction; y counts from the top.
#[derive(Default)]
pub struct Page {
    content: String,
    codes: [BTreeMap<char, u8>; 2],
    /// Names of fonts in which text is written byte by byte.
    fonts: Vec<&'static str>,
    picture: bool,
    /// Bytes that are left of the compressed content.
    left: Option<usize>,
}

impl Page {
    /// Writes a text at a place.
    pub fn text(&mut self, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        self.font(0, x, y, size, text)
    }

    /// Writes a text in which every second character comes from another font and is drawn later, as programs do that
    /// lack a letter.
    pub fn mixed(&mut self, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        for font in [1, 0] {
            for (at, c) in text.chars().enumerate().filter(|(at, _)| at % 2 == font) {
                self.font(font, x + at as f64 * WIDTH * size, y, size, c.encode_utf8(&mut [0; 4]));
            }
        }
        self
    }

    /// Writes a text at a place, turned to the left by quarters of a circle.
    pub fn turned(&mut self, quarters: u8, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        let (cos, sin) = [(1, 0), (0, 1), (-1, 0), (0, -1)][usize::from(quarters % 4)];
        writeln!(self.content, "q {cos} {sin} {} {cos} {x} {} cm", -sin, 842.0 - y).expect("string");
        self.text(0.0, 842.0, size, text);
        self.content.push_str("Q\n");
        self
    }

    fn font(&mut self, font: usize, x: f64, y: f64, size: f64, text: &str) -> &mut Self {
        let codes = &mut self.codes[font];
        let mut hex = String::new();
        for c in text.chars() {
            let next = 33 + codes.len() as u8;
            let code = *codes.entry(c).or_insert(next);
            write!(hex, "{code:02x}").expect("string");
        }
        writeln!(self.content, "BT /F{font} {size} Tf {x} {} Td <{hex}> Tj ET", 842.0 - y).expect("string");
        self
    }

    /// Writes bytes at a place in a font that is not embedded and says nothing but its name.
    pub fn bytes(&mut self, name: &'static str, x: f64, y: f64, size: f64, bytes: &[u8]) -> &mut Self {
        let at = self.fonts.iter().position(|font| *font == name).unwrap_or(self.fonts.len());
        if at == self.fonts.len() {
            self.fonts.push(name);
        }
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(self.content, "BT /N{at} {size} Tf {x} {} Td <{hex}> Tj ET", 842.0 - y).expect("string");
        self
    }

    /// Compresses the content and cuts it off after so many bytes.
    pub fn cut(&mut self, left: usize) -> &mut Self {
        self.left = Some(left);
        self
    }

    /// Draws a line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64)) -> &mut Self {
        writeln!(self.content, "{} {} m {} {} l S", from.0, 842.0 - from.1, to.0, 842.0 - to.1).expect("string");
        self
    }

    /// Covers the page with a picture.
    pub fn picture(&mut self) -> &mut Self {
        self.picture = true;
        self.content.push_str("q 595 0 0 842 0 0 cm /P Do Q\n");
        self
    }
}

/// The file.
pub fn file(pages: &[Page]) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![Vec::new(), Vec::new()];
    let stream = |dictionary: &str, data: &[u8]| {
        let head = format!("<<{dictionary}/Length {}>>stream\n", data.len());
        [head.as_bytes(), data, b"\nendstream"].concat()
    };
    let mut kids = String::new();
    for page in pages {
        let mut fonts = String::new();
        for (at, codes) in page.codes.iter().enumerate().filter(|(_, codes)| !codes.is_empty()) {
            let pairs: String = codes
                .iter()
                .map(|(c, code)| {
                    let units: String = c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
                    format!("<{code:02x}> <{units}>\n")
                })
                .collect();
            let map = format!(
                "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <ff> endcodespacerange\n\
                 {} beginbfchar\n{pairs}endbfchar\nendcmap end",
                codes.len()
            );
            objects.push(stream("", map.as_bytes()));
            let widths = vec!["500"; 223].join(" ");
            objects.push(
                format!(
                    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 33/LastChar 255\
                     /Widths[{widths}]/ToUnicode {} 0 R>>",
                    objects.len()
                )
                .into_bytes(),
            );
            write!(fonts, "/F{at} {} 0 R", objects.len()).expect("string");
        }
        for (at, name) in page.fonts.iter().enumerate() {
            let widths = vec!["500"; 224].join(" ");
            objects.push(
                format!(
                    "<</Type/Font/Subtype/TrueType/BaseFont/{name}/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255\
                     /Widths[{widths}]>>"
                )
                .into_bytes(),
            );
            write!(fonts, "/N{at} {} 0 R", objects.len()).expect("string");
        }
        let mut pictures = String::new();
        if page.picture {
            let dictionary = "/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8/ColorSpace/DeviceGray";
            objects.push(stream(dictionary, &[200; 64]));
            write!(pictures, "/P {} 0 R", objects.len()).expect("string");
        }
        objects.push(match page.left {
            None => stream("", page.content.as_bytes()),
            Some(left) => {
                let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
                std::io::Write::write_all(&mut deflated, page.content.as_bytes()).expect("memory");
                let deflated = deflated.finish().expect("memory");
                stream("/Filter/FlateDecode", &deflated[..left.min(deflated.len())])
            }
        });
        let content = objects.len();
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R\
                 /Resources<</Font<<{fonts}>>/XObject<<{pictures}>>>>>>"
            )
            .into_bytes(),
        );
        write!(kids, "{} 0 R ", objects.len()).expect("string");
    }
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()).into_bytes();
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        writeln!(table, "{place:010} 00000 n ").expect("string");
    }
    write!(table, "trailer<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).expect("string");
    out.extend_from_slice(table.as_bytes());
    out
}
