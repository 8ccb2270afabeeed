# Shared by the scripts beside it: where things are, what is being done and how long it took. Sourced, not run.
set -eu
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
bin="$target/debug"
# One selection of packages and features for everything, so that nothing is built twice. The feature e2e lets the
# test driver answer file dialogs, and only where the environment names a folder; a release build has no such door.
build="--locked --workspace --features ulika-desktop/e2e,ulika-desktop/custom-protocol"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/ulika"
export CARGO_TERM_PROGRESS_WHEN=never

begun=$(date +%s)

# say TEXT: what comes now, with the seconds since the script began.
say() {
    printf '\n── %s  [%s s]\n' "$*" "$(($(date +%s) - begun))"
}

# fail TEXT: says why and stops.
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# on_screen COMMAND...: runs it on a virtual screen with a session bus of its own.
on_screen() {
    env -u WAYLAND_DISPLAY GDK_BACKEND=x11 WEBKIT_DISABLE_DMABUF_RENDERER=1 \
        xvfb-run -a -s '-screen 0 1280x900x24' dbus-run-session -- "$@"
}
