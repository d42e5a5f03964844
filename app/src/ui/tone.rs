/// What a mark says by its colour. The words beside it must say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Had, reached, saved, in force: the green.
    Accent,
    /// New, due, wanted: the brass.
    Highlight,
    /// Lost, failed, irreversible: the brick.
    Danger,
}

impl Tone {
    /// The class of this variant of a component, such as `chip chip-accent`.
    pub(super) fn class(self, component: &str) -> String {
        match self {
            Tone::Plain => component.to_string(),
            Tone::Accent => format!("{component} {component}-accent"),
            Tone::Highlight => format!("{component} {component}-highlight"),
            Tone::Danger => format!("{component} {component}-danger"),
        }
    }
}
