#!/bin/sh
# Measures the goals: our work over the least work that could do it, in one run, with peak memory. Names of goals (G1,
# G3 …) choose some, `window` the times of the real window; sizes come from the environment, see
# benches/goals/main.rs. Takes its own, fully optimised build.
. "$(dirname "$0")/common.sh"

tools/setup.sh screen
[ "${1:-}" = window ] || cargo bench --locked --bench goals -- "$@"
case "${1:-window}" in window) ;; *) exit 0 ;; esac

say "The window as it is given to people, and an empty one"
bin="$target/release"
(cd ui && npm run --silent build)
cargo build --release --locked -p ulika-cli -p ulika-samples -p ulika-e2e -p ulika-desktop \
    --features ulika-desktop/custom-protocol --bins --example empty
say "A case of a million calls"
mkdir -p "$target/tmp/window"
work=$(mktemp -d "$target/tmp/window/XXXXXX")
trap 'rm -rf "$work"' EXIT
# Of ten rows eight state a call.
"$bin/ulika-samples" calls csv "${ULIKA_BENCH_WINDOW_ROWS:-1300000}" "$work/detail.csv" 7
export ULIKA_STATE_DIR="$work/state"
"$bin/ulika-cli" new "$work/case.ulika" --line +79071204518 >/dev/null
"$bin/ulika-cli" import "$work/case.ulika" "$work/detail.csv" --kind operator >/dev/null
say "The times of the window"
ULIKA_DESKTOP="$bin/ulika-desktop" on_screen "$bin/ulika-times" "$bin/examples/empty" "$work/case.ulika" \
    "${ULIKA_BENCH_RUNS:-5}"
