#!/bin/sh
# Saves a picture of each screen of the window, made on the sample case, to out/pictures. Needs what `make demo` has
# built and made.
. "$(dirname "$0")/common.sh"
