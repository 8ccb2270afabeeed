#!/bin/sh
# Makes a fresh Debian 12 or Ubuntu 24.04 with git, make, Rust and Node 20 ready to build, run and test. Does nothing
# that is done already.
#
#   tools/setup.sh           what is needed to build, and to show where there is no screen
#   tools/setup.sh screen    and a virtual screen in any case
#   tools/setup.sh test      and what the tests need
. "$(dirname "$0")/common.sh"

build_packages="libwebkit2gtk-4.1-dev libxdo-dev libssl-dev libayatana-appindicator3-dev librsvg2-dev build-essential
pkg-config file patchelf"
# A virtual screen, a driver for the window, fonts with Cyrillic: for the end-to-end test and for a demo on a machine
# without a screen.
screen_packages="xvfb xauth webkit2gtk-driver dbus dbus-x11 at-spi2-core fonts-dejavu-core fonts-noto-core"
# Programs of others that check a bundle; keys and sizes of a real screen, for the end-to-end test.
check_packages="unzip qpdf poppler-utils libarchive-tools python3-venv xdotool x11-xkb-utils x11-utils"

packages="$build_packages"
case "${1:-}" in
test) packages="$packages $screen_packages $check_packages" ;;
screen) packages="$packages $screen_packages" ;;
*) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || packages="$packages $screen_packages" ;;
esac

command -v cargo >/dev/null || fail "Rust is not installed. Install rustup, then run this again: the version is pinned in rust-toolchain.toml."
command -v npm >/dev/null || fail "Node is not installed. Install Node 20 or newer, then run this again."
node_major=$(node -p 'process.versions.node.split(".")[0]')
[ "$node_major" -ge 20 ] || fail "Node $node_major is too old: 20 or newer is needed."

missing=
for package in $(printf '%s\n' $packages | sort -u); do
    state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    [ "$state" = 'ii ' ] || missing="$missing $package"
done
if [ -z "$missing" ]; then
    say "System packages: all are there"
elif ! command -v apt-get >/dev/null; then
    fail "This system has no apt. Install what matches these packages of Debian, then run this again:$missing"
else
    say "System packages: installing$missing"
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    # A list of packages that is a little old is no reason to stop: the installation says so itself.
    $sudo apt-get update -q || true
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing
fi

if [ ui/package-lock.json -nt ui/node_modules/.package-lock.json ] || [ ! -d ui/node_modules ]; then
    say "Packages of the window's face: npm ci"
    (cd ui && npm ci --ignore-scripts --no-audit --no-fund)
    touch ui/node_modules/.package-lock.json
else
    say "Packages of the window's face: all are there"
fi

[ "${1:-}" = test ] || exit 0

# The validators are not ours and not needed to build: without a network the tests say that they are skipped.
if [ -x "$cache/venv/bin/bagit.py" ] && [ -x "$cache/venv/bin/frictionless" ] &&
    "$cache/venv/bin/python" -c "import openpyxl" 2>/dev/null; then
    say "Validators written by others: all are there"
else
    say "Validators written by others: into $cache/venv"
    mkdir -p "$cache"
    if ! { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install -q --disable-pip-version-check \
        'setuptools<81' 'bagit==1.9.0' 'bagit-profile==1.3.1' 'jsonschema==4.26.0' 'frictionless>=5,<6' 'openpyxl==3.1.5'; }; then
        say "Some validators could not be installed; what is there will be used"
    fi
fi
