//! Tables: rows, cells, merged cells; a nested table has a number of its own.

use super::values;
use super::walk::Walker;
use crate::guard::Limits;
use crate::guard::xml::{Namespace, Xml};
use crate::model::{CellRef, InputError};
use std::ops::Range;

type Outcome = Result<(), InputError>;

#[derive(Debug)]
pub(super) struct Table {
    id: u32,
    depth: u32,
    row: u32,
    column: u32,
    /// Cells that may go on in the rows below, by their first column.
    open: Vec<(u32, Merge)>,
    /// Finished vertical merges.
    merges: Vec<Merge>,
    /// The last cell of the row, for horizontal merges of the old kind.
    last: Range<usize>,
}

/// A cell that grows downwards.
#[derive(Debug, Clone)]
struct Merge {
    blocks: Range<usize>,
    rows: u32,
}

/// How a cell takes part in a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    None,
    First,
    Further,
}

#[derive(Debug)]
struct CellProperties {
    span: u32,
    vertical: Part,
    horizontal: Part,
    deleted: bool,
}

impl Walker<'_> {
    /// Reads the open `w:tbl`.
    pub(super) fn table(&mut self, xml: &mut Xml) -> Outcome {
        let mut table = Table {
            id: self.tables,
            depth: self.cell.map_or(0, |cell| cell.depth + 1),
            row: 0,
            column: 0,
            open: Vec::new(),
            merges: Vec::new(),
            last: 0..0,
        };
        self.tables += 1;
        self.rows(xml, &mut table)?;
        table.merges.extend(table.open.drain(..).map(|(_, merge)| merge));
        for merge in table.merges.iter().filter(|merge| merge.rows > 1) {
            self.cells_of(table.id, merge.blocks.clone()).for_each(|cell| cell.row_span = merge.rows);
        }
        Ok(())
    }

    fn cells_of(&mut self, table: u32, blocks: Range<usize>) -> impl Iterator<Item = &mut CellRef> {
        let blocks = self.blocks.get_mut(blocks).unwrap_or_default();
        blocks.iter_mut().filter_map(|block| block.cell.as_mut()).filter(move |cell| cell.table == table)
    }

    /// Rows, also those in content controls and other wrappers.
    fn rows(&mut self, xml: &mut Xml, table: &mut Table) -> Outcome {
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                (Namespace::Word, b"tr") => self.row(xml, table)?,
                (Namespace::Word, b"sdt" | b"sdtContent" | b"customXml" | b"ins" | b"moveTo") => {
                    self.rows(xml, table)?
                }
                (Namespace::Compatibility, b"AlternateContent") => {
                    self.alternatives(xml, &mut |walker, xml| walker.rows(xml, table))?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    fn row(&mut self, xml: &mut Xml, table: &mut Table) -> Outcome {
        table.column = 0;
        table.last = 0..0;
        if self.row_cells(xml, table)? {
            table.row += 1;
        }
        Ok(())
    }

    /// Cells of a row; `false` when the row was deleted or is hidden.
    fn row_cells(&mut self, xml: &mut Xml, table: &mut Table) -> Result<bool, InputError> {
        while let Some(child) = xml.child()? {
            match (child.namespace, child.name()) {
                (Namespace::Word, b"trPr") => {
                    let mut dropped = false;
                    while let Some(property) = xml.child()? {
                        match property.name() {
                            b"gridBefore" => table.column = values::columns(&property, b"val", 0),
                            b"del" => dropped = true,
                            b"hidden" => dropped |= values::on(&property),
                            _ => {}
                        }
                        xml.skip()?;
                    }
                    if dropped {
                        xml.skip()?;
                        return Ok(false);
                    }
                }
                (Namespace::Word, b"tc") => self.table_cell(xml, table)?,
                (Namespace::Word, b"sdt" | b"sdtContent" | b"customXml" | b"ins" | b"moveTo") => {
                    self.row_cells(xml, table)?;
                }
                _ => xml.skip()?,
            }
        }
        Ok(true)
    }

    fn table_cell(&mut self, xml: &mut Xml, table: &mut Table) -> Outcome {
        self.cells += 1;
        if self.cells > self.limits().cells {
            return Err(Limits::exceeded("table cells", self.limits().cells as u64));
        }
        let outer = self.cell;
        let start = self.blocks.len();
        let mut properties = CellProperties { span: 1, vertical: Part::None, horizontal: Part::None, deleted: false };
        self.cell = Some(CellRef {
            table: table.id,
            row: table.row,
            column: table.column,
            column_span: 1,
            row_span: 1,
            depth: table.depth,
        });
        self.cell_content(xml, &mut properties)?;
        self.cell = outer;

        if properties.deleted {
            self.blocks.truncate(start);
            return Ok(());
        }
        if properties.horizontal == Part::Further && table.last.end > table.last.start {
            // What stands in a covered cell is not shown.
            self.blocks.truncate(start);
            let span = properties.span;
            self.cells_of(table.id, table.last.clone()).for_each(|cell| cell.column_span += span);
        } else {
            let blocks = start..self.blocks.len();
            table.last = blocks.clone();
            self.merge_down(table, &properties, blocks);
        }
        table.column = table.column.saturating_add(properties.span);
        Ok(())
    }

    /// Properties come first; what follows is a story of its own.
    fn cell_content(&mut self, xml: &mut Xml, properties: &mut CellProperties) -> Outcome {
        // The properties are known before any paragraph is read, so that paragraphs carry the right place.
        self.story_after(xml, b"tcPr", |walker, xml| {
            while let Some(property) = xml.child()? {
                match property.name() {
                    b"gridSpan" => properties.span = values::columns(&property, b"val", 1),
                    b"vMerge" => properties.vertical = merge_part(property.attribute(b"val").as_deref()),
                    b"hMerge" => properties.horizontal = merge_part(property.attribute(b"val").as_deref()),
                    b"cellDel" => properties.deleted = true,
                    _ => {}
                }
                xml.skip()?;
            }
            if let Some(cell) = &mut walker.cell {
                cell.column_span = properties.span;
            }
            Ok(())
        })
    }

    fn merge_down(&mut self, table: &mut Table, properties: &CellProperties, blocks: Range<usize>) {
        let columns = table.column..table.column.saturating_add(properties.span);
        let above = table.open.iter().position(|(column, _)| columns.contains(column));
        if let (Part::Further, Some(above)) = (properties.vertical, above) {
            self.blocks.truncate(blocks.start);
            if let Some((_, merge)) = table.open.get_mut(above) {
                merge.rows += 1;
            }
            return;
        }
        let (closed, open) = table.open.drain(..).partition(|(column, _)| columns.contains(column));
        table.open = open;
        table.merges.extend(Vec::into_iter(closed).map(|(_, merge): (u32, Merge)| merge));
        if properties.vertical != Part::None {
            table.open.push((table.column, Merge { blocks, rows: 1 }));
        }
    }
}

fn merge_part(value: Option<&str>) -> Part {
    if value == Some("restart") { Part::First } else { Part::Further }
}
