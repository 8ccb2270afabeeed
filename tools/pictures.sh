#!/bin/sh
# Saves a picture of each screen of the window, on the sample case, to out/pictures: both languages, light and dark.
# Works on a virtual screen, so that the pictures are the same everywhere.
. "$(dirname "$0")/common.sh"

[ "${1:-}" = built ] || {
    tools/setup.sh screen
    (cd ui && npm run --silent build)
    cargo build $build --bins
}
[ -f out/sample.ulika ] || tools/case.sh out
say "A picture of each screen"
on_screen "$bin/ulika-pictures" out/sample.ulika out/pictures
printf '   %s\n' "$PWD"/out/pictures/*.png
