#!/usr/bin/env python3
"""House rules that no compiler checks: which room may include which, no circular includes, bounded files,
and constructs the project does without. Prints every breach; exit code 1 when there is one."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()

# Which rooms a room may include, besides itself (see CONTRIBUTING.md). Arrows go down only.
BELOW = {
    "base": set(),
    "sms": {"base"},
    "phone": {"base"},
    "contacts": {"base", "phone"},
    "spelling": {"base"},
    "rules": {"base", "sms", "phone"},
    "events": {"base"},
    "protocol": {"base", "events"},
    "telnyx": {"base", "events", "sms", "phone"},
    "httpd": {"base"},
    "store": {"base", "events", "sms", "phone", "contacts", "rules", "protocol"},
    "desk": {"base", "telnyx", "store", "protocol", "rules", "events", "phone", "contacts", "sms"},
    "relay": {"base", "httpd", "protocol", "events"},
    "sandbox": {"base", "httpd", "events", "sms"},
    "check": {"base", "sms", "rules", "phone"},
}
UI_MAY = {"base", "desk", "sms", "rules", "phone", "contacts", "spelling"}
UI_ROOMS = {"style", "composer", "inbox", "settings", "shell"}
# What cannot be said otherwise, by file and rule.
EXCEPT = {
    # QDBusConnection::connect() has no other form.
    ("ui/notify/desktop_notices.cpp", "string connect"),
}
FORBIDDEN = [
    (re.compile(r"\bQEventLoop\b|\bprocessEvents\s*\("), "nested event loop"),
    (re.compile(r"\b(SIGNAL|SLOT)\s*\("), "string connect"),
    (re.compile(r"\bco_(await|return|yield)\b"), "coroutine (g++ 12 miscompiles them)"),
    (re.compile(r"\b(TODO|FIXME|XXX)\b"), "unfinished work"),
    (re.compile(r"Qt::(RichText|AutoText|MarkdownText)\b|\bsetHtml\s*\(|\bappendHtml\s*\("), "rich text from foreign text"),
    (re.compile(r"\bignoreSslErrors\b"), "TLS errors ignored"),
]
MAXIMUM_LINES = 800
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".h", ".cpp"}:
                yield path


def room_of(path):
    parts = path.relative_to(ROOT).parts
    return parts[0], parts[1] if len(parts) > 2 else ""


def resolve(include):
    for base in ("app", "ui"):
        if (ROOT / base / include).exists():
            return ROOT / base / include
    return None


def check_arrows(problems):
    for path in sources("app", "ui"):
        top, room = room_of(path)
        for include in INCLUDE.findall(path.read_text()):
            target = resolve(include)
            if target is None:
                continue
            target_top, target_room = room_of(target)
            if top == "app" and target_top == "ui":
                problems.append(f"{path}: app/ includes ui/ ({include})")
            elif top == "app" and target_room != room and target_room not in BELOW.get(room, set()):
                problems.append(f"{path}: {room} must not know {target_room} ({include})")
            elif top == "ui" and target_top == "app" and target_room not in UI_MAY:
                problems.append(f"{path}: ui/ must not know {target_room} ({include})")


def check_cycles(problems):
    graph = {}
    for path in sources("app", "ui"):
        graph[path] = [t for t in map(resolve, INCLUDE.findall(path.read_text())) if t and t != path]
    state = {}

    def visit(node, trail):
        state[node] = 1
        for target in graph.get(node, []):
            if state.get(target) == 1:
                names = " -> ".join(str(p.relative_to(ROOT)) for p in trail + [node, target])
                problems.append(f"circular include: {names}")
            elif target not in state:
                visit(target, trail + [node])
        state[node] = 2

    for node in graph:
        if node not in state:
            visit(node, [])


def check_text(problems):
    for path in sources("app", "ui", "tests"):
        text = path.read_text()
        lines = text.count("\n")
        if lines > MAXIMUM_LINES:
            problems.append(f"{path}: {lines} lines, more than {MAXIMUM_LINES}")
        if room_of(path)[0] == "tests":
            continue
        if path.suffix == ".h" and "#pragma once" not in text:
            problems.append(f"{path}: no #pragma once")
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, what in FORBIDDEN:
                known = (path.relative_to(ROOT).as_posix(), what) in EXCEPT
                if pattern.search(line) and not known:
                    problems.append(f"{path}:{number}: {what}")


def main():
    problems = []
    check_arrows(problems)
    check_cycles(problems)
    check_text(problems)
    for problem in problems:
        print(problem.replace(str(ROOT) + "/", ""))
    print(f"{sum(1 for _ in sources('app', 'ui', 'tests'))} files looked at, {len(problems)} breaches")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
