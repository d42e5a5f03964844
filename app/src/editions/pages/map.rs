//! The statement map of a draft: each row confirmed or changed by a form of its
//! own, a page of them at once, or all that is the same.

use leptos::prelude::*;

use super::difference::Difference;
use super::scale::ScaleChanged;
use super::{KindChip, Narrowing};
use crate::competencies::model::{counted, edition_href, edition_words, node_href};
use crate::editions::api::{ChangeMapping, ConfirmMappings, ConfirmSame, NameLevels};
use crate::editions::model::{Kind, MapPage, MapRow, Named, WAITING, bases_words, editions_href};
use crate::ui::field::{Checkbox, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, Disclosure, EmptyState, Notice, Pager, Tone};

/// What can be done with the map.
#[derive(Clone, Copy)]
pub struct MapActions {
    confirm: ServerAction<ConfirmMappings>,
    same: ServerAction<ConfirmSame>,
    change: ServerAction<ChangeMapping>,
    levels: ServerAction<NameLevels>,
}

impl MapActions {
    pub fn new() -> Self {
        Self {
            confirm: ServerAction::new(),
            same: ServerAction::new(),
            change: ServerAction::new(),
            levels: ServerAction::new(),
        }
    }

    /// Changes whenever the map may have. A refused form stays as it was typed.
    pub fn versions(self) -> (usize, usize, [Option<usize>; 2]) {
        let changed = self.change.value().with(|value| matches!(value, Some(Ok(()))));
        let named = self.levels.value().with(|value| matches!(value, Some(Ok(()))));
        (
            self.confirm.version().get(),
            self.same.version().get(),
            [
                changed.then(|| self.change.version().get()),
                named.then(|| self.levels.version().get()),
            ],
        )
    }
}

/// Where the rows of a map stand.
#[derive(Clone)]
struct Place {
    slug: String,
    edition: String,
    number: u32,
    actions: MapActions,
}

#[component]
pub fn MapView(map: MapPage, slug: String, actions: MapActions) -> impl IntoView {
    let base = editions_href(&slug);
    let list = match map.shown() {
        "" => base.clone(),
        kind => format!("{base}?kind={kind}"),
    };
    let place = Place {
        slug,
        edition: map.edition.to_string(),
        number: map.number,
        actions,
    };
    let head = format!(
        "From the {} to the draft of the {}",
        bases_words(&map.bases),
        edition_words(map.number)
    );
    let links = narrowing(&map, &base);
    let (page, pages, none) = (map.page, map.pages, map.rows.is_empty());
    let tools = view! { <Tools map=map.clone() place=place.clone()/> };
    let scale = (!map.levels_asked.is_empty()).then(|| {
        view! {
            <ScaleChanged asked=map.levels_asked.clone() scale=map.scale.clone() edition=place.edition.clone() action=actions.levels/>
        }
    });
    let same = (!map.same.is_empty()).then(|| {
        let many = map.counts.of(Kind::Same);
        let left = usize::try_from(many).unwrap_or(0).saturating_sub(map.same.len());
        let more = (left > 0).then(|| {
            let href = format!("{base}?kind={}", Kind::Same.as_str());
            view! { <p><a href=href>{format!("And {left} more that are the same")}</a></p> }
        });
        let rows = lines(map.same, &place);
        view! {
            <Disclosure summary=format!("{many} the same in both")>
                <ul class="rows rows-ruled" role="list">{rows}</ul>
                {more}
            </Disclosure>
        }
    });
    let folded = same.is_some();
    let rows = lines(map.rows, &place);
    view! {
        <section>
            <h2>"The statement map"</h2>
            <p class="lede">{head}</p>
            {scale}
            {tools}
            <Narrowing links/>
            {if none && folded {
                view! { <EmptyState title="Nothing differs"><p>"Every statement goes on as it was."</p></EmptyState> }.into_any()
            } else if none {
                view! { <EmptyState title="Nothing of this kind"><p>"Choose another kind above."</p></EmptyState> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
            {same}
            <Pager page pages base=list/>
        </section>
    }
}

fn lines(rows: Vec<MapRow>, place: &Place) -> AnyView {
    let line = |row| view! { <MapLine row place=place.clone()/> };
    rows.into_iter().map(line).collect_view().into_any()
}

fn narrowing(map: &MapPage, base: &str) -> Vec<(String, String, bool)> {
    let shown = map.shown();
    let mut links = vec![(base.to_owned(), "All".to_owned(), shown.is_empty())];
    if map.waiting > 0 {
        links.push((
            format!("{base}?kind={WAITING}"),
            format!("To confirm {}", map.waiting),
            shown == WAITING,
        ));
    }
    let kinds = Kind::ALL.into_iter().filter(|kind| map.counts.of(*kind) > 0);
    links.extend(kinds.map(|kind| {
        let label = format!("{} {}", kind.label(), map.counts.of(kind));
        (format!("{base}?kind={}", kind.as_str()), label, shown == kind.as_str())
    }));
    links
}

/// How far the map is, and what confirms many rows.
#[component]
fn Tools(map: MapPage, place: Place) -> impl IntoView {
    if map.ready {
        let href = edition_href(&place.slug, place.number);
        return view! {
            <Notice tone=Tone::Accent>
                <p>"All of the map is confirmed. "<a href=href>"Publish the draft on its own page"</a>"."</p>
            </Notice>
        }
        .into_any();
    }
    let form = Form::of(place.actions.same);
    let page_form = Form::of(place.actions.confirm);
    let edition = place.edition.clone();
    let same = (map.waiting_same > 0).then(|| {
        let words = format!("Confirm all {} that are the same", map.waiting_same);
        view! {
            <ActionForm action=place.actions.same>
                <input type="hidden" name="edition" value=edition/>
                <button class="button small" type="submit">{words}</button>
            </ActionForm>
        }
    });
    let waiting: Vec<&MapRow> = map.rows.iter().filter(|row| !row.confirmed).collect();
    let shown = (waiting.len() > 1).then(|| {
        let looked = waiting
            .iter()
            .enumerate()
            .map(|(at, row)| looked(at, row))
            .collect_view();
        let words = format!("Confirm these {} as shown", waiting.len());
        view! {
            <ActionForm action=place.actions.confirm>
                <input type="hidden" name="edition" value=place.edition/>
                {looked}
                <button class="button small quiet" type="submit">{words}</button>
            </ActionForm>
        }
    });
    let text = format!(
        "{} to confirm before the draft can be published",
        counted(map.waiting, "row", "rows")
    );
    view! {
        <p class="meta">{text}</p>
        <FormErrors form/>
        <FormErrors form=page_form/>
        <div class="cluster">{same}{shown}</div>
    }
    .into_any()
}

/// What is confirmed: the row as it was looked at.
fn looked(at: usize, row: &MapRow) -> AnyView {
    let value = format!("{}:{}", row.identifier, row.print);
    view! { <input type="hidden" name=format!("looked[{at}]") value=value/> }.into_any()
}

fn link(place: &Place, named: &Named) -> AnyView {
    view! { <a class="quiet-link" href=node_href(&place.slug, named.edition, &named.address)>{named.words()}</a> }
        .into_any()
}

#[component]
fn MapLine(row: MapRow, place: Place) -> impl IntoView {
    let before = row.before.as_ref().map(|named| link(&place, named));
    let after = match row.kind {
        Kind::Retired => view! { <p class="meta">"Goes on nowhere."</p> }.into_any(),
        Kind::New => {
            let named = row.after.iter().map(|named| view! { <p>{link(&place, named)}</p> });
            named.collect_view().into_any()
        }
        _ if !row.pieces.is_empty() => view! { <p><Difference pieces=row.pieces.clone()/></p> }.into_any(),
        Kind::Same => ().into_any(),
        _ => {
            let named = row
                .after
                .iter()
                .map(|named| view! { <li>"→ "{link(&place, named)}</li> });
            view! { <ul role="list">{named.collect_view()}</ul> }.into_any()
        }
    };
    let state = (row.kind != Kind::New && row.confirmed).then(|| view! { <Chip label="Confirmed" tone=Tone::Accent/> });
    let beside = row
        .beside
        .then(|| view! { <p class="meta">"Its description or details differ."</p> });
    let meant = row
        .means_same
        .then(|| view! { <p class="meta">"You said that both mean the same."</p> });
    let old = row.kind != Kind::New;
    let forms = old.then(|| view! { <RowForms row=row.clone() place=place.clone()/> });
    view! {
        <li class="row">
            <div class="row-main">
                {before.map(|before| view! { <p>{before}</p> })}
                {after}
                {beside}
                {meant}
                {forms}
            </div>
            <div class="row-end cluster">{state}<KindChip kind=row.kind/></div>
        </li>
    }
}

#[component]
fn RowForms(row: MapRow, place: Place) -> impl IntoView {
    let name = row.before.as_ref().map(Named::words).unwrap_or_default();
    let label = format!("What becomes of {name}");
    let edition = place.edition.clone();
    let confirm = (!row.confirmed).then(|| {
        let looked = looked(0, &row);
        view! {
            <ActionForm action=place.actions.confirm>
                <input type="hidden" name="edition" value=edition/>
                {looked}
                <button class="button small quiet" type="submit">
                    "Confirm"<span class="visually-hidden">{format!(": {}, {name}", row.kind.label().to_lowercase())}</span>
                </button>
            </ActionForm>
        }
    });
    let form = Form::matching(place.actions.change, &[("identifier", row.identifier.as_str())]);
    let open = form.error().get_untracked().is_some();
    let codes: Vec<&str> = row.after.iter().map(|named| named.address.as_str()).collect();
    let (codes, identifier, meant) = (codes.join("; "), row.identifier.clone(), row.means_same);
    let id = format!("becomes-{}", row.identifier);
    view! {
        <div class="cluster">
            {confirm}
            <Disclosure summary="Change…" open>
                <ActionForm action=place.actions.change attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="edition" value=place.edition/>
                    <input type="hidden" name="identifier" value=identifier/>
                    <TextField form name="becomes" label value=codes id maxlength=2000
                        hint="Codes of the draft, with semicolons between when it was split; empty when it goes on nowhere."/>
                    <Checkbox form name="means_same" label="Other words, the same meaning: ask nobody" checked=meant/>
                    <div class="form-actions"><button class="button small" type="submit">"Save"</button></div>
                </ActionForm>
            </Disclosure>
        </div>
    }
}
