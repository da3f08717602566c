#!/usr/bin/python3
"""Checks every request that the tests recorded against the OpenAPI documents of the API.

Exit codes: 0 all fit; 1 some do not, or none was recorded although tests that send requests ran; 77 there is
nothing to check (the documents are not here, or no such test ran).
"""

import argparse
import json
import pathlib
import sys

SKIPPED = 77


def recorded(folder):
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                request = json.loads(line)
                request["method"], request["target"]
            except (ValueError, KeyError, TypeError) as error:
                sys.exit(f"{path}:{number} is not a record: {error}")
            yield request


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--document", type=pathlib.Path, required=True, action="append",
                        help="may be given more than once: the first that has a request's path judges it")
    parser.add_argument("--record", type=pathlib.Path, required=True)
    options = parser.parse_args(arguments)
    if not all(document.is_file() for document in options.document):
        print("skipped: the OpenAPI documents are not here")
        return SKIPPED
    from request_contract import Contract
    contracts = [Contract(json.loads(document.read_text(encoding="utf-8"))) for document in options.document]
    count, wrong, known = 0, 0, {}
    for request in recorded(options.record):
        count += 1
        key = (request["method"], request["target"], request.get("content_type", ""), request.get("body", ""))
        if key not in known:
            judge = next((contract for contract in contracts if contract.has_path(request)), contracts[0])
            known[key] = judge.deviations(request)
        if known[key]:
            wrong += 1
            print(f"{request.get('test', '?')}: {request['method']} {request['target']}")
            for line in known[key]:
                print(f"    {line}")
    print(f"{count} requests, {len(known)} different ones, {wrong} that the documents do not allow")
    if count == 0:
        if (options.record / "expected").exists():
            print("Tests that send requests ran, and none was recorded.")
            return 1
        print("skipped: no test that sends requests ran")
        return SKIPPED
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
