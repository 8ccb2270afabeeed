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
say "The programs"
cargo build $build --bins
# In one command, so that nothing is built twice: leaving a package out would change the features of the others.
say "Rust tests, and the journey in the real window on a virtual screen"
on_screen cargo test $build
say "A bundle, checked from outside"
check=$(mktemp -d)
trap 'rm -rf "$check"' EXIT
tools/case.sh "$check"
tools/validate.sh "$check/sample.zip"
say "All is well"
