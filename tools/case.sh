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
say "Exhibits as phones and people name them: two are linked to the call proposed first, the rest wait in the tray"
"$cli" attach "$out/sample.ulika" sample-data/case/exhibits/*.png sample-data/case/exhibits/*.mp3 \
    sample-data/case/exhibits/*.m4a sample-data/case/exhibits/*.oga sample-data/case/exhibits/*.wav
for file in "Вызов@ВЕКТОРИЯ ИТ(0079447721544)_20250604184417.mp3" "Screenshot_20250423_111947_Call UI.png"; do
    call=$("$cli" --json attach "$out/sample.ulika" "sample-data/case/exhibits/$file" |
        sed -n 's/.*"call": *\([0-9]*\).*/\1/p' | head -n 1)
    "$cli" attach "$out/sample.ulika" "sample-data/case/exhibits/$file" --call "$call"
done
say "Which calls belong together, and why"
"$cli" groups "$out/sample.ulika"
say "The bundle"
"$cli" export "$out/sample.ulika" "$out/sample.zip"
"$cli" verify "$out/sample.zip"
