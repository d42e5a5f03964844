//! The order of the schema (ECMA-376 part 1, CT_RPr, CT_PPr and CT_Style): what
//! the writer of documents puts otherwise, strict readers refuse.

const RUN: &str = "w:ins w:del w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike w:dstrike w:outline \
    w:shadow w:emboss w:imprint w:noProof w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern \
    w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd w:fitText w:vertAlign w:rtl w:cs w:em \
    w:lang w:eastAsianLayout w:specVanish w:oMath";
const PARAGRAPH: &str = "w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr w:widowControl w:numPr \
    w:suppressLineNumbers w:pBdr w:shd w:tabs w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct \
    w:topLinePunct w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd w:snapToGrid w:spacing w:ind \
    w:contextualSpacing w:mirrorIndents w:suppressOverlap w:jc w:textDirection w:textAlignment \
    w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle w:rPr w:sectPr w:pPrChange";
const STYLE: &str = "w:name w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden \
    w:unhideWhenUsed w:qFormat w:locked w:personal w:personalCompose w:personalReply w:rsid w:pPr w:rPr \
    w:tblPr w:trPr w:tcPr w:tblStylePr";

fn order_of(name: &str) -> Option<&'static str> {
    match name {
        "w:rPr" => Some(RUN),
        "w:pPr" => Some(PARAGRAPH),
        "w:style" => Some(STYLE),
        _ => None,
    }
}

/// The same document with all of these in order. What is not well-formed stays
/// as it is.
pub fn ordered(xml: &str) -> String {
    let Some(pieces) = pieces(xml) else {
        return xml.to_owned();
    };
    let mut written = String::with_capacity(xml.len());
    pieces.iter().for_each(|piece| piece.write(&mut written));
    written
}

#[derive(Default)]
struct Element<'a> {
    name: &'a str,
    /// Its tag, as it begins.
    tag: &'a str,
    within: Vec<Piece<'a>>,
}

enum Piece<'a> {
    /// Text, or a tag that stands alone with its name.
    Text(&'a str),
    Alone(&'a str, &'a str),
    Element(Element<'a>),
}

impl Piece<'_> {
    fn name(&self) -> &str {
        match self {
            Self::Text(_) => "",
            Self::Alone(name, _) => name,
            Self::Element(element) => element.name,
        }
    }

    fn write(&self, to: &mut String) {
        match self {
            Self::Text(text) | Self::Alone(_, text) => to.push_str(text),
            Self::Element(element) => {
                to.push_str(element.tag);
                element.within.iter().for_each(|piece| piece.write(to));
                to.push_str("</");
                to.push_str(element.name);
                to.push('>');
            }
        }
    }
}

impl Element<'_> {
    fn sort(&mut self) {
        if let Some(order) = order_of(self.name) {
            let place = |name: &str| order.split(' ').position(|own| own == name).unwrap_or(usize::MAX);
            self.within.sort_by_key(|piece| place(piece.name()));
        }
    }
}

fn pieces(xml: &str) -> Option<Vec<Piece<'_>>> {
    let mut open = vec![Element::default()];
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, begins) = rest.split_at(at);
        let (tag, after) = begins.split_at(end_of(begins)?);
        rest = after;
        let within = &mut open.last_mut()?.within;
        if !text.is_empty() {
            within.push(Piece::Text(text));
        }
        let name = tag
            .trim_start_matches(['<', '/'])
            .split([' ', '/', '>', '\n', '\t'])
            .next()?;
        if tag.starts_with("<?") || tag.starts_with("<!") || tag.ends_with("/>") {
            within.push(Piece::Alone(name, tag));
        } else if tag.starts_with("</") {
            let mut done = open.pop().filter(|done| done.name == name)?;
            done.sort();
            open.last_mut()?.within.push(Piece::Element(done));
        } else {
            open.push(Element {
                name,
                tag,
                within: Vec::new(),
            });
        }
    }
    let mut whole = open.pop().filter(|_| open.is_empty())?.within;
    if !rest.is_empty() {
        whole.push(Piece::Text(rest));
    }
    Some(whole)
}

/// Behind the bracket that closes the tag, which may stand in a quoted value too.
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(own), c) if own == c => quote = None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::ordered;

    #[test]
    fn properties_are_put_in_the_order_of_the_schema() {
        let style = "<?xml version=\"1.0\"?><w:style a=\">\"><w:name w:val=\"T\" /><w:rPr><w:sz w:val=\"2\" /><w:b /><w:rFonts /></w:rPr>\
             <w:pPr><w:rPr /><w:jc /><w:keepNext /></w:pPr><w:qFormat /><w:basedOn /></w:style>";
        let expected = "<?xml version=\"1.0\"?><w:style a=\">\"><w:name w:val=\"T\" /><w:basedOn /><w:qFormat />\
             <w:pPr><w:keepNext /><w:jc /><w:rPr /></w:pPr><w:rPr><w:rFonts /><w:b /><w:sz w:val=\"2\" /></w:rPr></w:style>";
        assert_eq!(ordered(style), expected);
    }

    #[test]
    fn all_else_stays_as_it_is() {
        for xml in [
            "",
            "words alone",
            "<w:p><w:r><w:t xml:space=\"preserve\"> a &lt; b </w:t><w:br /><w:t>c</w:t></w:r></w:p>\n",
            "<w:rPr><w:sz /><w:b></w:rPr>",
            "<w:rPr><w:sz /><w:b />",
            "<w:rPr",
            "</w:rPr>",
        ] {
            assert_eq!(ordered(xml), xml);
        }
    }
}
