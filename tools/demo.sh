#!/bin/sh
# Shows what Ulika does: makes the sample case and its bundle, says where they lie, and opens the window on the case.
# Without a screen it does the same on a virtual one and saves a picture of each screen and dialog to out/pictures.
. "$(dirname "$0")/common.sh"

tools/setup.sh
say "The window's face"
(cd ui && npm run --silent build)
say "The program (the first time takes some minutes)"
cargo build $build --bins

tools/case.sh out
say "The case: $PWD/out/sample.ulika"
printf '   The bundle: %s\n' "$PWD/out/sample.zip"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    say "The window. Close it to end"
    "$bin/ulika-desktop" out/sample.ulika
else
    say "No screen here: the window opens on a virtual one"
    tools/pictures.sh built ru-light en-dark
fi
