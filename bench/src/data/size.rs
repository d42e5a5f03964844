//! How much of everything.

/// The counts of a data set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub name: &'static str,
    pub people: usize,
    pub organisations: usize,
    pub sets: usize,
    /// In each set; a multiple of [`Size::PER_SECTION`].
    pub statements: usize,
    /// Statements of the one large set; a multiple of [`Size::PER_SECTION`].
    pub large_set: usize,
    pub courses: usize,
    pub resources: usize,
    pub groups: usize,
    pub threads: usize,
    pub posts: usize,
    /// For each person.
    pub ratings: usize,
    pub plans: usize,
    /// MB that the server may take after the run.
    pub memory: f64,
}

impl Size {
    pub const LESSONS: usize = 12;
    /// Statements in a competency, and in a section of ten competencies.
    pub const PER_COMPETENCY: usize = 5;
    pub const PER_SECTION: usize = 50;
    /// Nodes of the set that is imported.
    pub const LARGE_IMPORT: usize = 5_000;
    /// Posts in the threads that are measured.
    pub const LONG_THREAD: usize = 50;
    /// Connections of the load, and people who sign in for it.
    pub const CONNECTIONS: usize = 8;

    pub const S: Self = Self {
        name: "S",
        people: 100,
        organisations: 4,
        sets: 1,
        statements: 150,
        large_set: 1_100,
        courses: 8,
        resources: 20,
        groups: 8,
        threads: 400,
        posts: 4_000,
        ratings: 150,
        plans: 30,
        memory: 250.0,
    };

    pub const M: Self = Self {
        name: "M",
        people: 1_000,
        organisations: 12,
        sets: 3,
        statements: 500,
        large_set: 1_100,
        courses: 60,
        resources: 200,
        groups: 80,
        threads: 4_000,
        posts: 40_000,
        ratings: 150,
        plans: 300,
        memory: 400.0,
    };

    pub fn parse(name: &str) -> Result<Self, String> {
        [Self::S, Self::M]
            .into_iter()
            .find(|size| size.name.eq_ignore_ascii_case(name))
            .ok_or("give S or M".into())
    }
}
