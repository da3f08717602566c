"""Checks recorded HTTP requests against an OpenAPI 3.0 or 3.1 document.

A request is a dictionary with `method`, `target` (path and query, still percent-encoded, without the base
path), `content_type` and `body` (text). Every deviation is one sentence.
"""

import json
import re
import uuid
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema

_DATE_TIME = re.compile(r"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$")
_DEEP_NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]+\])+)$")


def _is_url(value):
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and " " not in value


def _is_uuid(value):
    return str(uuid.UUID(value)) == value.lower()


def _format_checker():
    checker = jsonschema.FormatChecker(formats=())
    text_only = lambda check: lambda value: not isinstance(value, str) or check(value)
    checker.checks("uuid", raises=ValueError)(text_only(_is_uuid))
    for name in ("url", "uri"):
        checker.checks(name, raises=ValueError)(text_only(_is_url))
    checker.checks("date-time")(text_only(lambda value: bool(_DATE_TIME.match(value))))
    return checker


def _without_nullable(node):
    """OpenAPI 3.0's `nullable` as JSON Schema says it."""
    if isinstance(node, list):
        return [_without_nullable(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    result = {name: _without_nullable(value) for name, value in node.items()}
    if result.pop("nullable", False) is True and isinstance(result.get("type"), str):
        result["type"] = [result["type"], "null"]
        if "enum" in result and None not in result["enum"]:
            result["enum"] = result["enum"] + [None]
    return result


class Contract:
    def __init__(self, document):
        self._document = _without_nullable(document)
        self._resolver = jsonschema.RefResolver("", self._document)
        self._formats = _format_checker()
        self._paths = [(self._pattern(path), path) for path in self._document["paths"]]
        # A path that names a segment goes before one that leaves it open.
        self._paths.sort(key=lambda entry: entry[1].count("{"))

    @staticmethod
    def _pattern(path):
        parts = re.split(r"(\{[^}]+\})", path)
        expression = "".join("([^/]+)" if part.startswith("{") else re.escape(part) for part in parts)
        return re.compile("^" + expression + "$")

    def _resolved(self, node):
        while isinstance(node, dict) and "$ref" in node:
            node = self._resolver.resolve(node["$ref"])[1]
        return node

    @staticmethod
    def _path_of(request):
        return request["target"].partition("?")[0].partition("#")[0]

    def has_path(self, request):
        """Whether the document speaks of such requests at all."""
        return any(pattern.match(self._path_of(request)) for pattern, _ in self._paths)

    def deviations(self, request):
        """Everything about the request that the document does not allow."""
        path, query = self._path_of(request), request["target"].partition("?")[2]
        candidates = [(name, match) for pattern, name in self._paths if (match := pattern.match(path))]
        if not candidates:
            return [f"the document has no path {path}"]
        method = request["method"].lower()
        for name, match in candidates:
            item = self._document["paths"][name]
            if method in item:
                return self._of_operation(item, item[method], name, match, query, request)
        return [f"the path {candidates[0][0]} has no method {request['method']}"]

    def _of_operation(self, item, operation, name, match, query, request):
        parameters = {}
        for entry in item.get("parameters", []) + operation.get("parameters", []):
            parameter = self._resolved(entry)
            parameters[(parameter["in"], parameter["name"])] = parameter
        found = []
        found += self._of_path(parameters, name, match)
        found += self._of_query({key[1]: value for key, value in parameters.items() if key[0] == "query"}, query)
        found += self._of_body(operation, request)
        return found

    def _of_path(self, parameters, name, match):
        found = []
        for parameter_name, raw in zip(re.findall(r"\{([^}]+)\}", name), match.groups()):
            parameter = parameters.get(("path", parameter_name))
            if parameter:
                found += self._of_text(parameter.get("schema", {}), unquote(raw), f"path {parameter_name}")
        return found

    def _of_query(self, parameters, query):
        found, given = [], {}
        for name, value in parse_qsl(query, keep_blank_values=True):
            given.setdefault(name, []).append(value)
        seen = set()
        for name, values in given.items():
            parameter, schema = self._query_schema(parameters, name)
            if parameter is None:
                found.append(f"query {name} is not in the document")
                continue
            seen.add(parameter["name"])
            if self._resolved(schema).get("type") == "array":
                item_schema = self._resolved(schema).get("items", {})
                for value in values:
                    found += self._of_text(item_schema, value, f"query {name}")
            elif len(values) > 1:
                found.append(f"query {name} is given {len(values)} times")
            else:
                found += self._of_text(schema, values[0], f"query {name}")
        for name, parameter in parameters.items():
            if parameter.get("required") and name not in seen:
                found.append(f"query {name} is missing")
        return found

    def _query_schema(self, parameters, name):
        for spelling in (name, name[:-2] if name.endswith("[]") else name):
            if spelling in parameters and parameters[spelling].get("style") != "deepObject":
                return parameters[spelling], parameters[spelling].get("schema", {})
        deep = _DEEP_NAME.match(name)
        if deep and deep.group(1) in parameters:
            parameter = parameters[deep.group(1)]
            schema = self._member_schema(parameter.get("schema", {}), re.findall(r"\[([^\[\]]+)\]", deep.group(2)))
            if parameter.get("style") == "deepObject" and schema is not None:
                return parameter, schema
        return None, None

    def _member_schema(self, schema, names):
        """Of the member at the end of these names; None: the document does not allow it."""
        for name in names:
            schema = self._resolved(schema)
            if name in schema.get("properties", {}):
                schema = schema["properties"][name]
            elif schema.get("additionalProperties"):
                schema = {}
            elif schema:
                return None
        return schema

    def _of_text(self, schema, text, where):
        """A text of a path or a query fits when one of the values it can stand for does."""
        readings = [text]
        if re.fullmatch(r"-?\d+", text):
            readings.append(int(text))
        elif re.fullmatch(r"-?\d+\.\d+", text):
            readings.append(float(text))
        elif text in ("true", "false"):
            readings.append(text == "true")
        problems = [self._schema_deviations(schema, reading, where) for reading in readings]
        return [] if any(not problem for problem in problems) else problems[-1]

    def _of_body(self, operation, request):
        body = request.get("body", "")
        expected = self._resolved(operation.get("requestBody"))
        if not expected:
            return ["a body is sent, and the operation has none"] if body else []
        if not body:
            return ["the body is missing"] if expected.get("required") else []
        media_type = request.get("content_type", "").partition(";")[0].strip().lower()
        if media_type not in expected["content"]:
            return [f"the content type {media_type or '(none)'} is not in the document"]
        if media_type != "application/json":
            return []
        try:
            value = json.loads(body)
        except ValueError as error:
            return [f"the body is not JSON: {error}"]
        schema = expected["content"][media_type].get("schema", {})
        return self._schema_deviations(schema, value, "body") + self._strangers(schema, value, "body")

    def _schema_deviations(self, schema, value, where):
        validator = jsonschema.Draft202012Validator(schema, resolver=self._resolver, format_checker=self._formats)
        found = []
        for error in validator.iter_errors(value):
            place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
            found.append(f"{where}{place}: {error.message[:300]}")
        return found

    def _strangers(self, schema, value, where):
        """Members that the document does not name. The API passes over them; here they are slips."""
        schema = self._resolved(schema)
        if isinstance(value, list):
            return [line for i, entry in enumerate(value)
                    for line in self._strangers(schema.get("items", {}), entry, f"{where}[{i}]")]
        if not isinstance(value, dict):
            return []
        members, is_open = self._members(schema)
        found = []
        for name, entry in value.items():
            if name in members:
                found += self._strangers(members[name], entry, f"{where}.{name}")
            elif members and not is_open:
                found.append(f"{where}.{name} is not in the document")
        return found

    def _members(self, schema):
        schema = self._resolved(schema)
        members = dict(schema.get("properties", {}))
        is_open = bool(schema.get("additionalProperties"))
        for part in schema.get("allOf", []) + schema.get("oneOf", []) + schema.get("anyOf", []):
            inner, inner_open = self._members(part)
            members.update(inner)
            is_open = is_open or inner_open
        return members, is_open
