#!/bin/sh
# Everything that CI runs. Stops at the first thing that is wrong.
. "$(dirname "$0")/common.sh"

tools/setup.sh test
say "Formatting"
cargo fmt --all --check
say "The face: build, types, unit tests"
(cd ui && npm run --silent build && npm run --silent check && npm test --silent)
say "Clippy, warnings denied"
cargo clippy $build --all-targets -- -D warnings
say "Rust tests"
cargo test $build --exclude ulika-e2e
say "Programs for what follows"
cargo build $build --bins
say "The journey in the real window"
on_screen cargo test $build -p ulika-e2e
say "A bundle, checked from outside"
check=$(mktemp -d)
trap 'rm -rf "$check"' EXIT
tools/case.sh "$check"
tools/validate.sh "$check/sample.zip"
say "All is well"
