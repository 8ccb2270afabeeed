#!/bin/sh
# Opens the window, built first where it has to be.
. "$(dirname "$0")/common.sh"

[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || fail "There is no screen here. make demo shows the window on a virtual one."
tools/setup.sh
say "The window's face"
(cd ui && npm run --silent build)
say "The program (the first time takes some minutes)"
cargo build $build --bins
"$bin/ulika-desktop"
