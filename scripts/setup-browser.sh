#!/usr/bin/env bash
# Chromium and its driver at $CHROMIUM and $CHROMEDRIVER, a font for Korean, and target/webdriver.json, which tells
# the driver where the browser is and which flags it takes.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

# need VARIABLE PATH PACKAGE...: an absent default is installed; an absent choice of the user's is an error.
need() {
  local variable=$1 path=$2
  shift 2
  [ ! -x "$path" ] || return 0
  [[ $path == /usr/bin/* ]] && command -v apt-get >/dev/null && apt_install "$@"
  [ -x "$path" ] || fail "The tests need a browser, and there is no program at $path." \
    "Install Chromium and the ChromeDriver of the same version, and say where they are:" \
    "make test CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver ($variable is the one that is missing)."
}

need CHROMIUM "$CHROMIUM" chromium chromium-driver
need CHROMEDRIVER "$CHROMEDRIVER" chromium-driver
if command -v dpkg >/dev/null && ! dpkg --status fonts-noto-cjk >/dev/null 2>&1; then
  apt_install fonts-noto-cjk
fi

mkdir -p target
node --print 'const all = JSON.parse(fs.readFileSync("webdriver.json"));
  all["goog:chromeOptions"].binary = process.env.CHROMIUM;
  JSON.stringify(all)' >target/webdriver.json
