//! Identifiers from Moodle's id numbers, and back.

use uuid::Uuid;

use super::text::some;

/// Under which identifiers are derived from Moodle's id numbers. Fixed for
/// ever: a re-import must find the same nodes.
const NAMESPACE: Uuid = Uuid::from_u128(0x5a0c_7f4e_9b1d_4e63_8c2a_71d6_30f5_b8e4);

/// What an id number says about a node.
pub(super) struct Identity {
    pub identifier: Uuid,
    pub code: Option<String>,
    pub external_id: Option<String>,
}

/// An id number of Moodle's own gives a derived identifier and is the node's
/// code; one that Carrel wrote ends in the node's identifier, after its code.
pub(super) fn identity(framework: &str, id: &str) -> Identity {
    let (code, last) = id.rsplit_once(' ').unwrap_or(("", id));
    if let Ok(identifier) = Uuid::try_parse(last) {
        return Identity {
            identifier,
            code: some(code.to_owned()),
            external_id: None,
        };
    }
    let name = format!("{framework}\u{1f}{id}");
    Identity {
        identifier: Uuid::new_v5(&NAMESPACE, name.as_bytes()),
        code: Some(id.to_owned()),
        external_id: Some(id.to_owned()),
    }
}

/// The identifier of a framework, likewise.
pub(super) fn framework_identity(id: &str) -> Uuid {
    Uuid::try_parse(id).unwrap_or_else(|_| Uuid::new_v5(&NAMESPACE, id.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_the_same_for_ever() {
        let own = identity("OECD-CORE", "DR-AF-1");
        assert_eq!(own.identifier.to_string(), "7434d274-a223-5535-932c-12be20c11410");
        assert_eq!(own.code.as_deref(), Some("DR-AF-1"));
        assert_ne!(own.identifier, identity("OTHER", "DR-AF-1").identifier);
        assert_ne!(framework_identity("a"), identity("", "a").identifier);
    }

    #[test]
    fn an_id_number_that_carrel_wrote_holds_the_identifier() {
        let identifier = Uuid::from_u128(5);
        let own = identity("F", &format!("LM.1 a {identifier}"));
        assert_eq!((own.identifier, own.code.as_deref()), (identifier, Some("LM.1 a")));
        assert_eq!(own.external_id, None);
        assert_eq!(identity("F", &identifier.to_string()).code, None);
        assert_eq!(framework_identity(&identifier.to_string()), identifier);
    }
}
