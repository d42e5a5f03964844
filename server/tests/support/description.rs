//! Bodies held against the official description of the service of CASE 1.1.

use std::path::PathBuf;

use serde_json::Value;

/// The description, where the shared test data are at hand.
pub struct Description(Value);

impl Description {
    /// The description, or nothing, said so on standard error.
    pub fn load(test: &str) -> Option<Self> {
        let bytes = std::fs::read(Self::file(test)?).unwrap();
        Some(Self(serde_json::from_slice(&bytes).unwrap()))
    }

    /// Its file, or nothing where there is no shared test data; that has to hold it.
    pub fn file(test: &str) -> Option<PathBuf> {
        let Some(folder) = std::env::var_os("CARREL_TEST_DATA").map(PathBuf::from) else {
            // In one write: tests run side by side, and the runner counts these lines.
            let line = format!("SKIPPED: {test}\n");
            eprint!("{line}");
            return None;
        };
        let file = folder.join("case/imscasev1p1_openapi3_v1p0.json");
        assert!(file.exists(), "CARREL_TEST_DATA is given and has no {}", file.display());
        Some(file)
    }

    /// What is wrong with an answer to `GET /{class}/{sourcedId}`.
    pub fn wrong(&self, class: &str, status: u16, body: &Value) -> Vec<String> {
        let path = match class {
            "CFDocuments" => "/CFDocuments".to_owned(),
            class => format!("/{class}/{{sourcedId}}"),
        };
        let responses = &self.0["paths"][&path]["get"]["responses"];
        let response = responses.get(status.to_string()).unwrap_or(&responses["default"]);
        let mut wrong = Vec::new();
        self.check(
            &response["content"]["application/json"]["schema"],
            body,
            class,
            &mut wrong,
        );
        wrong
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return self.check(&self.0["components"]["schemas"][name], value, at, wrong);
        }
        assert!(schema.is_object(), "{at}: no schema");
        if let Some(ways) = schema["anyOf"].as_array() {
            let fits = |way: &Value| {
                let mut wrong = Vec::new();
                self.check(way, value, at, &mut wrong);
                wrong.is_empty()
            };
            if !ways.iter().any(fits) {
                wrong.push(format!("{at}: {value}"));
            }
        }
        let listed = schema["enum"].as_array().is_none_or(|list| list.contains(value));
        if !(of_type(schema, value) && listed && patterned(schema, value) && formatted(schema, value)) {
            wrong.push(format!("{at}: {value}"));
        }
        for key in schema["required"].as_array().into_iter().flatten() {
            if value.get(key.as_str().unwrap()).is_none() {
                wrong.push(format!("{at}: no {key}"));
            }
        }
        for (key, inner) in value.as_object().into_iter().flatten() {
            match schema["properties"].get(key) {
                Some(known) => self.check(known, inner, &format!("{at}.{key}"), wrong),
                None if schema["additionalProperties"] == false => wrong.push(format!("{at}: {key}?")),
                None => {}
            }
        }
        if let (Some(list), Some(inner)) = (value.as_array(), schema.get("items")) {
            if schema["minItems"].as_u64() > Some(list.len() as u64) {
                wrong.push(format!("{at}: too short"));
            }
            for one in list {
                self.check(inner, one, &format!("{at}[]"), wrong);
            }
        }
    }
}

fn of_type(schema: &Value, value: &Value) -> bool {
    match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        Some("number") => value.is_number(),
        Some(other) => panic!("{other}?"),
        None => true,
    }
}

/// The two patterns that the description has.
fn patterned(schema: &Value, value: &Value) -> bool {
    let Some(pattern) = schema["pattern"].as_str() else {
        return true;
    };
    let text = value.as_str().unwrap_or_default();
    match pattern {
        "(ext:)[a-zA-Z0-9\\.\\-_]+" => text
            .strip_prefix("ext:")
            .is_some_and(|own| !own.is_empty() && own.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c))),
        _ => {
            assert!(pattern.starts_with("[0-9a-f]{8}-"), "{pattern}?");
            let shape = uuid::Uuid::parse_str(text).is_ok_and(|uuid| uuid.to_string() == text);
            shape && ('1'..='5').contains(&text.chars().nth(14).unwrap()) && "89ab".contains(&text[19..20])
        }
    }
}

fn formatted(schema: &Value, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match schema["format"].as_str() {
        Some("uri") => http::Uri::try_from(text).is_ok_and(|uri| uri.scheme().is_some()) || text.starts_with("urn:"),
        Some("date-time") => text.len() == 20 && text.ends_with('Z') && &text[10..11] == "T",
        Some("date") => text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'),
        _ => true,
    }
}
