use super::*;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn limits() -> Limits {
    Limits::default()
}

fn text_of(xml: &str) -> Result<String, InputError> {
    let limits = limits();
    let mut parser = Xml::new("p", xml, &limits);
    let mut out = String::new();
    parser.root()?;
    parser.text(&mut out)?;
    parser.finish()?;
    Ok(out)
}

#[test]
fn references_and_cdata_are_text() {
    assert_eq!(text_of("<t>A &amp; B &#x1EA1;&#225;<![CDATA[<x>]]><!-- no --> c</t>").unwrap(), "A & B ạá<x> c");
}

#[test]
fn an_early_end_is_damage() {
    for xml in
        ["<t>x", "<t>x</t", "<t><u>x</t>", "", "<t>x</t><t/>", "<t>x</t>y", "x<t/>", "<t>&lol;</t>", "<t>a & b</t>"]
    {
        assert!(matches!(text_of(xml), Err(InputError::Malformed { .. })), "{xml}");
    }
}

#[test]
fn a_document_type_is_refused() {
    assert!(matches!(text_of("<!DOCTYPE t><t/>"), Err(InputError::Doctype { .. })));
}

#[test]
fn depth_and_attributes_are_bounded() {
    assert!(matches!(text_of(&"<a>".repeat(1000)), Err(InputError::TooLarge { what: "nesting levels", .. })));
    let many: String = (0..300).map(|n| format!(" a{n}=\"\"")).collect();
    assert!(matches!(text_of(&format!("<a{many}/>")), Err(InputError::TooLarge { .. })));
    let limits = Limits { nodes: 3, ..limits() };
    let mut parser = Xml::new("p", "<a><b/><b/><b/></a>", &limits);
    parser.root().unwrap();
    assert!(matches!(parser.skip(), Err(InputError::TooLarge { what: "XML elements", .. })));
}

#[test]
fn namespaces_count_by_uri_and_end_with_their_element() {
    let limits = limits();
    let xml = format!("<x:a xmlns:x='{WORD}'><b xmlns='{WORD}'/><b/><x:c y:v='1' xmlns:y='u'/></x:a>");
    let mut parser = Xml::new("p", &xml, &limits);
    assert_eq!(parser.root().unwrap().namespace, Namespace::Word);
    let mut seen = Vec::new();
    while let Some(child) = parser.child().unwrap() {
        seen.push((child.name().to_vec(), child.namespace, child.attribute(b"v").map(Cow::into_owned)));
        parser.skip().unwrap();
    }
    assert_eq!(
        seen,
        [
            (b"b".to_vec(), Namespace::Word, None),
            (b"b".to_vec(), Namespace::Other, None),
            (b"c".to_vec(), Namespace::Word, Some("1".to_owned())),
        ]
    );
    parser.finish().unwrap();
}
