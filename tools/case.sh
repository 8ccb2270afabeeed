#!/bin/sh
# Makes the sample case and its bundle with ulika-cli, as a person would: new, import, attach, groups, export, verify.
#
#   tools/case.sh FOLDER    writes FOLDER/sample.ulika and FOLDER/sample.zip
. "$(dirname "$0")/common.sh"

out="$1"
cli="$bin/ulika-cli"
mkdir -p "$out"
rm -f "$out/sample.ulika" "$out/sample.zip"

say "A new case"
"$cli" new "$out/sample.ulika" --title "Пример: навязчивая реклама" --line +79071204518,zone=Europe/Moscow
say "Four witnesses: two operators' details, a cabinet's table, the phone's log"
"$cli" import "$out/sample.ulika" sample-data/case/mts.xml sample-data/case/beeline.xlsx sample-data/case/table.csv \
    sample-data/case/phone.xml
say "Screenshots"
"$cli" attach "$out/sample.ulika" sample-data/case/shots/*.png --kind screenshot
say "Which calls belong together, and why"
"$cli" groups "$out/sample.ulika"
say "The bundle"
"$cli" export "$out/sample.ulika" "$out/sample.zip"
"$cli" verify "$out/sample.zip"
