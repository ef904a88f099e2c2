//! The `OpenAPI` 3.1 document, made from the table of routes.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use crate::policy::Need;
use crate::reply::response;
use crate::route::{Input, Kind, Method, Route, routes};
use crate::serve::API;

/// Answers a request for the document.
pub(crate) fn answer() -> Response<Body> {
    response(StatusCode::OK, "application/json", document().to_string())
}

/// The document.
pub fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in routes() {
        let method = if route.method == Method::Get { "get" } else { "post" };
        let path = paths.entry(route.path.to_owned()).or_insert_with(|| json!({}));
        path[method] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Portolan review",
            "version": "1",
            "description": "Every screen of the review as JSON. POST bodies are JSON objects or forms; `Idempotency-Key` (a UUID) \
                            names what is sent, the same once more is answered the same and does nothing.",
        },
        "servers": [{ "url": API }],
        "security": [{ "token": [] }, { "cookie": [] }],
        "components": {
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "session" },
            },
            "schemas": {
                "Problem": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": { "type": "string" },
                        "title": { "type": "string" },
                        "status": { "type": "integer" },
                        "detail": { "type": "string" },
                        "fields": { "type": "array", "items": { "type": "object" } },
                        "stands": {},
                    },
                },
            },
        },
        "paths": paths,
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let mut operation = json!({ "summary": route.says, "responses": responses(route) });
    if route.method == Method::Post {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string", "format": "uuid" },
        }));
        let required: Vec<&str> = route.inputs.iter().filter(|input| input.required).map(|input| input.name).collect();
        let properties: Map<String, Value> = route.inputs.iter().map(|input| (input.name.to_owned(), schema(input))).collect();
        let body = json!({ "type": "object", "required": required, "properties": properties });
        operation["requestBody"] = json!({
            "content": { "application/json": { "schema": body }, "application/x-www-form-urlencoded": { "schema": body } },
        });
    } else {
        parameters.extend(
            route
                .inputs
                .iter()
                .map(|input| json!({ "name": input.name, "in": "query", "required": input.required, "schema": schema(input) })),
        );
    }
    operation["parameters"] = parameters.into();
    if route.need == Need::Anyone {
        operation["security"] = json!([]);
    }
    operation
}

fn schema(input: &Input) -> Value {
    match input.kind {
        Kind::Text(most) => json!({ "type": "string", "maxLength": most }),
        Kind::Texts(most) => json!({ "type": "array", "items": { "type": "string", "maxLength": most } }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Number => json!({ "type": "integer" }),
    }
}

fn responses(route: &Route) -> Value {
    let problem = |what: &str| json!({ "description": what, "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } });
    let mut all =
        json!({ "200": { "description": "Done.", "content": { "application/json": { "schema": { "type": "object" } } } } });
    all["422"] = problem("What was sent is wrong; `fields` says what.");
    if route.need != Need::Anyone {
        all["401"] = problem("Nobody is signed in.");
        all["403"] = problem("It is for others.");
    }
    if route.path.contains('{') {
        all["404"] = problem("There is no such thing, or it is not told whether there is.");
    }
    if route.method == Method::Post {
        all["409"] = problem("It was changed in the meantime; `stands` is what stands now.");
        all["429"] = problem("Too many tries.");
    } else {
        all["409"] = problem("It cannot be told as things stand; `detail` says why.");
    }
    all
}
