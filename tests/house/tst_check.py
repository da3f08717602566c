#!/usr/bin/env python3
"""Proves that check.py can fail: one small tree per rule, each of which must be reported."""
import pathlib
import subprocess
import sys
import tempfile

CHECK = pathlib.Path(__file__).with_name("check.py")
BREACHES = {
    "upward arrow": {"app/sms/a.h": '#pragma once\n#include "desk/b.h"\n', "app/desk/b.h": "#pragma once\n"},
    "ui knows telnyx": {"ui/inbox/a.cpp": '#include "telnyx/t.h"\n', "app/telnyx/t.h": "#pragma once\n"},
    "app knows ui": {"app/desk/a.cpp": '#include "inbox/t.h"\n', "ui/inbox/t.h": "#pragma once\n"},
    "cycle": {"app/sms/a.h": '#pragma once\n#include "sms/b.h"\n', "app/sms/b.h": '#pragma once\n#include "sms/a.h"\n'},
    "long file": {"app/sms/a.cpp": "\n" * 801},
    "no pragma once": {"app/sms/a.h": "int x;\n"},
    "nested loop": {"ui/shell/a.cpp": "QEventLoop loop;\n"},
    "string connect": {"ui/shell/a.cpp": "connect(a, SIGNAL(x()));\n"},
    "rich text": {"ui/shell/a.cpp": "label->setTextFormat(Qt::RichText);\n"},
}


def run(files):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return subprocess.run([sys.executable, str(CHECK), folder], capture_output=True, text=True)


def main():
    missed = [name for name, files in BREACHES.items() if run(files).returncode == 0]
    clean = run({"app/sms/a.h": '#pragma once\n#include "base/b.h"\n', "app/base/b.h": "#pragma once\n"})
    if clean.returncode != 0:
        missed.append(f"a clean tree was refused: {clean.stdout}")
    print(f"{len(BREACHES)} rules broken on purpose, {len(missed)} not reported: {missed}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
