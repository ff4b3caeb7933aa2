"""JSON form: a fact of ours as JSON has it, and the JSON schema that follows from its fields."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}


class NoSchema(TypeError):
    """A field is of a kind that has no place in the document."""

    def __init__(self, hint: object) -> None:
        super().__init__(f"{hint!r} has no JSON schema: use str, int, float, bool, datetime, Literal, tuple or a part.")


def json_form(value: object) -> Any:
    """Takes a fact, or anything in one; returns what `json.dumps` writes. A number that is none becomes 0."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: json_form(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [json_form(one) for one in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return 0.0
    return value


def schema_of(kind: type, *, id_: str, title: str) -> dict[str, Any]:
    """Takes a dataclass; returns its JSON schema, every field required and described."""
    parts: dict[str, Any] = {}
    _define(kind, parts)
    whole = parts.pop(kind.__name__)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id_, "title": title}
    return {**head, **whole, "$defs": dict(sorted(parts.items()))}


def _define(kind: type, parts: dict[str, Any]) -> None:
    if kind.__name__ in parts:
        return
    parts[kind.__name__] = {}  # known from here on, should it contain itself
    hints = get_type_hints(kind, include_extras=True)
    parts[kind.__name__] = {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": {field.name: _schema(hints[field.name], parts) for field in fields(kind)},
        "required": [field.name for field in fields(kind)],
        # Readers must let pass what a later version adds.
        "additionalProperties": True,
    }


def _schema(hint: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return {**_schema(inner[0], parts), "description": str(inner[1])}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if origin in (Union, UnionType):
        return _nullable(inner, parts)
    if origin is tuple:
        return {"type": "array", "items": _schema(inner[0], parts)}
    if hint is datetime:
        return {"type": "string", "format": "date-time"}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if is_dataclass(hint) and isinstance(hint, type):
        _define(hint, parts)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise NoSchema(hint)


def _nullable(kinds: tuple[Any, ...], parts: dict[str, Any]) -> dict[str, Any]:
    some = [_schema(kind, parts) for kind in kinds if kind is not NoneType]
    if NoneType not in kinds or len(some) != 1:
        raise NoSchema(kinds)
    (schema,) = some
    if "$ref" in schema or "enum" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def listed(schema: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Takes a schema of an object; returns each field's name, kind and description, as a person reads them."""
    return [(name, _kind(part), str(part.get("description", ""))) for name, part in schema["properties"].items()]


def _kind(part: Mapping[str, Any]) -> str:
    if "anyOf" in part:
        return " or ".join(_kind(one) for one in part["anyOf"])
    if "$ref" in part:
        return str(part["$ref"]).rsplit("/", 1)[-1]
    if "enum" in part:
        return ", ".join(f"`{one}`" for one in part["enum"])
    if part["type"] == "array":
        return f"list of {_kind(part['items'])}"
    kinds = part["type"] if isinstance(part["type"], list) else [part["type"]]
    moment = part.get("format") == "date-time"
    return " or ".join("moment" if moment and kind == "string" else kind for kind in kinds)
