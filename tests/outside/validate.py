"""The part of validate.sh that needs Python: validate.py BUNDLE.zip FOLDER, where FOLDER is the unpacked bag."""

import csv
import hashlib
import json
import sys
from pathlib import Path

import bagit
import bagit_profile
import frictionless
import jsonschema

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_of(manifest: str) -> str:
    printed = ("data/report.html", "data/report.pdf", "data/ЧИТАЙ-МЕНЯ.txt")
    lines = [
        line
        for line in manifest.splitlines()
        if not (path := line.split("  ", 1)[1]).startswith("data/letters/") and path not in printed
    ]
    digest = hashlib.sha512("".join(f"{line}\n" for line in sorted(lines, key=str.encode)).encode()).digest()
    bits = int.from_bytes(digest[:10], "big")
    letters = "".join(ALPHABET[bits >> (75 - 5 * i) & 31] for i in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def main(bundle: str, folder: str) -> None:
    root = Path(folder)
    bag = bagit.Bag(folder)
    bag.validate()

    profile = json.loads((root / "data/profile/ulika-bagit-profile-1.json").read_text("utf-8"))
    identifier = profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"]
    assert bag.info["BagIt-Profile-Identifier"] == identifier
    checker = bagit_profile.Profile(identifier, profile=profile)
    assert checker.validate(bag), checker.report
    assert checker.validate_serialization(bundle), checker.report

    tables = root / "data/tables"
    for table in sorted(tables.glob("*.csv")):
        schema = frictionless.Schema.from_descriptor(json.loads(table.with_name(f"{table.stem}.schema.json").read_text("utf-8")))
        report = frictionless.Resource(path=table.name, basepath=str(tables), schema=schema).validate()
        assert report.valid, (table.name, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5])

    with (tables / "calls.csv").open(encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file))[1:]:
            assert hashlib.sha256("\x1f".join(row[:-1]).encode()).hexdigest() == row[-1], row

    case = json.loads((root / "data/case/case.json").read_text("utf-8"))
    jsonschema.validate(case, json.loads((root / "data/case/case.schema.json").read_text("utf-8")))

    code = code_of((root / "manifest-sha512.txt").read_text("utf-8"))
    assert code == bag.info["Ulika-Code"], code
    assert code[:4] == root.name[-4:]
    assert code in (root / "data/ЧИТАЙ-МЕНЯ.txt").read_text("utf-8-sig")
    assert code in (root / "data/report.html").read_text("utf-8")


main(*sys.argv[1:])
