//! My plan.

mod actions;
mod add;
mod goals;
mod removed;

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{
    AddConversation, AddCourse, AddGoal, AddGroup, AddResource, AddTask, ChangeAction, ChangeGoal, RemoveAction,
    RemoveGoal, RestoreAction, RestoreGoal, SetActionDone, load_plan,
};
use super::model::Plan;
use crate::assessments::pages::growth_tabs;
use crate::error::AppError;
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Icon, Page, PutBack};

lazy_page!(
    /// One's learning plan: goals, actions, dates; made to be printed as well.
    PLAN_PAGE in growth => plan_page
);

/// Everything that can be done to a plan.
#[derive(Clone, Copy)]
struct Changes {
    add_goal: ServerAction<AddGoal>,
    add_course: ServerAction<AddCourse>,
    add_resource: ServerAction<AddResource>,
    add_group: ServerAction<AddGroup>,
    add_task: ServerAction<AddTask>,
    add_conversation: ServerAction<AddConversation>,
    change_goal: ServerAction<ChangeGoal>,
    change_action: ServerAction<ChangeAction>,
    set_done: ServerAction<SetActionDone>,
    remove_goal: ServerAction<RemoveGoal>,
    remove_action: ServerAction<RemoveAction>,
    restore_goal: ServerAction<RestoreGoal>,
    restore_action: ServerAction<RestoreAction>,
}

impl Changes {
    fn new() -> Self {
        Self {
            add_goal: ServerAction::new(),
            add_course: ServerAction::new(),
            add_resource: ServerAction::new(),
            add_group: ServerAction::new(),
            add_task: ServerAction::new(),
            add_conversation: ServerAction::new(),
            change_goal: ServerAction::new(),
            change_action: ServerAction::new(),
            set_done: ServerAction::new(),
            remove_goal: ServerAction::new(),
            remove_action: ServerAction::new(),
            restore_goal: ServerAction::new(),
            restore_action: ServerAction::new(),
        }
    }

    /// Counts the changes that went well, one number for each way to change; a
    /// refused one leaves the page, and what was typed into it, as it is.
    fn versions(self) -> Vec<Memo<usize>> {
        vec![
            done(self.add_goal),
            done(self.add_course),
            done(self.add_resource),
            done(self.add_group),
            done(self.add_task),
            done(self.add_conversation),
            done(self.change_goal),
            done(self.change_action),
            done(self.set_done),
            done(self.remove_goal),
            done(self.remove_action),
            done(self.restore_goal),
            done(self.restore_action),
        ]
    }
}

/// The version of an action when it last went well.
pub(crate) fn done<S>(action: ServerAction<S>) -> Memo<usize>
where
    S: ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    let (version, value) = (action.version(), action.value());
    Memo::new(move |before: Option<&usize>| {
        let now = version.get();
        let refused = value.with(|value| matches!(value, Some(Err(_))));
        if refused { before.copied().unwrap_or(0) } else { now }
    })
}

fn plan_page() -> AnyView {
    let query = use_query_map();
    let changes = Changes::new();
    let versions = StoredValue::new(changes.versions());
    let plan = load(
        move || {
            let version: usize = versions.with_value(|all| all.iter().map(|one| one.get()).sum());
            let asked = query.with(|query| ["add", "find", "q"].map(|name| query.get(name).unwrap_or_default()));
            (asked, version)
        },
        |([add, find, q], _)| load_plan(add, find, q),
    );
    loaded(plan, move |plan| view! { <PlanView plan changes/> })
}

#[component]
fn PlanView(plan: Plan, changes: Changes) -> impl IntoView {
    let (goals, actions) = (plan.goals.len(), plan.actions.len());
    let done = plan.actions.iter().filter(|action| action.done.is_some()).count();
    let reached = plan.goals.iter().filter(|goal| goal.is_reached()).count();
    let lede = match (goals, actions) {
        (0, 0) => "What you want to be able to do, and how you will get there. Only you see this, and those you share it with.".to_owned(),
        _ => format!("{} Only you see this, and those you share it with.", so_far((reached, goals), (done, actions))),
    };
    let printed = format!("{}, {}", plan.owner, plan.today);
    let adding = plan.offer.adding.is_some();
    let add = view! { <add::Add offer=plan.offer changes/> }.into_any();
    let (above, beneath) = if adding { (Some(add), None) } else { (None, Some(add)) };
    view! {
        <Page title="My plan" lede=lede kicker=printed crumbs=vec![Crumb::new("/me", "My growth")]>
            {growth_tabs()}
            <PutBack removed=removed::taken_out(plan.removed, changes)/>
            {above}
            {(goals + actions == 0 && !adding).then(|| view! {
                <EmptyState title="Nothing planned yet" icon=Icon::Growth
                    action=view! { <a class="button quiet" href="/me/gaps">"See my gaps"</a> }.into_any()>
                    <p>"A plan holds goals, statements with the level you want, and actions: a course, a resource, a task at work, a conversation, a study group. Start from a gap, or add something below."</p>
                </EmptyState>
            })}
            <goals::Goals goals=plan.goals changes/>
            <actions::Actions actions=plan.actions changes/>
            {beneath}
        </Page>
    }
}

/// "1 of 2 goals reached, 0 of 3 actions done."; what there is none of is not counted.
fn so_far((reached, goals): (usize, usize), (done, actions): (usize, usize)) -> String {
    let goals = (goals > 0).then(|| format!("{reached} of {goals} goals reached"));
    let actions = (actions > 0).then(|| format!("{done} of {actions} actions done"));
    let counts: Vec<String> = goals.into_iter().chain(actions).collect();
    format!("{}.", counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_there_is_none_of_is_not_counted() {
        assert_eq!(so_far((1, 2), (0, 3)), "1 of 2 goals reached, 0 of 3 actions done.");
        assert_eq!(so_far((0, 1), (0, 0)), "0 of 1 goals reached.");
        assert_eq!(so_far((0, 0), (2, 2)), "2 of 2 actions done.");
    }
}
