//! Word templates: compile once, render many.
//!
//! A template is a Word file with tags as docxtpl users know them; the clerk opens it in Word and changes it.
//!
//! ```text
//!  bytes ──package──▶ parts ──part──▶ tags, put together over runs ──lift──▶ rows, cells, paragraphs that go with tags
//!        ──flat──▶ one list of XML and tags ──flow──▶ pairs checked ──source──▶ the evaluator's text ──engine──▶ compiled
//!
//!  data ──engine──▶ text with marks ──finish──▶ XML ──package──▶ deflate what changed, copy the rest as it is stored
//! ```
//!
//! The rendered XML is never parsed again. What needs its surroundings (a new paragraph in a value, a picture, a cell
//! that was left empty) is a mark made of control characters, which no XML text can hold; the last pass acts on the
//! marks and looks back over one paragraph where it must.
//!
//! # Tags
//!
//! | tag | does |
//! | --- | --- |
//! | `{{ x }}` | prints a value, in the look of the tag's first character; `\n` line break, `\t` tab, `\a` new paragraph, `\f` page break |
//! | `{% if %} {% elif %} {% else %} {% endif %}`, `{% for a in b %} … {% else %} … {% endfor %}` | conditions and loops, with `break` and `continue` |
//! | `{% set x = … %}`, `{% with %}`, `{% filter %}`, `{% raw %}`, `{# … #}` | as in Jinja |
//! | `{%p … %}`, `{%tr … %}`, `{%tc … %}`, `{%r … %}` | the same, and the paragraph, row, cell or run that carries the tag goes; when both ends of a block stand in one row (cell, paragraph), that row is repeated |
//! | `{{p x }}`, `{{r x }}` | paragraphs, a document or runs in the place of the paragraph or run |
//! | `{%- … -%}` | joins the text to the paragraph before or after |
//! | `{% cellbg x %}`, `{% colspan n %}` | colour and width of the cell |
//! | `{% hm %}`, `{% vm %}` | one cell for all passes of the loop, across or down |
//! | `{% vm x %}` | cells with equal `x` in neighbouring rows become one |
//! | `{% restart %}` | the paragraph's list begins anew with each pass; lists inside nested loops do so by themselves |
//! | `{{ x }}` as title or tag of a content control | ticks a tick box, chooses from a list, fills a text field |
//! | `{_{ }_} {_% %_}` | print the marks themselves |
//!
//! Tags may stand wherever Word keeps text: body, tables, text boxes, headers, footers, notes, comments, fields, formulas,
//! alternative text, link targets, document properties, chart titles. Names may be Vietnamese.
//!
//! # Where Tera differs from Jinja
//!
//! Expressions are read with Jinja's grammar and written in Tera's, so these work as a docxtpl user expects:
//!
//! | Jinja | here |
//! | --- | --- |
//! | `x \| default("a")`, `x \| round(2)` | positional arguments get their names |
//! | `x is true`, `is mapping`, `is eq 1`, `is divisibleby(3)` | tests of ours |
//! | `\|count`, `\|e`, `\|d`, `\|list`, `\|items`, `\|sum`, `\|map`, `\|select`, `\|selectattr`, `\|groupby`, `\|batch`, `\|slice`, `\|dictsort`, `\|tojson`, `\|format`, … | filters of ours |
//! | `a if b` | the other arm is empty |
//! | `for a, b in d.items()`, `for a, b in list_of_pairs`, `for a in b if c` | taken apart, chosen |
//! | `loop.revindex`, `loop.previtem`, `loop.nextitem`, `loop.cycle(…)`, `loop.changed(…)` | computed |
//! | `namespace(…)`, `{% set n.x = … %}` | a variable for each field |
//! | `"a" + "b"`, `a + b` on lists, `x.0`, `"a".upper()`, `d.get(k)` | joined, indexed, filtered |
//! | `\|safe` | does nothing: what is printed is always escaped |
//!
//! What cannot be: `include`, `import`, `extends`, `block`, `macro`, `call`, `do`, recursive loops; functions of Python.
//! Each is a fault that says so. What is no text prints as in Jinja (`True`, `None`, `['a', 1]`), but where dots stand
//! for missing values they stand for `none`, too; `round` gives a decimal number as in Jinja, `so` prints Vietnamese figures. A condition may ask for a variable that is not there;
//! printing it, looping over it or taking a field of it is an error, or dots.
//!
//! # Filters of the field
//!
//! `ngay` (`day_du`, `so`, `ngan`, `ngay_thang`, `thang`, `nam`, `thu`, `iso`), `date(format)`, `so`, `phan_tram`, `tien`,
//! `bang_chu`, `tien_bang_chu`, `la_ma`, `dem`, `hoa`, `thuong`, `viet_hoa`, `viet_hoa_dau`, `liet_ke`, `xung_ho`,
//! `o_tich`, `image(width_mm, height_mm)`.

mod additions;
mod compile;
mod context;
mod controls;
mod cut;
mod data;
mod engine;
mod expr;
mod fault;
mod fields;
mod filters;
mod finish;
mod flat;
mod flow;
mod grid;
mod image;
mod lift;
mod media;
mod merge;
mod merged;
mod names;
mod numbering;
pub(crate) mod package;
mod part;
mod records;
mod render;
mod replace;
mod rich;
mod session;
mod shift;
mod side;
mod source;
mod styles;
mod subdoc;
mod tag;
mod unique;
pub(crate) mod xml;

pub use compile::{CompileOptions, Template, TemplateError};
pub use data::{Data, DataError};
pub use expr::Missing;
pub use fault::{Fault, Place, Step};
pub use fields::Field;
pub use media::MediaFolder;
pub use names::{FileNames, pattern_fields};
pub use records::{Record, Records, Source, plain_name};
pub use render::{DEFAULT_LEVEL, Filler, MissingValue, RenderError, RenderOptions, Rendered};
pub use replace::{Replacement, ReplacementKind};
pub use shift::moved;
pub use side::{Media, NoMedia};
