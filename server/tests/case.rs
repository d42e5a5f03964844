//! The service of CASE from outside: what is published is found, what is not
//! is nowhere, and what cannot be answered is said in the standard's form.

use app::competencies::import;
use app::competencies::model::Outcome;
use app::exchange::{ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, RELATED_TO, case};
use app::id::OrganisationId;
use app::viewer::Role;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Description, Someone, TestApp};

pub(crate) const SET: Uuid = Uuid::from_u128(0x0b2e_9dd4_2d2c_4c7e_8e6c_0000_0000_0000);

fn id(number: u128) -> Uuid {
    Uuid::from_u128(SET.as_u128() + number)
}

fn set(title: &str) -> ExchangeSet {
    let node = |number: u128, parent: Option<u128>, title: &str| ExchangeNode {
        identifier: id(number),
        parent: parent.map(id),
        kind: Some("skill".into()),
        title: title.into(),
        ..ExchangeNode::default()
    };
    ExchangeSet {
        identifier: SET,
        title: "Desk".into(),
        language: Some("en".into()),
        licence: Some("CC BY 4.0".into()),
        scale: ["None", "Some"]
            .map(|label| ExchangeLevel {
                label: label.into(),
                description: String::new(),
            })
            .into(),
        nodes: vec![
            node(1, None, "Lending"),
            node(2, Some(1), title),
            node(3, Some(1), "Renews"),
        ],
        references: vec![ExchangeReference {
            from: id(2),
            to: id(3),
            kind: RELATED_TO.into(),
            extra: Value::Null,
        }],
        ..ExchangeSet::default()
    }
}

pub(crate) struct World {
    pub(crate) app: TestApp,
    library: OrganisationId,
}

async fn world() -> World {
    let app = TestApp::new().await;
    let library = app.organisation("library", None).await;
    World { app, library }
}

impl World {
    async fn import(&self, organisation: &OrganisationId, set: &ExchangeSet, publish: bool) {
        let file = case::emit(set, set.identifier, "https://carrel.example", "2026-11-23T00:00:00Z");
        let file = serde_json::to_vec(&file).unwrap();
        let planned = import::plan(&self.app.db, organisation, "", "desk.json", file)
            .await
            .unwrap();
        import::apply(&self.app.db, &planned, publish).await.unwrap();
    }

    async fn get(&self, path: &str) -> Answer {
        self.app
            .get(&format!("/ims/case/v1p1/{path}"), &Someone::default())
            .await
    }

    async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The code of the error that answers, with its status.
    async fn refusal(&self, path: &str) -> (u16, String) {
        let answer = self.get(path).await;
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json", "{path}");
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(body["imsx_codeMajor"], "failure");
        let code = &body["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"];
        (answer.status.as_u16(), code.as_str().unwrap().to_owned())
    }
}

fn unknown() -> (u16, String) {
    (404, "unknownobject".to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn drafts_are_nowhere() {
    let world = world().await;
    world.import(&world.library, &set("Issues"), false).await;
    assert_eq!(world.refusal("CFDocuments").await, unknown());
    for class in ["CFDocuments", "CFPackages"] {
        assert_eq!(world.refusal(&format!("{class}/{SET}")).await, unknown());
    }
    for class in ["CFItems", "CFItemAssociations"] {
        assert_eq!(world.refusal(&format!("{class}/{}", id(1))).await, unknown());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_in_a_package_is_found_at_its_address() {
    let world = world().await;
    world.import(&world.library, &set("Issues"), true).await;
    let package = world.json(&format!("CFPackages/{SET}")).await;
    for (list, objects) in [
        ("CFItems", 3),
        ("CFAssociations", 4),
        ("CFRubrics", 1),
        ("CFItemTypes", 1),
        ("CFLicenses", 1),
    ] {
        let found = case::objects(&package, list);
        assert_eq!(found.len(), objects, "{list}");
        for object in found {
            let address = object["uri"].as_str().unwrap().split("/v1p1/").nth(1).unwrap();
            let alone = world.json(address).await;
            let alone = alone.get("CFItemTypes").map_or(&alone, |list| &list[0]);
            for (key, value) in object.as_object().unwrap() {
                assert_eq!(&alone[key], value, "{address}: {key}");
            }
        }
    }
    let document = world.json(&format!("CFDocuments/{SET}")).await;
    assert!(
        document["CFPackageURI"]["uri"]
            .as_str()
            .unwrap()
            .ends_with(&format!("/CFPackages/{SET}"))
    );
    let item = world.json(&format!("CFItems/{}", id(2))).await;
    assert_eq!(item["CFDocumentURI"]["identifier"], SET.to_string());
    let around = world.json(&format!("CFItemAssociations/{}", id(1))).await;
    assert_eq!(around["CFItem"]["identifier"], id(1).to_string());
    assert_eq!(around["CFAssociations"].as_array().unwrap().len(), 3);
}

/// A package as other systems write them, with something in each of its lists.
fn full() -> Vec<u8> {
    let mut package = case::emit(&set("Issues"), SET, "https://carrel.example", "2026-11-23T00:00:00Z");
    let own = |number: u128, title: &str| json!({ "identifier": id(number), "uri": "https://elsewhere.example/x", "title": title });
    let coded = |number: u128, code: &str| {
        let mut one = own(number, code);
        one["hierarchyCode"] = code.into();
        one
    };
    let definitions = &mut package["CFDefinitions"];
    definitions["CFConcepts"] = json!([coded(0x20, "1"), coded(0x21, "1.1"), coded(0x22, "10")]);
    definitions["CFSubjects"] = json!([coded(0x30, "2")]);
    definitions["CFAssociationGroupings"] = json!([own(0x40, "Together")]);
    definitions["CFItemTypes"]
        .as_array_mut()
        .unwrap()
        .push(coded(0x50, "3"));
    package["CFItems"][1]["subject"] = "Libraries".into();
    package["CFItems"][1]["statusStartDate"] = "2026-01-02T03:04:05Z".into();
    package["CFItems"][1]["CFItemTypeURI"] = own(0x50, "3");
    package["CFAssociations"][3]["CFAssociationGroupingURI"] = own(0x40, "Together");
    package["CFRubrics"].as_array_mut().unwrap().push(json!({
        "identifier": id(0x60),
        "CFRubricCriteria": [{ "CFItemURI": own(2, "Issues"), "CFRubricCriterionLevels": [{ "quality": "Good", "score": 1.5 }] }],
    }));
    serde_json::to_vec(&package).unwrap()
}

pub(crate) async fn published_in_full() -> World {
    let world = world().await;
    let planned = import::plan(&world.app.db, &world.library, "", "full.json", full())
        .await
        .unwrap();
    assert!(!planned.is_refused(), "{:?}", planned.preview.remarks);
    import::apply(&world.app.db, &planned, true).await.unwrap();
    world
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_body_is_as_the_official_description_says() {
    let Some(official) = Description::load("every_body_is_as_the_official_description_says") else {
        return;
    };
    let world = published_in_full().await;
    let package = world.json(&format!("CFPackages/{SET}")).await;
    assert_eq!(official.wrong("CFPackages", 200, &package), [""; 0]);
    assert_eq!(
        official.wrong("CFDocuments", 200, &world.json("CFDocuments").await),
        [""; 0]
    );
    let lists = ["CFItems", "CFItemAssociations"].into_iter().chain(case::CATALOGUED);
    for list in lists {
        let source = if list == "CFItemAssociations" { "CFItems" } else { list };
        let objects = case::objects(&package, source);
        assert!(!objects.is_empty(), "{list}");
        for object in objects {
            let body = world
                .json(&format!("{list}/{}", object["identifier"].as_str().unwrap()))
                .await;
            assert_eq!(official.wrong(list, 200, &body), [""; 0], "{list}");
        }
    }
    let concepts = world.json(&format!("CFConcepts/{}", id(0x20))).await;
    assert_eq!(concepts["CFConcepts"].as_array().unwrap().len(), 2);
    for (path, status) in [
        ("CFItems/none", 404),
        ("CFRubrics/0b2e9dd4-2d2c-4c7e-8e6c-0000000000ff", 404),
        ("CFDocuments?limit=0", 400),
        ("CFDocuments?filter=x%3D%27y%27", 400),
        ("CFDocuments?offset=77", 404),
    ] {
        let answer = world.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        let class = path.split(['/', '?']).next().unwrap();
        let body = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(official.wrong(class, status, &body), [""; 0], "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_edition_is_a_document_and_items_answer_from_the_latest() {
    let world = world().await;
    world.import(&world.library, &set("Issues"), true).await;
    let mut second = set("Issues and takes back");
    second.nodes.retain(|node| node.identifier != id(3));
    second.references.clear();
    world.import(&world.library, &second, false).await;
    assert_eq!(
        world.json("CFDocuments").await["CFDocuments"].as_array().unwrap().len(),
        1
    );
    assert_eq!(
        world.json(&format!("CFItems/{}", id(2))).await["fullStatement"],
        "Issues"
    );

    world.import(&world.library, &second, true).await;
    let listed = world.json("CFDocuments").await;
    let documents = listed["CFDocuments"].as_array().unwrap();
    assert_eq!(documents.len(), 2);
    let newer = documents
        .iter()
        .find(|one| one["identifier"] != SET.to_string())
        .unwrap();
    assert_eq!(newer["extensions"]["carrel:set"], SET.to_string());
    let newer = newer["identifier"].as_str().unwrap();
    assert_eq!(
        world.json(&format!("CFItems/{}", id(2))).await["fullStatement"],
        "Issues and takes back"
    );
    assert_eq!(
        world.json(&format!("CFItems/{}", id(3))).await["CFDocumentURI"]["identifier"],
        SET.to_string()
    );
    let old = world.json(&format!("CFPackages/{SET}")).await;
    assert_eq!(old["CFItems"][1]["fullStatement"], "Issues");
    let package = world.get(&format!("CFPackages/{newer}")).await;

    // The package of an edition is one of its set when it comes back.
    let again = import::plan(
        &world.app.db,
        &world.library,
        "",
        "again.json",
        package.body.into_bytes(),
    )
    .await
    .unwrap();
    assert!(
        matches!(again.preview.outcome, Outcome::Unchanged { .. }),
        "{:?}",
        again.preview
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_answers_for_what_another_published_first() {
    let world = world().await;
    let elsewhere = world.app.organisation("elsewhere", None).await;
    world.import(&world.library, &set("Issues"), true).await;
    world.import(&elsewhere, &set("Claims"), true).await;
    assert_eq!(
        world.json("CFDocuments").await["CFDocuments"].as_array().unwrap().len(),
        2
    );
    assert_eq!(
        world.json(&format!("CFItems/{}", id(2))).await["fullStatement"],
        "Issues"
    );
    assert_eq!(
        world.json(&format!("CFPackages/{SET}")).await["CFItems"][1]["fullStatement"],
        "Issues"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lists_are_paged_and_say_how_much_there_is() {
    let world = world().await;
    for number in 0..3 {
        let mut set = set("Issues");
        set.identifier = id(0x100 + number);
        set.title = format!("Desk {number}");
        world.import(&world.library, &set, true).await;
    }
    let page = world.get("CFDocuments?sort=title&limit=1&offset=1&fields=title").await;
    assert_eq!(page.headers["x-total-count"], "3");
    let links = page.headers[header::LINK].to_str().unwrap();
    assert!(
        links.contains("?sort=title&fields=title&limit=1&offset=2>; rel=\"next\""),
        "{links}"
    );
    assert!(links.contains("limit=1&offset=0>; rel=\"prev\""), "{links}");
    assert!(links.contains("limit=1&offset=2>; rel=\"last\""), "{links}");
    let newest = world.get("CFDocuments?limit=2").await;
    assert_eq!(newest.headers["x-total-count"], "3");
    let titles: Value = serde_json::from_str(&newest.body).unwrap();
    assert_eq!(titles["CFDocuments"][0]["title"], "Desk 2");
    assert_eq!(titles["CFDocuments"].as_array().unwrap().len(), 2);
    let rest = world.json("CFDocuments?limit=2&offset=2").await;
    assert_eq!(rest["CFDocuments"][0]["title"], "Desk 0");
    let body: Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!(body["CFDocuments"][0]["title"], "Desk 1");
    assert!(body["CFDocuments"][0].get("language").is_none());
    let filtered = world.json("CFDocuments?filter=title%3D%27Desk%202%27").await;
    assert_eq!(filtered["CFDocuments"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_answered_is_said_in_the_standards_form() {
    let world = world().await;
    world.import(&world.library, &set("Issues"), true).await;
    let invalid = (404, "invalid_uuid".to_owned());
    for path in [
        "CFItems/none",
        "CFItems/",
        "CFItems/%ff%00",
        "CFItems/0b2e9dd42d2c4c7e8e6c000000000000",
        "CFRubrics/1/2",
    ] {
        assert_eq!(world.refusal(path).await, invalid, "{path}");
    }
    for path in ["CFNothing/1", "CFNothing", "CFItems", "discovery"] {
        assert_eq!(world.refusal(path).await, unknown(), "{path}");
    }
    for class in [
        "CFPackages",
        "CFItems",
        "CFItemAssociations",
        "CFAssociations",
        "CFConcepts",
        "CFRubrics",
        "CFLicenses",
    ] {
        let path = format!("{class}/{}", Uuid::from_u128(7 << 76));
        assert_eq!(world.refusal(&path).await, unknown(), "{path}");
    }
    let bad = (400, "invalid_selection_field".to_owned());
    for query in [
        "limit=0",
        "limit=x",
        "offset=-1",
        "orderBy=up",
        "limit=1&limit=2",
        "filter=colour%3D%27red%27",
    ] {
        assert_eq!(world.refusal(&format!("CFDocuments?{query}")).await, bad, "{query}");
    }
    assert_eq!(world.refusal("CFDocuments?offset=9").await, unknown());
    let curator = world.app.person("cora", &world.library, &[Role::Curator]).await;
    let request = axum::extract::Request::post("/ims/case/v1p1/CFDocuments");
    let posted = world.app.send(request, &curator, axum::body::Body::empty()).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(posted.headers[header::ALLOW], "GET,HEAD");
}
