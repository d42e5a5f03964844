//! The time zones that forms offer.

/// What the names of places begin with.
const CONTINENTS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// Names that the time zone database keeps only so that what was stored long ago is
/// still understood: those of places that `zone.tab` does not list (tzdata 2026f). Each
/// has another name in the list.
#[rustfmt::skip]
const FORMER: [&str; 71] = [
    "Africa/Asmera", "Africa/Timbuktu", "America/Argentina/ComodRivadavia", "America/Atka",
    "America/Buenos_Aires", "America/Catamarca", "America/Coral_Harbour", "America/Cordoba",
    "America/Ensenada", "America/Fort_Wayne", "America/Godthab", "America/Indianapolis",
    "America/Jujuy", "America/Knox_IN", "America/Louisville", "America/Mendoza",
    "America/Montreal", "America/Nipigon", "America/Pangnirtung", "America/Porto_Acre",
    "America/Rainy_River", "America/Rosario", "America/Santa_Isabel", "America/Shiprock",
    "America/Thunder_Bay", "America/Virgin", "America/Yellowknife", "Antarctica/South_Pole",
    "Asia/Ashkhabad", "Asia/Calcutta", "Asia/Choibalsan", "Asia/Chongqing",
    "Asia/Chungking", "Asia/Dacca", "Asia/Harbin", "Asia/Istanbul",
    "Asia/Kashgar", "Asia/Katmandu", "Asia/Macao", "Asia/Rangoon",
    "Asia/Saigon", "Asia/Tel_Aviv", "Asia/Thimbu", "Asia/Ujung_Pandang",
    "Asia/Ulan_Bator", "Atlantic/Faeroe", "Atlantic/Jan_Mayen", "Australia/ACT",
    "Australia/Canberra", "Australia/Currie", "Australia/LHI", "Australia/NSW",
    "Australia/North", "Australia/Queensland", "Australia/South", "Australia/Tasmania",
    "Australia/Victoria", "Australia/West", "Australia/Yancowinna", "Europe/Belfast",
    "Europe/Kiev", "Europe/Nicosia", "Europe/Tiraspol", "Europe/Uzhgorod",
    "Europe/Zaporozhye", "Pacific/Enderbury", "Pacific/Johnston", "Pacific/Ponape",
    "Pacific/Samoa", "Pacific/Truk", "Pacific/Yap",
];

/// The zones to choose from, with their words: the chosen one first, whatever it is
/// called, then places by continent as they are called today, and UTC.
pub fn zones(chosen: &str) -> Vec<(String, String)> {
    let place = |name: &str| {
        let continent = name.split_once('/').map(|(continent, _)| continent);
        continent.is_some_and(|continent| CONTINENTS.contains(&continent)) && !FORMER.contains(&name)
    };
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| place(name))
        .chain(["UTC".to_owned()])
        .filter(|name| name != chosen)
        .collect();
    names.sort();
    names.dedup();
    if !chosen.is_empty() {
        names.insert(0, chosen.to_owned());
    }
    names
        .into_iter()
        .map(|name| (name.clone(), name.replace('_', " ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;

    #[test]
    fn zones_are_known_and_the_chosen_one_stands_first() {
        let zones = zones("Europe/Madrid");
        assert!(
            zones.len() > 300 && zones.iter().all(|(name, _)| crate::time::is_zone(name)),
            "{}",
            zones.len()
        );
        assert_eq!(zones[0].0, "Europe/Madrid");
        assert_eq!(zones.iter().filter(|(name, _)| name == "Europe/Madrid").count(), 1);
        assert!(zones.contains(&("America/New_York".into(), "America/New York".into())));
        assert_eq!(super::zones("EST")[0].0, "EST");
    }

    #[test]
    fn no_place_is_called_as_it_was_unless_that_is_chosen() {
        let names: Vec<String> = zones("").into_iter().map(|(name, _)| name).collect();
        for (former, now) in [("Asia/Calcutta", "Asia/Kolkata"), ("Europe/Kiev", "Europe/Kyiv")] {
            assert!(!names.iter().any(|name| name == former) && names.iter().any(|name| name == now));
            assert_eq!(zones(former)[0].0, former);
        }
        // Places that share their rules with another keep their names.
        for place in ["Europe/Amsterdam", "Europe/Oslo", "Africa/Accra", "UTC"] {
            assert!(names.iter().any(|name| name == place), "{place}");
        }
    }

    #[test]
    fn former_names_are_names_of_the_database() {
        let database = TimeZoneDatabase::bundled();
        for name in FORMER {
            assert!(database.get(name).is_ok(), "{name}");
        }
        let mut sorted = FORMER.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted, FORMER);
    }
}
