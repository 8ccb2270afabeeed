#!/bin/sh
# Saves a picture of every screen and dialog of the window, on the sample case, to out/pictures: in both languages, light
# and dark. Works on a virtual screen, so that the pictures are the same everywhere.
#
#   tools/pictures.sh                  builds what is needed, then all four looks
#   tools/pictures.sh built [LOOK...]  with what is built; a look is ru-light, ru-dark, en-light or en-dark
. "$(dirname "$0")/common.sh"

if [ "${1:-}" = built ]; then
    shift
else
    tools/setup.sh screen
    (cd ui && npm run --silent build)
    cargo build $build --bins
fi
[ -f out/sample.ulika ] || tools/case.sh out
say "A picture of every screen and dialog"
rm -rf out/pictures
on_screen "$bin/ulika-pictures" out/sample.ulika out/pictures "$@"
printf '   %s\n' "$PWD"/out/pictures/*
