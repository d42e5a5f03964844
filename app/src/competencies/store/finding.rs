//! What search looks through, of editions whose nodes were written in bulk.

use crate::db::Db;
use crate::error::Result;
use crate::id::EditionId;
use crate::vars;

/// The next nodes of an edition, their titles and their texts: few enough for
/// one transaction. The edition is written with them, so that this and another
/// import of it, or a second one who does the same, come one after the other.
const FIND: &str = "
    LET $from = $edition.found_to;
    LET $nodes = IF $from = NONE { [] } ELSE {
        fn::few_enough((SELECT id, edition, kind, code, title, position, description_html, knowledge, skills, attitudes,
            behaviours, notes FROM node WHERE edition = $edition AND position >= $from ORDER BY position LIMIT 1000))
    };
    LET $until = IF $nodes = [] { NONE } ELSE { array::last($nodes).position + 1 };
    IF $nodes != [] {
        LET $entries = array::map($nodes, |$node| fn::node_entry($node));
        INSERT INTO search_entry $entries
            ON DUPLICATE KEY UPDATE kind = $input.kind, code = $input.code, words = $input.words RETURN NONE;
        fn::know_words(array::join($entries.words, ' '));
        fn::node_texts($nodes);
    };
    IF $from != NONE {
        UPDATE $edition SET found_to = $until RETURN NONE;
        IF $from = 0 { DELETE type::record('texts_due', ['edition', record::id($edition)]) RETURN NONE };
    };
    $nodes != [];";

/// Makes the nodes of an edition findable that are not yet. What fails is done
/// when the server starts again.
pub(crate) async fn find(db: &Db, edition: &EditionId) {
    if let Err(error) = find_all(db, edition).await {
        tracing::error!(%error, "an edition could not be made findable");
    }
}

async fn find_all(db: &Db, edition: &EditionId) -> Result<()> {
    loop {
        let mut answers = db
            .write(FIND, vars! { "edition" => edition.clone(), "in_bulk" => true })
            .await?;
        if answers.row::<bool>(5)? != Some(true) {
            return Ok(());
        }
    }
}

/// Does so for all editions where it was not done; answers how many.
pub async fn find_missing(db: &Db) -> Result<usize> {
    let editions: Vec<EditionId> = db
        .rows("SELECT VALUE id FROM edition WHERE found_to != NONE;", vars! {})
        .await?;
    for edition in &editions {
        find_all(db, edition).await?;
    }
    Ok(editions.len())
}
