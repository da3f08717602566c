#!/usr/bin/python3
"""The check of requests must be able to fail: each wrong request here has to be reported, each right one not."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import check_requests
from request_contract import Contract

ID = "0b52c2ae-6b1c-4b52-8a0b-64b1c1a7c001"

DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/parcels": {
            "get": {
                "parameters": [
                    {"$ref": "#/components/parameters/Page"},
                    {"$ref": "#/components/parameters/Found"},
                    {"name": "sort", "in": "query", "schema": {"enum": ["asc", "desc"]}},
                    {"name": "filter[tag]", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    {"name": "depot", "in": "query", "required": True, "schema": {"type": "string"}},
                ]
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Parcel"}}},
                }
            },
        },
        "/parcels/{id}": {
            "parameters": [{"name": "id", "in": "path", "schema": {"type": "string", "format": "uuid"}}],
            "get": {},
            "delete": {},
        },
        "/parcels/lost": {"get": {}},
    },
    "components": {
        "parameters": {
            "Page": {
                "name": "page",
                "in": "query",
                "style": "deepObject",
                "schema": {"type": "object", "properties": {"number": {"type": "integer", "minimum": 1}}},
            },
            "Found": {
                "name": "found",
                "in": "query",
                "style": "deepObject",
                "schema": {"type": "object", "properties": {
                    "at": {"type": "object", "properties": {"gte": {"type": "string", "format": "date-time"}}},
                    "tags": {"type": "object", "additionalProperties": True},
                }},
            },
        },
        "schemas": {
            "Parcel": {
                "type": "object",
                "required": ["to"],
                "properties": {
                    "to": {"type": "string"},
                    "note": {"type": ["string", "null"]},
                    "old_note": {"type": "string", "nullable": True},
                    "track": {"type": "string", "format": "url"},
                    "leave_at": {"type": "string", "format": "date-time"},
                    "grams": {"type": "integer", "maximum": 5000},
                    "stops": {"type": "array", "items": {"type": "object", "properties": {"city": {"type": "string"}}}},
                    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                },
            }
        },
    },
}


def request(method, target, body=None, content_type="application/json"):
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    return {"test": "self", "method": method, "target": target, "content_type": content_type if text else "", "body": text}


RIGHT = [
    request("GET", "/parcels?depot=north"),
    request("GET", "/parcels?depot=&page%5Bnumber%5D=2&sort=asc"),
    request("GET", "/parcels?depot=x&page[number]=2&filter[tag]=a&filter[tag][]=b"),
    request("GET", "/parcels?depot=x&found[at][gte]=2026-03-05T18:30:00Z&found[tags][colour]=red"),
    request("GET", f"/parcels/{ID}"),
    request("GET", "/parcels/lost"),
    request("DELETE", f"/parcels/{ID}"),
    request("POST", "/parcels", {"to": "Anna"}),
    request("POST", "/parcels", {"to": "", "note": None, "old_note": None, "grams": 5000}),
    request("POST", "/parcels", {"to": "A", "track": "https://a.example/x?y=1", "leave_at": "2026-03-05T18:30:00.000Z"}),
    request("POST", "/parcels", {"to": "A", "labels": {"any": "thing"}}, "application/json; charset=utf-8"),
]

WRONG = [
    ("no path", request("GET", "/packages")),
    ("no path", request("GET", f"/parcels/{ID}/history")),
    ("no method", request("PUT", f"/parcels/{ID}")),
    ("path id", request("GET", "/parcels/not-a-uuid")),
    ("path id", request("DELETE", "/parcels/lost")),
    ("query depot is missing", request("GET", "/parcels")),
    ("query page[number]", request("GET", "/parcels?depot=x&page[number]=0")),
    ("query page[number]", request("GET", "/parcels?depot=x&page[number]=two")),
    ("query page[size] is not", request("GET", "/parcels?depot=x&page[size]=2")),
    ("query found[at][gte]", request("GET", "/parcels?depot=x&found[at][gte]=yesterday")),
    ("query found[at][lte] is not", request("GET", "/parcels?depot=x&found[at][lte]=2026-03-05T18:30:00Z")),
    ("query sort", request("GET", "/parcels?depot=x&sort=up")),
    ("2 times", request("GET", "/parcels?depot=x&depot=y")),
    ("query colour is not", request("GET", "/parcels?depot=x&colour=red")),
    ("the body is missing", request("POST", "/parcels")),
    ("content type", request("POST", "/parcels", {"to": "A"}, "text/plain")),
    ("content type", request("POST", "/parcels", {"to": "A"}, "")),
    ("not JSON", request("POST", "/parcels", "{to:1}")),
    ("'to' is a required", request("POST", "/parcels", {})),
    ("body.to", request("POST", "/parcels", {"to": None})),
    ("body.to", request("POST", "/parcels", {"to": ["A"]})),
    ("body.grams", request("POST", "/parcels", {"to": "A", "grams": 5001})),
    ("body.grams", request("POST", "/parcels", {"to": "A", "grams": "12"})),
    ("body.track", request("POST", "/parcels", {"to": "A", "track": ""})),
    ("body.track", request("POST", "/parcels", {"to": "A", "track": "ftp://a.example"})),
    ("body.leave_at", request("POST", "/parcels", {"to": "A", "leave_at": "2026-03-05 18:30"})),
    ("body.from is not", request("POST", "/parcels", {"to": "A", "from": "B"})),
    ("body.stops[1].town is not", request("POST", "/parcels", {"to": "A", "stops": [{"city": "B"}, {"town": "C"}]})),
    ("body", request("POST", "/parcels", [])),
    ("the operation has none", request("GET", f"/parcels/{ID}", {"to": "A"})),
]


class Requests(unittest.TestCase):
    def setUp(self):
        self.contract = Contract(DOCUMENT)

    def test_right_ones_are_let_through(self):
        for one in RIGHT:
            with self.subTest(one["target"] + one["body"]):
                self.assertEqual(self.contract.deviations(one), [])

    def test_wrong_ones_are_reported(self):
        for words, one in WRONG:
            with self.subTest(one["method"] + one["target"] + one["body"]):
                found = self.contract.deviations(one)
                self.assertTrue(found)
                self.assertIn(words, " ".join(found))


class ExitCodes(unittest.TestCase):
    def run_check(self, requests, document=True, expected=False):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            if document:
                (folder / "document.json").write_text(json.dumps(DOCUMENT))
            if requests is not None:
                (folder / "1.jsonl").write_text("".join(json.dumps(one) + "\n" for one in requests))
            if expected:
                (folder / "expected").touch()
            with contextlib.redirect_stdout(io.StringIO()) as output:
                code = check_requests.main(["--document", str(folder / "document.json"), "--record", name])
            return code, output.getvalue()

    def test_all_right(self):
        self.assertEqual(self.run_check(RIGHT)[0], 0)

    def test_one_wrong_among_many(self):
        code, output = self.run_check(RIGHT + [WRONG[0][1]] + RIGHT)
        self.assertEqual(code, 1)
        self.assertIn("self: GET /packages", output)

    def test_none_recorded(self):
        self.assertEqual(self.run_check(None)[0], check_requests.SKIPPED)
        self.assertEqual(self.run_check([])[0], check_requests.SKIPPED)
        self.assertEqual(self.run_check([], expected=True)[0], 1)

    def test_no_document(self):
        self.assertEqual(self.run_check([WRONG[0][1]], document=False)[0], check_requests.SKIPPED)

    def test_damaged_record(self):
        with self.assertRaises(SystemExit):
            self.run_check([{"method": "GET"}])


if __name__ == "__main__":
    unittest.main()
