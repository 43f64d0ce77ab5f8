//! The opening (căn cứ and the sentence that leads to the content), and the issuer where only sentences name it.

use super::issuer::{self, Issuer};
use super::label::{Kind, capitals};
use super::line;
use super::{Zone, set_zone};
use crate::language::fold::fold;
use crate::model::{Block, DocumentInfo, Part};
use crate::pack::{FormWords, leading};

/// Blocks of an opening at most.
const BLOCKS: usize = 40;

/// Marks the zone of the opening and completes the issuer.
pub fn settle(
    blocks: &[Block],
    kinds: &[Option<Kind>],
    body: usize,
    words: &FormWords,
    info: &mut DocumentInfo,
    zones: &mut [Zone],
) {
    let opening = range(blocks, kinds, body, words, zones);
    for block in &opening {
        set_zone(zones, *block, Zone::Opening);
    }
    if info.issuer.is_none() {
        let found = from_sentences(blocks, &opening, words, zones);
        if let Some(Issuer { name, span, .. }) = found {
            info.issuer = Some(issuer::complete(&name, info.place.as_deref(), words));
            info.spans.insert("issuer", span);
        }
    }
    if info.issuer.is_none() {
        // The authority of the signature names the body at least.
        let authority = info.signature.as_ref().and_then(|s| s.authority.as_deref());
        info.issuer = authority.and_then(|authority| body_of(authority, words));
        if let (Some(_), Some(span)) = (&info.issuer, info.spans.get("signature").copied()) {
            info.spans.insert("issuer", span);
        }
    }
}

/// Blocks of the opening: basis paragraphs, up to the one that leads to the content.
fn range(blocks: &[Block], kinds: &[Option<Kind>], body: usize, words: &FormWords, zones: &[Zone]) -> Vec<u32> {
    let mut opening = Vec::new();
    // The first paragraph may lead to the content without a basis; one that leads to nothing is content.
    let mut open_end = false;
    for (block, kind) in blocks.iter().zip(kinds).skip(body).take(BLOCKS) {
        let id = block.id;
        if zones.get(id as usize) != Some(&Zone::Body) || block.part != Part::Body {
            if zones.get(id as usize) == Some(&Zone::Furniture) {
                continue;
            }
            break;
        }
        let head: String = block.text.chars().take(40).collect();
        let head = fold(head.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let basis = leading(&head, &words.basis).is_some();
        let numbers = kind.is_some_and(|kind| !kind.is_bullet());
        let authority = kind.is_none() && capitals(&block.text) && block.text.chars().count() <= 120;
        let leads = opening.is_empty() && (block.text.ends_with([':', ',']) || block.text.ends_with("như sau."));
        // A last basis that ends with a comma leads on; what follows it without leading to anything is content.
        let leads_on = block.text.ends_with([':', ',', ';']) || fold(&block.text).contains("như sau");
        let content = !basis && !authority && !leads_on && !opening.is_empty();
        if content || numbers || (kind.is_some() && !basis) || !(basis || authority || open_end || leads) {
            break;
        }
        opening.push(id);
        let decides = authority && (block.text.ends_with(':') || head.starts_with("quyết định"));
        if decides || (block.text.ends_with(':') && kind.is_none() && !authority) || block.text.ends_with("như sau.") {
            break;
        }
        open_end = authority || block.text.ends_with([',', ';']) || (basis && !block.text.ends_with('.'));
    }
    opening
}

fn from_sentences(blocks: &[Block], opening: &[u32], words: &FormWords, zones: &[Zone]) -> Option<Issuer> {
    let in_opening = opening.iter().rev().filter_map(|id| blocks.get(*id as usize)).find_map(|block| {
        line::of(block, None).collect::<Vec<_>>().iter().rev().find_map(|l| issuer::from_sentence(l, false, words))
    });
    in_opening.or_else(|| {
        let closing = |block: &&Block| {
            zones.get(block.id as usize) == Some(&Zone::Body)
                && block
                    .text
                    .chars()
                    .take(12)
                    .flat_map(char::to_lowercase)
                    .collect::<String>()
                    .starts_with("trên đây là")
        };
        let block = blocks.iter().find(closing)?;
        line::of(block, None).find_map(|line| issuer::from_sentence(&line, true, words))
    })
}

/// `TM. BAN THƯỜNG VỤ` → `BAN THƯỜNG VỤ`; posts (`TL. GIÁM ĐỐC`) name no body.
fn body_of(authority: &str, words: &FormWords) -> Option<String> {
    let (_, body) = authority.split_once([' ', '.'])?;
    let body = body.trim_start_matches([' ', '.']);
    let cut = fold(body);
    leading(&cut, &words.bodies)?;
    let end = ["KT.", "K/T", "TL.", "TUQ."].iter().filter_map(|mark| body.find(mark)).min().unwrap_or(body.len());
    body.get(..end).map(|body| body.trim().to_owned()).filter(|body| !body.is_empty())
}
