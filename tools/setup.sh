#!/usr/bin/env bash
# Prepares a source checkout: the system packages, then a virtual environment with the locked Python packages.
#
#   PYTHON=python3.12 bash tools/setup.sh .venv
#
# Runs as often as wanted; each step is skipped when its result is there. System packages are installed with apt when
# this runs as root; otherwise it names the missing ones and stops.
set -euo pipefail

venv=${1:-.venv}
lock=requirements/dev.lock

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then
      printf '%s\n' "$candidate"
      return
    fi
  done
}

is_ubuntu() { [ -r /etc/os-release ] && grep -qx 'ID=ubuntu' /etc/os-release; }
has_browser() {
  [ -n "${SHOPWRIGHT_CHROMIUM:-}" ] || [ -x "$venv/bin/chromium" ] || command -v chromium >/dev/null ||
    command -v google-chrome >/dev/null
}
has_font() { [ -n "$(find /usr/share/fonts -name "$1" -print -quit 2>/dev/null)" ]; }

# The names of the Debian packages that are missing, one a line.
missing_packages() {
  local python
  python=$(find_python)
  if [ -z "$python" ]; then
    printf 'python3.11\npython3.11-venv\n'
  elif ! [ -x "$venv/bin/python" ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
  fi
  is_ubuntu || has_browser || echo chromium     # Ubuntu's package only points to a snap: see install_browser
  has_font 'NotoSansArabic-*' || echo fonts-noto-core
  /sbin/ldconfig -p 2>/dev/null | grep 'libatomic\.so\.1' >/dev/null || echo libatomic1     # Playwright's own Node is linked to it
  has_font 'LiberationSans-*' || echo fonts-liberation
  command -v node >/dev/null || echo nodejs      # Lighthouse, axe and the Nu HTML Checker: shopwright audit --browser
  command -v npm >/dev/null || echo npm
  command -v java >/dev/null || echo default-jre-headless
}

install_packages() {
  local packages
  mapfile -t packages < <(missing_packages)
  [ ${#packages[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "this system has no apt; install what these Debian packages hold: ${packages[*]}"
    [ -n "$(find_python)" ] || fail "Python 3.11 or newer is needed"
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    fail "missing packages; run: sudo apt-get install --no-install-recommends ${packages[*]}"
  fi
  say "installing ${packages[*]}"
  apt-get update -q
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
}

# The lock holds every package with its hashes; the project itself is linked in, so that edits count at once.
install_python_packages() {
  local python
  python=$(find_python)
  [ -n "$python" ] || fail "Python 3.11 or newer is needed"
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
  say "installing the locked packages into $venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement "$lock"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
}

# Where no distribution package gives a browser, Playwright's own is linked to the name that the settings look for.
install_browser() {
  has_browser && return 0
  local with_deps=()
  if [ "$(id -u)" -eq 0 ]; then with_deps=(--with-deps); fi
  if ! "$venv/bin/playwright" install "${with_deps[@]}" chromium; then
    say "no Chromium; the browser tests need one: install it and set SHOPWRIGHT_CHROMIUM to its path"
    return 0
  fi
  ln -sf "$("$venv/bin/python" -c 'from playwright.sync_api import sync_playwright as p
with p() as playwright: print(playwright.chromium.executable_path)')" "$venv/bin/chromium"
}

# The packages of the browser audit, by their own lock, into the cache; without them only that audit cannot run.
install_audit_tools() {
  "$venv/bin/python" -m shopwright.browser_audit.install ||
    say "the browser audit has no tools; once npm reaches its registry: $venv/bin/python -m shopwright.browser_audit.install"
}

install_packages
install_python_packages
install_browser
install_audit_tools
touch "$venv/ready"
say "ready"
