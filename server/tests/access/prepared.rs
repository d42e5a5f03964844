//! What people have begun before the walk begins.

use app::exchange::Limits;
use app::id::ImportId;

use super::actors::Actor;
use super::fixture::World;

impl World {
    /// A file that the curator sent and has not confirmed.
    pub(super) async fn staged(&self) -> ImportId {
        let viewer = self.viewer(Actor::Curator).await;
        let (place, file) = (self.organisation.to_string(), super::files::SHELVES.to_vec());
        app::competencies::import::stage(
            &self.app.db,
            &viewer,
            &place,
            "",
            "shelves.csv",
            file,
            Limits::default(),
        )
        .await
        .unwrap()
    }

    /// Opens the draft of a published set; answers with it and a row of its map.
    pub(super) async fn drafted(&self) -> (String, String) {
        let (db, curator) = (&self.app.db, self.viewer(Actor::Curator).await);
        app::editions::store::open_draft(db, &curator, "library-management")
            .await
            .unwrap();
        let same = Some(app::editions::model::Kind::Same);
        let page = app::editions::store::editions_page(db, &curator, "library-management", same, false, 1);
        let map = page.await.unwrap().map.unwrap();
        (
            map.edition.to_string(),
            format!("{}:{}", map.rows[0].identifier, map.rows[0].print),
        )
    }

    /// What the source of a derived set offers first.
    pub(super) async fn offered(&self) -> (String, String) {
        let (db, curator) = (&self.app.db, self.viewer(Actor::Curator).await);
        let shown = app::derivations::model::Shown::All;
        let page = app::derivations::store::source_page(db, &curator, "turnstone-outline", shown, 1);
        let page = page.await.unwrap();
        let left_out = page.differences.into_iter().find(|one| one.print.is_some()).unwrap();
        (left_out.node, left_out.print.unwrap())
    }
}
