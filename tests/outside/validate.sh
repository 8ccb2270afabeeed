#!/usr/bin/env bash
# Checks a bundle with programs that the project did not write:
#   tests/outside/validate.sh BUNDLE.zip
# Needs unzip, bsdtar, sha256sum, sha512sum, qpdf, pdftotext, and a Python with tests/outside/requirements.txt
# (its path in $PYTHON). Says what it checks and ends with 0, or says what failed and ends with 1.
set -euo pipefail

bundle=$(readlink -f "${1:?usage: validate.sh BUNDLE.zip}")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }

say "unzip, bsdtar and Python's zipfile extract the same bytes"
mkdir "$work"/{unzip,bsdtar,python}
unzip -tqq "$bundle" || fail "unzip -t"
unzip -qq "$bundle" -d "$work/unzip"
(cd "$work/bsdtar" && LC_ALL=C.UTF-8 bsdtar -xf "$bundle")
"$python" -m zipfile -e "$bundle" "$work/python"
diff -r "$work/unzip" "$work/bsdtar" || fail "unzip and bsdtar differ"
diff -r "$work/unzip" "$work/python" || fail "unzip and zipfile differ"

bag=$(echo "$work"/unzip/*)
[ -d "$bag" ] || fail "one top folder"
[ "$(basename "$bag")" = "$(basename "$(echo "$work"/bsdtar/*)")" ] || fail "one top folder"
cd "$bag"

say "sha256sum and sha512sum"
for manifest in manifest tagmanifest; do
  sha256sum --quiet --strict -c "$manifest-sha256.txt" || fail "$manifest-sha256.txt"
  sha512sum --quiet --strict -c "$manifest-sha512.txt" || fail "$manifest-sha512.txt"
done

say "qpdf and pdftotext on report.pdf"
qpdf --check data/report.pdf > "$work/qpdf.txt" || { cat "$work/qpdf.txt"; fail "qpdf --check"; }
pdftotext -layout data/report.pdf "$work/report.txt"
code=$(sed -n 's/^Ulika-Code: //p' bag-info.txt)
pages=$(pdfinfo data/report.pdf | sed -n 's/^Pages: *//p')
[ "$(grep -c "Код пакета $code" "$work/report.txt")" -ge "$pages" ] || fail "the code on every page"
grep -q "страница $pages из $pages" "$work/report.txt" || fail "page x of y"
grep -q "Хронология" "$work/report.txt" || fail "Cyrillic text"

say "bagit.py, the profile, the tables, the code"
"$python" "$here/validate.py" "$bundle" "$bag" || fail "validate.py"
say "all passed: $bundle"
