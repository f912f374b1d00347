//! The part of OpenAPI 3.0 and 3.1 that is understood, as tables of keys. Any other key is told.

pub(super) use super::keys::Known;

pub(super) const DOCUMENT: Known = Known {
    what: "a document",
    read: &["openapi", "paths", "components", "security", "servers"],
    plain: &["info", "tags", "externalDocs", "jsonSchemaDialect", "$self"],
};

pub(super) const COMPONENTS: Known = Known {
    what: "components",
    read: &["schemas", "parameters", "responses", "requestBodies", "securitySchemes", "pathItems"],
    // They matter only where something refers to them, and that is told there.
    plain: &["examples", "headers", "links", "callbacks", "mediaTypes"],
};

pub(super) const PATH: Known = Known {
    what: "a path",
    read: &["$ref", "parameters", "servers", "get", "post", "put", "patch", "delete"],
    plain: &["summary", "description"],
};

pub(super) const OPERATION: Known = Known {
    what: "an operation",
    read: &["operationId", "summary", "deprecated", "parameters", "requestBody", "responses", "security", "servers"],
    plain: &["tags", "description", "externalDocs"],
};

pub(super) const PARAMETER: Known = Known {
    what: "a parameter",
    read: &["$ref", "name", "in", "required", "schema", "content", "description", "style", "explode"],
    plain: &["example", "examples"],
};

pub(super) const RESPONSE: Known =
    Known { what: "a response", read: &["$ref", "content"], plain: &["summary", "description"] };

pub(super) const REQUEST_BODY: Known =
    Known { what: "a request body", read: &["$ref", "required", "content"], plain: &["description"] };

pub(super) const MEDIA: Known = Known { what: "a media type", read: &["schema"], plain: &["example", "examples"] };

pub(super) const SERVER: Known =
    Known { what: "a server", read: &["url", "variables"], plain: &["name", "description"] };

pub(super) const SCHEMA: Known = Known {
    what: "a schema",
    read: &[
        "$ref",
        "type",
        "nullable",
        "format",
        "enum",
        "const",
        "default",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "readOnly",
        "pattern",
    ],
    plain: &[
        "title",
        "description",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$comment",
        "$schema",
        "$defs",
        "definitions",
    ],
};

/// The versions that are understood.
pub(super) const VERSIONS: [&str; 2] = ["3.0", "3.1"];
