#!/bin/sh
# Fuzzes the readers of files: a target for each kind of container and one for descriptions of layouts, each for a
# while. What must hold stands in fuzz/src; what is found lies in fuzz/artifacts.
#
#   tools/fuzz.sh                     every target, 60 s each
#   tools/fuzz.sh 600 csv sqlite      those named, so many seconds each
. "$(dirname "$0")/common.sh"

seconds="${1:-60}"
[ $# -eq 0 ] || shift
fuzzer="$cache/cargo-fuzz"
[ -x "$fuzzer/bin/cargo-fuzz" ] || cargo install --locked --root "$fuzzer" cargo-fuzz
PATH="$fuzzer/bin:$PATH"
seeds="$target/fuzz/seeds"
cargo run --locked -p ulika-fuzz --bin ulika-fuzz-seeds -- "$seeds"
[ $# -gt 0 ] || set -- $(ls "$seeds")
for name in "$@"; do
    say "$name, $seconds s"
    mkdir -p "$target/fuzz/corpus/$name"
    # The sanitizers need an unstable compiler, and the project has no unsafe code of its own for them to watch.
    cargo fuzz run --sanitizer none --features libfuzzer --target-dir "$target/fuzz" "$name" \
        "$target/fuzz/corpus/$name" "$seeds/$name" -- -max_total_time="$seconds" -timeout=30 -rss_limit_mb=3000 \
        -max_len=100000
done
