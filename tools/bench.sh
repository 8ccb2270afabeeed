#!/bin/sh
# Measures the goals: our work over the least work that could do it, in one run, with peak memory. Names of goals (G1,
# G3 …) choose some; sizes come from the environment, see benches/goals/main.rs. Takes its own, fully optimised build.
. "$(dirname "$0")/common.sh"

tools/setup.sh
exec cargo bench --locked --bench goals -- "$@"
