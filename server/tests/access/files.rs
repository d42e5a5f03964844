//! Every file, download, upload and live stream, with a request each.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header;

use super::actors::Actor;
use super::actors::Actor::*;
use super::fixture::*;
use super::rows::administered;
use super::told::Told::{self, Forbidden, NotFound};
use super::told::{Cells, all, hidden_from_all_but, only, open, signed_in};
use crate::pictures::GREEN;
use crate::support::Someone;

/// A competency set as it is sent in.
pub const SHELVES: &[u8] = include_bytes!("../../../end2end/journeys/files/shelves.moodle.csv");
const STAFF: &[u8] = b"name,email\nGodwit Newcomer,new@carrel.example\n";

/// What is sent to a file's address.
#[derive(Clone, Copy)]
pub enum Sent {
    Get,
    /// A form without fields.
    Post,
    /// A form with a file, and where it leads once it is taken.
    Upload {
        file: &'static [u8],
        leads_to: &'static str,
    },
}

/// A file's address and what each actor hears.
pub struct FileRow {
    /// As [`server::router::FILES`] has it.
    pub route: &'static str,
    pub about: &'static str,
    pub sent: Sent,
    pub address: String,
    pub cells: Cells,
}

#[rustfmt::skip]
pub fn files(ids: &Ids) -> Vec<FileRow> {
    let links = "/organisations/{organisation}/staff/{list}/links.csv";
    let people = [Actor::STAFF.as_slice(), &[Site]].concat();
    let get = |route, about, address: &str, cells| FileRow { route, about, sent: Sent::Get, address: address.to_owned(), cells };
    let case = "/index/{set}/{edition}/export/case.json";
    let moodle = "/index/{set}/{edition}/export/moodle.csv";
    let sheet = "/index/{set}/{edition}/export/sheet.csv";
    let workbook = "/index/{set}/{edition}/export/sheet.xlsx";
    let publication = "/index/{set}/{edition}/publication/{file}";
    let service = "/ims/case/v1p1/{*path}";
    let upload = |route, about, address: &str, cells, file, leads_to| FileRow { route, about, sent: Sent::Upload { file, leads_to }, address: address.to_owned(), cells };
    let (import, live, groups) = ("/studio/import/upload", "/live/threads/{threads}", "/live/groups/{groups}");
    let curators = hidden_from_all_but(&[Curator, Administrator, Site]);
    let group = hidden_from_all_but(&[Member, Facilitator]);
    let (talkers, writers) = ([Member, Facilitator], [Trainer, Administrator, Site]);
    let uploads = only(&[Curator, Administrator, Site], Forbidden).but(Told::Invalid, &[Stranger]);
    vec![
        get("/healthz", "", "/healthz", open()),
        get("/readyz", "", "/readyz", open()),
        get("/assets/{*path}", "a name that is not there", "/assets/none", all(NotFound)),
        get("/favicon.svg", "", "/favicon.svg", open()),
        get("/icon.svg", "", "/icon.svg", open()),
        get("/icon-maskable.svg", "", "/icon-maskable.svg", open()),
        get("/manifest.webmanifest", "", "/manifest.webmanifest", open()),
        get("/offline", "", "/offline", open()),
        get("/offline.js", "", "/offline.js", open()),
        get("/robots.txt", "", "/robots.txt", open()),
        get(case, "a published edition", "/index/library-management/1/export/case.json", open()),
        get(case, "a draft", "/index/turnstone/1/export/case.json", curators),
        get(moodle, "a published edition", "/index/library-management/1/export/moodle.csv", open()),
        get(moodle, "a draft", "/index/turnstone/1/export/moodle.csv", curators),
        get(sheet, "a published edition", "/index/library-management/1/export/sheet.csv", open()),
        get(sheet, "a draft", "/index/turnstone/1/export/sheet.csv", curators),
        get(workbook, "a published edition", "/index/library-management/1/export/sheet.xlsx", open()),
        get(workbook, "a draft", "/index/turnstone/1/export/sheet.xlsx", curators),
        get(publication, "a published edition to print", "/index/library-management/1/publication/book.html", open()),
        get(publication, "a published edition as an electronic book", "/index/library-management/1/publication/book.epub", open()),
        get(publication, "a draft to print", "/index/turnstone/1/publication/book.html", curators),
        get(publication, "a draft as a document", "/index/turnstone/1/publication/book.docx", curators),
        get(publication, "a draft, typeset", &format!("/index/turnstone/1/publication/book.pdf?file={TYPESET}"), curators),
        get(publication, "a form that is not there", "/index/library-management/1/publication/book.odt", all(NotFound)),
        get("/studio/sets/{set}/reviews/{round}/report.csv", "of a draft", &format!("/studio/sets/walk-review/reviews/{REVIEW}/report.csv"), curators),
        get("/studio/sets/{set}/reviews/{round}/report.html", "of a draft", &format!("/studio/sets/walk-review/reviews/{REVIEW}/report.html"), curators),
        get(service, "the published editions", "/ims/case/v1p1/CFDocuments", open()),
        get(service, "an edition that is not there", "/ims/case/v1p1/CFDocuments/7d1dd5d2-43b4-4d0a-9b9e-3f6a5d0a8c11", all(NotFound)),
        get("/me/copies/{file}", "everything about somebody", &format!("/me/copies/{COPY}.zip"), hidden_from_all_but(&[Themselves])),
        get("/me/copies/{file}", "one that is not there", "/me/copies/none.zip", all(NotFound)),
        get("/admin/audit.csv", "the site’s audit log", "/admin/audit.csv", hidden_from_all_but(&[Site])),
        get("/organisations/{organisation}/audit.csv", "", "/organisations/riverside/audit.csv", hidden_from_all_but(&[Administrator, Site])),
        upload(import, "a set for the organisation", import, uploads, SHELVES, "/studio/import/"),
        upload("/me/profile/picture", "one’s own", "/me/profile/picture", signed_in().says(), GREEN, "/me/profile?notice=picture"),
        upload("/organisations/{organisation}/logo", "", "/organisations/riverside/logo", administered(), GREEN, "/organisations/riverside?notice=logo"),
        upload("/organisations/{organisation}/staff/upload", "", "/organisations/riverside/staff/upload", administered(), STAFF, "/organisations/riverside/staff/"),
        FileRow { route: links, about: "a list that its administrator sent in", sent: Sent::Post, address: format!("/organisations/riverside/staff/{STAFF_LIST}/links.csv"), cells: only(&[Administrator, Site], NotFound) },
        get("/files/pictures/{person}/{hash}", "shown to colleagues", &format!("/files/pictures/{}/{PICTURE}", ids.person), hidden_from_all_but(&people)),
        get("/files/pictures/{person}/{hash}", "another one", &format!("/files/pictures/{}/{PICTURE}0", ids.person), all(NotFound)),
        get("/files/logos/{organisation}/{hash}", "", &format!("/files/logos/{}/{PICTURE}", ids.organisation), hidden_from_all_but(&people)),
        upload("/pictures", "for talk of a public group", &format!("/pictures?thread={PUBLIC_THREAD}"), only(&talkers, Forbidden).says(), GREEN, "/pictures/new?made="),
        upload("/pictures", "for talk of a private group", &format!("/pictures?group={PRIVATE_GROUP}"), only(&talkers, NotFound).says(), GREEN, "/pictures/new?made="),
        upload("/pictures", "for the draft of a course", &format!("/pictures?course={DRAFT}"), only(&writers, NotFound), GREEN, "/pictures/new?made="),
        get("/pictures/new", "for talk of a public group", &format!("/pictures/new?group={PUBLIC_GROUP}"), only(&talkers, Forbidden)),
        get("/pictures/new", "for talk of a private group", &format!("/pictures/new?thread={PRIVATE_THREAD}"), only(&talkers, NotFound)),
        get("/pictures/{picture}", "in talk of a private group", &format!("/pictures/{TEXT_PICTURE}"), group),
        get("/pictures/{picture}", "one that is not there", "/pictures/1x1-none", all(NotFound)),
        upload("/me/evidence/new/{node}", "one’s own", &format!("/me/evidence/new/{}", ids.statement), signed_in(), STAFF, "/me/evidence?statement="),
        upload("/me/evidence/new/{node}", "for a statement of a draft", &format!("/me/evidence/new/{LINE}"), only(&[], NotFound), STAFF, "/me/evidence?statement="),
        upload("/me/evidence/files/{evidence}", "a piece of somebody’s evidence", &format!("/me/evidence/files/{EVIDENCE_WITHOUT}"), only(&[Themselves], NotFound), STAFF, "/me/evidence"),
        get("/files/evidence/{evidence}/{file}", "of evidence shared with trainers", &format!("/files/evidence/{EVIDENCE}/{EVIDENCE_FILE}"), hidden_from_all_but(&[Themselves, Trainer])),
        get("/files/evidence/{evidence}/{file}", "one that is not there", &format!("/files/evidence/{EVIDENCE}/none"), all(NotFound)),
        get("/sign-in/with/{provider}", "one that is not there", "/sign-in/with/none", all(NotFound)),
        get("/sign-in/with/{provider}/answer", "one that is not there", "/sign-in/with/none/answer", all(NotFound)),
        get(live, "a thread of a public group", &format!("/live/threads/{PUBLIC_THREAD}"), open()),
        get(live, "a thread of a private group", &format!("/live/threads/{PRIVATE_THREAD}"), group),
        get(live, "both at once", &format!("/live/threads/{PUBLIC_THREAD},{PRIVATE_THREAD}"), group),
        get(live, "more than a page shows", &format!("/live/threads/{PUBLIC_THREAD},a,b,c,d,e"), all(NotFound)),
        get(groups, "a public group", &format!("/live/groups/{PUBLIC_GROUP}"), open()),
        get(groups, "a public group and one of its threads", &format!("/live/groups/{PUBLIC_GROUP}?threads={PUBLIC_THREAD}"), open()),
        get(groups, "a private group", &format!("/live/groups/{PRIVATE_GROUP}"), group),
        get(groups, "a public group and a private thread", &format!("/live/groups/{PUBLIC_GROUP}?threads={PRIVATE_THREAD}"), group),
        get(groups, "a name that is not there", "/live/groups/A", all(NotFound)),
    ]
}

/// Sends it; answers with what is heard and, where it has an end, the text.
pub async fn heard(world: &World, row: &FileRow, someone: &Someone) -> (Told, String) {
    match row.sent {
        Sent::Get if row.route.starts_with("/live/") => {
            let status = world.app.status("GET", &row.address, someone).await;
            (Told::of_status(status.as_u16()), String::new())
        }
        Sent::Get => {
            let answer = world.app.get(&row.address, someone).await;
            (Told::of_status(answer.status.as_u16()), answer.body)
        }
        Sent::Post => {
            let request = Request::post(&row.address).header(header::ACCEPT, "text/html");
            // Whoever comes second gets links as well.
            let answer = world.app.send(request, someone, Body::from("renew=true")).await;
            (Told::of_status(answer.status.as_u16()), answer.body)
        }
        Sent::Upload { file, leads_to } => sent_in(world, &row.address, file, leads_to, someone).await,
    }
}

/// An upload leads on, or back to the form with an error.
async fn sent_in(world: &World, address: &str, file: &[u8], leads_to: &str, someone: &Someone) -> (Told, String) {
    // What evidence is called; a set would be called so too.
    let title = match address.starts_with("/me/evidence/") {
        true => "--xyz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nLed a talk\r\n",
        false => "",
    };
    let mut body = format!(
        "{title}--xyz\r\nContent-Disposition: form-data; name=\"organisation\"\r\n\r\n{}\r\n--xyz\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"shelves.csv\"\r\n\r\n",
        world.ids.organisation
    )
    .into_bytes();
    body.extend(file);
    body.extend(b"\r\n--xyz--\r\n");
    let request = Request::post(address)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz");
    let answer = world.app.send(request, someone, Body::from(body)).await;
    if !answer.location().contains("draft=") {
        let told = if answer.location().starts_with(leads_to) {
            Told::Yes
        } else {
            Told::of_status(answer.status.as_u16())
        };
        return (told, answer.body);
    }
    let newest = "(SELECT error, created FROM form_draft ORDER BY created DESC LIMIT 1)[0].error;";
    let error: String = world.app.db.row(newest, app::vars! {}).await.unwrap().unwrap();
    (Told::of(&serde_json::from_str(&error).unwrap()), answer.body)
}

/// What an upload may leave behind when it was refused: the way back.
pub fn may_touch(row: &FileRow, actor: Actor, table: &str) -> bool {
    matches!(row.sent, Sent::Upload { .. }) && table == "form_draft" && row.cells.of(actor).is_refused()
}
