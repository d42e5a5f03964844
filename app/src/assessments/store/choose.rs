//! Choosing a role profile to rate against.

use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::vars;

/// Chooses a role profile of a published edition that is open to them; chosen
/// already, it stays as it is.
pub async fn choose(db: &Db, person: &PersonId, slug: &str) -> Result<()> {
    db.write(
        "LET $profile = fn::profile_named($slug, $person);
         IF $profile = NONE OR $profile.edition.state != 'published' { THROW 'not found' };
         LET $assessment = type::record('assessment', [record::id($person), record::id($profile)]);
         IF (SELECT VALUE id FROM $assessment) = [] {
            CREATE $assessment SET person = $person, role_profile = $profile;
         };",
        vars! { "person" => person.clone(), "slug" => slug.to_owned() },
    )
    .await
    .map(drop)
}

/// Takes a role profile off one's list; the ratings stay.
pub async fn put_away(db: &Db, person: &PersonId, slug: &str) -> Result<()> {
    db.write(
        "LET $profile = (SELECT VALUE id FROM role_profile WHERE slug = $slug)[0];
         LET $assessment = type::record('assessment', [record::id($person), record::id($profile ?? role_profile:none)]);
         IF !record::exists($assessment) AND fn::profile_named($slug, $person) = NONE { THROW 'not found' };
         DELETE $assessment;",
        vars! { "person" => person.clone(), "slug" => slug.to_owned() },
    )
    .await
    .map(drop)
}
