#!/bin/sh
# Set up what the parity tests need: the Python packages in .venv, and with the system's package
# manager GNU Octave, the reference BLAS and git where they are missing and root or `sudo -n` may
# install. It asks nothing, and leaves alone what is there. Without Octave the recordings serve.
#
# DLTPARITY_NO_SYSTEM_PACKAGES=1 keeps it from installing system packages; DLTPARITY_BROWSER=1 brings
# chromium too, in which the tests look at the pages.
set -eu
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf 'set-up: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

quietly() { "$@" </dev/null >"$log" 2>&1; }

privileged() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt() {
    privileged env DEBIAN_FRONTEND=noninteractive apt-get -y -o DPkg::Lock::Timeout=120 "$@"
}

system_install() {
    case $manager in
        apt-get)
            apt update || : # a list that cannot be renewed may still do
            apt install --no-install-recommends "$@"
            ;;
        dnf) privileged dnf -y install "$@" ;;
        brew) brew install "$@" ;;
    esac
}

# Where it fails, $reason says why.
install_packages() {
    reason=
    if [ -n "${DLTPARITY_NO_SYSTEM_PACKAGES:-}" ]; then
        reason="DLTPARITY_NO_SYSTEM_PACKAGES is set"
    elif [ "$manager" = none ]; then
        reason="there is no apt-get, dnf or brew"
    elif [ "$manager" != brew ] && ! quietly privileged true; then
        reason="neither root nor sudo without a password"
    else
        say "installing $*; this can take minutes"
        quietly system_install "$@" || reason="$manager: $(tail -n 1 "$log")"
    fi
    [ -z "$reason" ]
}

has_browser() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable; do
        if has $browser; then return; fi
    done
    return 1
}

# Prints what of Octave, the reference BLAS, git, a C compiler and a browser is missing, as names of
# packages.
missing_packages() {
    has git || echo git
    [ -n "${CC:-}" ] || [ "$manager" = brew ] || has cc || echo gcc
    [ -z "${DLTPARITY_BROWSER:-}" ] || has_browser || echo chromium
    octave=${OCTAVE_EXECUTABLE:-}
    if [ -z "$octave" ] && ! has octave-cli && ! has octave; then
        echo octave
        [ "$manager" != apt-get ] || echo libopenblas0-pthread
    fi
    case $manager in
        apt-get)
            ls /usr/lib/*/blas/libblas.so.3 >/dev/null 2>&1 || echo libblas3
            ls /usr/lib/*/lapack/liblapack.so.3 >/dev/null 2>&1 || echo liblapack3
            ;;
        dnf)
            rpm -q blas >/dev/null 2>&1 || echo blas
            rpm -q flexiblas-netlib >/dev/null 2>&1 || echo flexiblas-netlib
            ;;
    esac
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for python in python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$python"; then return; fi
    done
    say "Python 3.11 or later is needed, and neither python3 nor python3.11 to python3.14 is one:" \
        "install it and run this again"
    exit 1
}

need_venv_module() {
    if quietly "$python" -c 'import ensurepip, venv'; then return; fi
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$manager" = apt-get ] && install_packages "$package"; then return; fi
    say "$python cannot make virtual environments: install what it lacks" \
        "(Debian and Ubuntu: sudo apt-get install $package) and run this again"
    exit 1
}

# The stamp holds the checkout's folder, since a virtual environment cannot be moved.
stamp=.venv/.set-up-in

install_python_packages() {
    if ! new_enough .venv/bin/python || ! quietly .venv/bin/python -m pip --version ||
        { [ -e $stamp ] && [ "$(cat $stamp)" != "$PWD" ]; }; then
        find_python
        need_venv_module
        "$python" -m venv --clear .venv
    elif [ -e $stamp ] && [ -z "$(find pyproject.toml -newer $stamp)" ]; then
        return
    fi
    say "installing the Python packages into .venv"
    rm -f $stamp
    if ! .venv/bin/python -m pip install -q --no-input --disable-pip-version-check -e '.[test]'; then
        say "pip could not install the Python packages, for the reason above"
        exit 1
    fi
    pwd >$stamp
    fresh=yes
}

manager=none
for candidate in apt-get dnf brew; do
    if has $candidate; then
        manager=$candidate
        break
    fi
done

# Without a compiler everything runs line by line, and the script says so.
build_engine() { .venv/bin/python port/dltcnn/compiled/build.py || :; }

fresh=
install_python_packages
packages=$(missing_packages | tr '\n' ' ')
# shellcheck disable=SC2086 # one word per package
if [ -n "$packages" ] && ! install_packages $packages; then
    say "not installed: $packages($reason); without Octave the recordings serve," \
        "without the reference BLAS only the rounding bound is checked"
fi
build_engine
if [ -n "$fresh" ]; then
    say "done; next: .venv/bin/dltparity fetch, then make parity (.venv/bin/dltparity doctor says" \
        "what is here)"
fi
