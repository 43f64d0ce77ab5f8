//! Typical mistakes are planted in generated reports and must be found at their places; sound reports stay sound.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod reports;
mod support;

use reports::{Made, Planted};
use std::collections::BTreeMap;
use support::bench::Bench;
use thidua::check::batch::{self, Against};
use thidua::check::{Checked, Selection};
use thidua::model::{CheckReport, Document, Severity};
use unicode_normalization::UnicodeNormalization as _;

impl Bench {
    fn with_document(&self, name: &str, bytes: &[u8]) -> (Document, CheckReport) {
        (self.engine.read(name, bytes).expect("document"), self.check(name, bytes))
    }
}

/// Whether a finding with one of the codes stands at the planted words, in their row of a table, or in their paragraph.
fn at_place(document: &Document, report: &CheckReport, planted: &Planted) -> bool {
    let found = report.findings.iter().filter(|noted| planted.codes.contains(&noted.finding.code));
    found.filter_map(|noted| noted.finding.span).any(|span| {
        planted.marks.iter().any(|mark| {
            let near = document.blocks.iter().filter(|block| {
                let same_row = |a: Option<_>, b: Option<_>| matches!((a, b), (Some(a), Some(b)) if row(a) == row(b));
                let here = block.id == span.block;
                here || same_row(block.cell, document.blocks[span.block as usize].cell)
            });
            near.into_iter().any(|block| {
                let text = block.text.to_lowercase();
                let Some(at) = text.find(mark.to_lowercase().as_str()) else { return false };
                if block.id != span.block {
                    return true;
                }
                let start = text[..at].chars().count() as u32;
                let end = start + mark.chars().count() as u32;
                span.start < end && start < span.end
            })
        })
    })
}

fn row(cell: thidua::model::CellRef) -> (u32, u32) {
    (cell.table, cell.row)
}

fn said(report: &CheckReport) -> Vec<String> {
    report
        .findings
        .iter()
        .map(|noted| {
            format!(
                "{} {:?} {:?}",
                noted.finding.code,
                noted.finding.severity,
                noted.quote.as_deref().unwrap_or_default()
            )
        })
        .collect()
}

fn each(made: &Made, mut run: impl FnMut(&str, Vec<u8>)) {
    run("txt", made.text.clone().into_bytes());
    run("docx", made.docx.clone());
}

#[test]
fn planted_mistakes_are_found_at_their_places() {
    let bench = Bench::new();
    let (mut all, mut hits) = (0, 0);
    let mut by_fault: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
    let mut missed = Vec::new();
    for fault in reports::ALL.filter(|fault| !reports::needs_dossier(*fault)) {
        for seed in 0..seeds() {
            let (made, planted) = reports::faulty(seed, fault);
            each(&made, |kind, bytes| {
                let name = format!("{}.{kind}", made.name);
                let (document, report) = bench.with_document(&name, &bytes);
                let hit = at_place(&document, &report, &planted);
                all += 1;
                hits += u32::from(hit);
                let counted = by_fault.entry(fault).or_default();
                counted.0 += 1;
                counted.1 += u32::from(hit);
                if !hit {
                    missed.push(format!(
                        "{fault}/{seed}.{kind} {:?} {:?}\n  {:?}\n  {:?}",
                        planted.how,
                        planted.marks,
                        made.layout,
                        said(&report)
                    ));
                }
            });
        }
    }
    let share = f64::from(hits) / f64::from(all);
    if share < 0.95 {
        missed.iter().for_each(|line| println!("{line}"));
        println!("{by_fault:?}");
    }
    println!("{hits} of {all}");
    assert!(share >= 0.95, "{hits} of {all}");
}

#[test]
fn sound_reports_have_no_error_and_at_most_one_warning() {
    let bench = Bench::new();
    let mut odd = Vec::new();
    for seed in 0..seeds() * 10 {
        let made = reports::clean(seed);
        each(&made, |kind, bytes| {
            let (_, report) = bench.with_document(&format!("{}.{kind}", made.name), &bytes);
            let count = |severity| report.findings.iter().filter(|noted| noted.finding.severity == severity).count();
            if count(Severity::Error) > 0 || count(Severity::Warning) > 1 {
                odd.push(format!("{seed}.{kind} {:?}\n  {:?}", made.layout, said(&report)));
            }
        });
    }
    odd.iter().for_each(|line| println!("{line}"));
    assert!(odd.is_empty(), "{} sound reports are called unsound", odd.len());
}

/// Checks a dossier as one batch; with the documents, in their order: reports, proposal, minutes.
fn together(bench: &Bench, dossier: &reports::Dossier, docx: bool) -> (Vec<Document>, Vec<CheckReport>, Vec<String>) {
    let kind = if docx { "docx" } else { "txt" };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let of = |text: &String, file: &Vec<u8>| if docx { file.clone() } else { text.clone().into_bytes() };
    for made in &dossier.reports {
        files.push((format!("{}.{kind}", made.name), of(&made.text, &made.docx)));
    }
    for paper in [&dossier.proposal, &dossier.minutes] {
        files.push((format!("{}.{kind}", paper.name), of(&paper.text, &paper.docx)));
    }
    let documents: Vec<Document> =
        files.iter().map(|(name, bytes)| bench.engine.read(name, bytes).expect("document")).collect();
    let checked: Vec<Checked> = documents
        .iter()
        .map(|document| bench.engine.check(&bench.checker, document.clone(), None, None, &Selection::default()))
        .collect();
    let batch = batch::review(checked, &Against::default(), &Selection::default()).unwrap();
    let beside = batch.findings.iter().map(|noted| noted.finding.code.to_owned()).collect();
    (documents, batch.files, beside)
}

#[test]
fn papers_of_a_dossier_are_held_against_each_other() {
    use reports::Wrong;
    let bench = Bench::new();
    let (mut all, mut hits) = (0, 0);
    let mut missed = Vec::new();
    for wrong in [Wrong::Nothing, Wrong::Award, Wrong::Copied, Wrong::Count, Wrong::Votes, Wrong::Name] {
        for seed in 0..seeds() {
            for docx in [false, true] {
                let (dossier, planted) = reports::dossier(seed, wrong);
                let (documents, files, beside) = together(&bench, &dossier, docx);
                let said: Vec<Vec<String>> = files.iter().map(said).collect();
                let Some(planted) = planted else {
                    let errors = files.iter().flat_map(|file| &file.findings);
                    let errors = errors.filter(|noted| noted.finding.severity == Severity::Error).count();
                    assert_eq!(
                        (errors, beside.len()),
                        (0, 0),
                        "{seed} {docx}: {said:#?} {beside:?}\n{}",
                        dossier.proposal.text
                    );
                    continue;
                };
                all += 1;
                let found = documents.iter().zip(&files).any(|(document, report)| {
                    let somewhere = planted.marks.is_empty()
                        && report.findings.iter().any(|noted| planted.codes.contains(&noted.finding.code));
                    somewhere || at_place(document, report, &planted)
                });
                hits += u32::from(found);
                if !found {
                    missed.push(format!(
                        "{wrong:?}/{seed} {docx} {planted:?}\n{said:?}\n{}\n{}",
                        dossier.proposal.text, dossier.minutes.text
                    ));
                }
            }
        }
    }
    missed.iter().for_each(|line| println!("{line}"));
    println!("{hits} of {all} in dossiers");
    assert!(f64::from(hits) >= 0.95 * f64::from(all), "{hits} of {all}");
}

fn seeds() -> u64 {
    12
}

#[test]
fn the_same_seed_gives_the_same_report() {
    let (a, b) = (reports::clean(5), reports::clean(5));
    assert_eq!(a.text.nfc().collect::<String>(), b.text);
    assert_eq!(a.docx, b.docx);
}
