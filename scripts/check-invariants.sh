#!/usr/bin/env bash
# The invariants of ARCHITECTURE.md that can be checked by reading. Prints each broken one, then the lines that break it.
set -euo pipefail
cd "$(dirname "$0")/.."
shopt -s globstar nullglob

broken=0

# expect_none SENTENCE: the invariant holds if stdin is empty.
expect_none() {
  local lines
  lines=$(cat)
  [ -n "$lines" ] || return 0
  printf 'broken: %s\n%s\n' "$1" "$lines"
  broken=1
}

# code PATTERN FILE...: lines that match outside line comments, as file:line:text.
code() {
  local pattern=$1
  shift
  [ $# -gt 0 ] || return 0
  awk -v pattern="$pattern" '{
    text = $0
    sub(/^[ \t]*\/\/.*|[ \t]\/\/.*/, "", text)
    if (text ~ pattern) print FILENAME ":" FNR ":" $0
  }' "$@"
}

all=(src/**/*.rs crates/**/*.rs)
pure=(src/{engine,timeline,sim,lab,replay,report,results,scenario}{[.]rs,/**/*.rs})

expect_none "The pure modules name nothing of the browser or of Leptos." \
  < <(code 'web_sys|js_sys|wasm_bindgen|leptos|gloo' "${pure[@]}")

expect_none "Cargo.toml denies unsafe code in every crate." < <(
  grep -q '^unsafe_code = "deny"' Cargo.toml || echo 'Cargo.toml: no line: unsafe_code = "deny"'
  for manifest in Cargo.toml tests/server/Cargo.toml benches/{,*/}Cargo.toml crates/*/Cargo.toml; do
    grep -A1 '^\[lints\]$' "$manifest" | grep -q '^workspace = true$' || echo "$manifest: no [lints] workspace = true"
  done
)
expect_none "Only the macro that marks chunks may expand to unsafe code (src/ui/chunk.rs)." < <(
  grep -rn 'allow(unsafe_code\|allow(\s*$' --include=*.rs -A1 src tests benches crates |
    grep unsafe_code | grep -v '^src/ui/chunk.rs' || true
  grep -q '^#!\[cfg_attr(not(split), forbid(unsafe_code))\]$' src/lib.rs || echo 'src/lib.rs: does not forbid unsafe code'
)
expect_none "There is no unsafe code." < <(code '(^|[^a-z_-])unsafe($|[^a-z_-])' "${all[@]}")

# The date is what a run in the history was made at, and a seed; src/browser/clock.rs is the port itself.
expect_none "Time comes from a Clock port only." < <(
  code '(Instant|SystemTime)::now' "${all[@]}"
  code 'Date::now' "${all[@]}" | grep -Ev '^src/(browser/clock|ui/(history|session))[.]rs:' || true
)

expect_none "Text from the network is text: no HTML reaches the DOM." \
  < <(code 'inner_html|outer_html|insert_adjacent_html|create_contextual_fragment|document[.]write' "${all[@]}")

expect_none "The code shown beside a strategy is its own file (or the file says: not shown on the page)." < <(
  for file in src/engine/strategy/*.rs; do
    [ "${file##*/}" != mod.rs ] || continue
    grep -qi 'not shown on the page' "$file" ||
      grep -qE "include_str!.*[\"/]${file##*/}\"" "${all[@]}" || echo "$file: no include_str! of it"
  done
)

expect_none "No Rust file is longer than 350 lines." < <(
  for file in "${all[@]}" tests/**/*.rs benches/**/*.rs; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 350 ] || echo "$file: $lines lines"
  done
)

expect_none "No file names a path of one machine." < <(
  grep -rInE '(^|[^[:alnum:]_./:-])/(root|(home|Users)/[[:alnum:]]+|work/main)/' . \
    --exclude=.git --exclude-dir={.git,.tools,node_modules,target,dist,test-results,playwright-report} || true
)

expect_none "package-lock.json names no registry." < <(grep -n '"resolved"' package-lock.json || true)

[ "$broken" -eq 0 ] || exit 1
echo "All invariants that can be read off the source hold."
