//! JSON that says when a key is repeated: `serde_json` alone would drop the
//! first of the two without a word.

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The value, and the keys that stood more than once in one object (the last
/// one counts). Nesting is bounded by `serde_json` at 128.
pub(super) fn read(text: &str) -> Result<(Value, Vec<String>), String> {
    let mut repeated = Vec::new();
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Noticing(&mut repeated).deserialize(&mut reader);
    match read.and_then(|value| reader.end().map(|()| value)) {
        Ok(value) => Ok((value, repeated)),
        Err(error) => Err(format!(
            "The file starts like JSON but cannot be read at line {}, column {} ({error}).",
            error.line(),
            error.column()
        )),
    }
}

struct Noticing<'a>(&'a mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Noticing<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Noticing<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(Noticing(self.0))? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Noticing(self.0))?;
            if map.insert(key.clone(), value).is_some() && self.0.len() < 100 {
                self.0.push(key);
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_keys_are_named() {
        let read = read(r#"{"a":1,"b":[{"c":null,"c":-2.5}],"a":"x"}"#);
        let expected = serde_json::json!({"a": "x", "b": [{"c": -2.5}]});
        assert_eq!(read, Ok((expected, vec!["c".to_owned(), "a".to_owned()])));
    }

    #[test]
    fn hostile_json_is_an_answer_not_a_crash() {
        for text in [
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "[1e999]".into(),
            "{} x".into(),
            "{\"a\":\"\\ud800\"}".into(),
        ] {
            assert!(read(&text).is_err());
        }
        assert!(read("[123456789012345678901234567890]").is_ok());
    }
}
