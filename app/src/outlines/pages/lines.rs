//! The lines of an outline, with what can be done to each.

use leptos::prelude::*;

use super::hand;
use super::in_place;
use super::keeping::Pause;
use super::outline::Actions;
use crate::outlines::model::{Draft, LONGEST_TITLE, Line, Way, entry_href, opened_href};
use crate::ui::LineMenu;

/// What the ways are called on their buttons.
const WAYS: [(Way, &str); 4] = [
    (Way::Up, "Move up"),
    (Way::Down, "Move down"),
    (Way::In, "Move beneath the one before"),
    (Way::Out, "Move out, behind what it stands beneath"),
];

/// The form that the buttons of all lines send.
const MOVES: &str = "moves";

#[component]
pub(super) fn Lines(set: String, mut draft: Draft, actions: Actions) -> impl IntoView {
    let mut lines = std::mem::take(&mut draft.lines).into_iter().peekable();
    let open = draft.open.as_ref().map(|open| open.id.to_string()).unwrap_or_default();
    let edition = draft.edition.clone();
    let items = items((&set, &draft), &mut lines, 0, actions);
    let dragged = StoredValue::new(None);
    // The lines are in the document a moment after they are made.
    Effect::new(move |_| request_animation_frame(move || hand::focus_again(actions)));
    view! {
        <ActionForm action=actions.shift attr:id=MOVES attr:class="visually-hidden">""</ActionForm>
        <p class="meta needs-script">
            "Arrows walk through the lines, Enter writes one where it stands, N adds behind it. Alt and arrows move it, or drag it
            behind another, with Shift beneath it; M finds a place far away. Ctrl Z takes back."
        </p>
        <ul class="tree tree-edited" role="list"
            on:click=move |event| hand::on_click(&event, actions)
            on:keydown=move |event| hand::on_key(&event, (&edition, &open), actions)
            on:dragstart=move |event| dragged.set_value(hand::line_of(&event))
            on:dragover=move |event: leptos::ev::DragEvent| event.prevent_default()
            on:drop=move |event| hand::on_drop(&event, dragged.get_value(), actions)
        >{items}</ul>
    }
}

type Rest = std::iter::Peekable<std::vec::IntoIter<Line>>;

/// The lines of one depth, each with those beneath it.
fn items(of: (&str, &Draft), lines: &mut Rest, depth: u32, actions: Actions) -> Vec<AnyView> {
    let mut items = Vec::new();
    while let Some(line) = lines.next_if(|line| line.depth >= depth) {
        let own = line.depth;
        let beneath = match lines.peek() {
            Some(next) if next.depth > own => self::items(of, lines, own + 1, actions),
            _ => Vec::new(),
        };
        items.push(item(of, line, beneath, actions));
    }
    items
}

fn item((set, draft): (&str, &Draft), line: Line, beneath: Vec<AnyView>, actions: Actions) -> AnyView {
    let href = entry_href(set, &line.id);
    let children = (!beneath.is_empty()).then(|| view! { <ul role="list">{beneath}</ul> });
    let badge = (line.beneath > 0).then(|| format!("{} beneath", line.beneath));
    let facts = [Some(line.kind.clone()), badge]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <li id=format!("node-{}", line.id)>
            <div class="tree-row" draggable="true">
                {toggle(set, draft, &line)}
                {written_in_place(&line, href, facts, actions)}
                {menu(set, draft, &line)}
            </div>
            {children}
        </li>
    }
    .into_any()
}

/// The line, or the field in which it is written where it stands.
fn written_in_place(line: &Line, href: String, facts: String, actions: Actions) -> AnyView {
    let (id, code, title) = (line.id.to_string(), line.code.clone(), line.title.clone());
    let shown = id.clone();
    let writes = Memo::new(move |_| {
        actions
            .editing
            .with(|editing| editing.as_ref().is_some_and(|(own, _)| *own == id))
    });
    let id = shown;
    let view = move || {
        if writes.get() {
            return field(id.clone(), title.clone(), actions);
        }
        view! {
            <a class="tree-line" href=href.clone() id=format!("line-{id}")>
                {(!code.is_empty()).then(|| view! { <span class="tree-code">{code.clone()} " "</span> })}
                <span class="tree-text">{title.clone()}</span>
                <span class="tree-badge">" " {facts.clone()}</span>
            </a>
        }
        .into_any()
    };
    view.into_any()
}

fn field(id: String, was: String, actions: Actions) -> AnyView {
    let typed = actions
        .editing
        .with_untracked(|editing| editing.as_ref().map(|(_, typed)| typed.clone()));
    let input = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    actions.keeping.opened(&id, &was);
    let own = id.clone();
    let (pause, left) = (Pause::new(), id.clone());
    view! {
        <input
            class="tree-field" id=in_place::FIELD node_ref=input aria-label=format!("Statement, before: {was}") maxlength=LONGEST_TITLE
            value=typed.unwrap_or_default()
            on:input=move |event| {
                actions.editing.set(Some((own.clone(), event_target_value(&event))));
                pause.then(move || in_place::pause(actions));
            }
            on:click=move |event| hand::on_click(&event, actions)
            on:keydown=move |event| in_place::on_key(&event, &id, actions)
            on:blur=move |event| {
                pause.stop();
                in_place::left(&left, &event_target_value(&event), actions);
            }
        />
    }
    .into_any()
}

/// Opens a line, or closes it again.
fn toggle(set: &str, draft: &Draft, line: &Line) -> AnyView {
    if line.beneath == 0 {
        return view! { <span class="tree-toggle"></span> }.into_any();
    }
    let (to, word, sign, is) = if line.open {
        (draft.with_closed(&line.id, line.parent.as_ref()), "Close", "▾", "open")
    } else {
        (draft.with_open(&line.id), "Open", "▸", "closed")
    };
    let href = format!("{}#node-{}", opened_href(set, &to), line.id);
    view! {
        <a class="tree-toggle" href=href data-is=is>
            <span aria-hidden="true">{sign}</span>
            <span class="visually-hidden">{format!("{word} {}", line.title)}</span>
        </a>
    }
    .into_any()
}

fn menu(set: &str, draft: &Draft, line: &Line) -> AnyView {
    let buttons = WAYS
        .into_iter()
        .zip(line.ways)
        .filter(|(_, open)| *open)
        .map(|((way, words), _)| {
            let value = format!("{} {}", way.as_str(), line.id);
            view! { <button type="submit" form=MOVES name="step" value=value>{words}</button> }
        })
        .collect_view();
    let (within, edit) = (opened_href(set, &draft.with_open(&line.id)), entry_href(set, &line.id));
    view! {
        <LineMenu label=format!("What to do with “{}”", line.title)>
            {buttons}
            <a href=edit.clone()>"Edit"</a>
            <a href=format!("{edit}?find=parent#place") data-is="move">"Move far…"</a>
            <a href=format!("{within}#add")>"Add beneath"</a>
            <a href=format!("{edit}#remove")>"Remove…"</a>
        </LineMenu>
    }
    .into_any()
}
