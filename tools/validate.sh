#!/bin/sh
# Checks a bundle with programs that we did not write. Each that is not installed is named and skipped; each that is
# there must agree.
#
#   tools/validate.sh BUNDLE.zip
. "$(dirname "$0")/common.sh"

bundle="$1"
[ -f "$bundle" ] || fail "No bundle at $bundle"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv="$cache/venv/bin"

# have PROGRAM: whether it is there; says so if not.
have() {
    command -v "$1" >/dev/null && return 0
    printf '   skipped, not installed: %s\n' "$(basename "$1")"
    return 1
}

# agree WHAT COMMAND...: the command must succeed; its words are shown only when it does not.
agree() {
    what="$1"
    shift
    "$@" >"$work/words" 2>&1 || { cat "$work/words"; fail "$what does not agree"; }
    printf '   agrees: %s\n' "$what"
}

say "Checking $bundle with programs written by others"
agree "python3 zipfile" python3 -c '
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    assert z.testzip() is None
    names = z.namelist()
    assert len(names) == len(set(names)), "an entry stands twice"
    z.extractall(sys.argv[2])
' "$bundle" "$work/python"
if have unzip; then
    agree "unzip -t" unzip -tqq "$bundle"
    mkdir "$work/unzip"
    agree "unzip" env LC_ALL=C.UTF-8 unzip -q -d "$work/unzip" "$bundle"
    agree "unzip and python extract the same" diff -r "$work/python" "$work/unzip"
fi
if have bsdtar; then
    mkdir "$work/bsdtar"
    agree "bsdtar" env LC_ALL=C.UTF-8 bsdtar -x -C "$work/bsdtar" -f "$bundle"
    agree "bsdtar and python extract the same" diff -r "$work/python" "$work/bsdtar"
fi

bag=$(find "$work/python" -mindepth 1 -maxdepth 1 -type d)
[ -f "$bag/bagit.txt" ] || fail "the zip does not hold one folder with a bag"
for digest in sha256 sha512; do
    for list in manifest tagmanifest; do
        agree "${digest}sum -c $list-$digest.txt" env -C "$bag" "${digest}sum" --quiet --strict -c "$list-$digest.txt"
    done
done
if have "$venv/bagit.py"; then
    agree "bagit.py --validate" "$venv/bagit.py" --validate "$bag"
fi
profile=$(find "$bag/data/profile" -name '*.json' 2>/dev/null | head -n 1)
if [ -n "$profile" ] && "$venv/python" -c 'import bagit_profile' 2>/dev/null; then
    agree "bagit_profile" "$venv/python" -c '
import json, sys, bagit, bagit_profile
profile = json.load(open(sys.argv[1], encoding="utf-8"))
identifier = profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"]
check = bagit_profile.Profile(identifier, profile=profile)
ok = check.validate(bagit.Bag(sys.argv[2]))
if not ok:
    sys.exit(str(check.report))
' "$profile" "$bag"
fi
if [ -f "$bag/data/case/case.schema.json" ] && "$venv/python" -c 'import jsonschema' 2>/dev/null; then
    agree "jsonschema on case.json" "$venv/python" -c '
import json, sys, jsonschema
schema, case = (json.load(open(f"{sys.argv[1]}/data/case/{name}", encoding="utf-8")) for name in ("case.schema.json", "case.json"))
jsonschema.validators.validator_for(schema).check_schema(schema)
jsonschema.validate(case, schema)
' "$bag"
fi
if have "$venv/frictionless"; then
    for schema in "$bag"/data/tables/*.schema.json; do
        table=$(basename "$schema" .schema.json).csv
        agree "frictionless on $table" env -C "$bag/data/tables" "$venv/frictionless" validate "$table" --schema "$(basename "$schema")"
    done
fi
if [ -f "$bag/data/report.pdf" ]; then
    if have qpdf; then agree "qpdf --check" qpdf --check "$bag/data/report.pdf"; fi
    if have pdftotext; then
        agree "pdftotext finds Russian words" sh -c 'pdftotext "$1" - | grep -q "звон"' sh "$bag/data/report.pdf"
    fi
fi
