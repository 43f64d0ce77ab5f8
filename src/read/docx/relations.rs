//! Relationships between parts; only those inside the package are followed.

use crate::guard::Limits;
use crate::guard::package::Package;
use crate::guard::xml::{self, Namespace, Xml};
use crate::model::InputError;

/// One relationship to another part of the package.
#[derive(Debug)]
struct Relation {
    id: String,
    /// Last segment of the type's URI: `styles`, `header`, …
    kind: String,
    /// Name of the part.
    target: String,
}

/// The relationships of a part.
#[derive(Debug, Default)]
pub(in crate::read) struct Relations {
    list: Vec<Relation>,
}

impl Relations {
    /// Relationships of a part (`""`: of the package itself); none when their part is missing.
    pub(in crate::read) fn of(package: &Package, part: &str, limits: &Limits) -> Result<Self, InputError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        let Some(bytes) = package.read_optional(&name)? else { return Ok(Self::default()) };
        let text = xml::decode(&name, &bytes)?;
        let mut xml = Xml::new(&name, &text, limits);
        let mut list = Vec::new();
        xml.root()?;
        while let Some(child) = xml.child()? {
            let [mode, id, kind, target] = child.attributes([b"TargetMode", b"Id", b"Type", b"Target"]);
            let external = mode.as_deref() == Some("External");
            if child.namespace == Namespace::Relations && child.name() == b"Relationship" && !external {
                list.push(Relation {
                    id: id.unwrap_or_default().into_owned(),
                    kind: kind.unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &target.unwrap_or_default()),
                });
            }
            xml.skip()?;
        }
        xml.finish()?;
        Ok(Self { list })
    }

    /// Target of the first relationship of a kind.
    pub(in crate::read) fn target(&self, kind: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    }

    /// Target of a relationship.
    pub(in crate::read) fn by_id(&self, id: &str) -> Option<&str> {
        self.list.iter().find(|relation| relation.id == id).map(|relation| relation.target.as_str())
    }
}

/// Name of the part that a target leads to from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let (base, target) = match target.strip_prefix('/') {
        Some(absolute) => ("", absolute),
        None => (folder, target),
    };
    let mut steps: Vec<&str> = base.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_to_their_part() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/x.xml"), "word/x.xml");
        assert_eq!(resolve("word", "../customXml/./item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("", "../../etc/passwd"), "etc/passwd");
    }
}
