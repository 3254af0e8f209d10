# shellcheck shell=bash
# Shared by the scripts here: how they speak, how they ask Debian for a package, and how they install a crate's tool.

say() { printf '==> %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# apt_install PACKAGE...: install with apt-get, through sudo where needed; or say what to do by hand.
apt_install() {
  local root=(env DEBIAN_FRONTEND=noninteractive)
  command -v apt-get >/dev/null || fail "$* cannot be installed for you, because this system has no apt-get." \
    "Install it with your system's package manager, then run this again."
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "$* cannot be installed for you, because you are not root and there is no sudo." \
      "As root, run 'apt-get install $*', then run this again."
    root=(sudo "${root[@]}")
    [ -t 0 ] || root=(sudo -n "${root[@]:1}")
  fi
  say "Installing $* with apt-get"
  "${root[@]}" apt-get -qq update || true # a stale list may still serve
  "${root[@]}" apt-get -qq install --yes --no-install-recommends "$@" >/dev/null ||
    fail "apt-get could not install $*, for the reason above. Install it by hand, then run this again."
}

# install_tool CRATE COMMAND VERSION [FLAG...]: into .tools/, unless that version is there. Unoptimised: it builds in half
# the time.
install_tool() {
  local crate=$1 command=$2 version=$3 build="${CARGO_TARGET_DIR:-target}/tools"
  shift 3
  [ ! -x ".tools/bin/$command" ] || ! grep -qs "^\"$crate $version " .tools/.crates.toml || return 0
  say "Installing $crate $version into .tools/ (up to three minutes on two cores)"
  CARGO_TARGET_DIR=$build CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install "$crate" --version "$version" --locked --debug --force --root .tools "$@" ||
    fail "$crate $version could not be installed, for the reason above. Check the network, then run this again."
  rm -rf "$build"
}
