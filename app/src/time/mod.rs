//! Times: UTC in storage and on the wire, shown in the viewer's zone.

mod days;
#[cfg(feature = "ssr")]
mod labels;
#[cfg(feature = "ssr")]
mod zones;

pub use days::{day_edge, day_label, is_zone, parse_day};
#[cfg(feature = "ssr")]
pub use labels::{
    ago, date, day, greeting, in_hours, iso, label, label_of, month, seconds_since, short_day, stamp, today,
    weekday_label,
};
#[cfg(feature = "ssr")]
pub use zones::zones;
