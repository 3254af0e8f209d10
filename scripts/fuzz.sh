#!/usr/bin/env bash
# fuzz.sh SECONDS [SEED]: run each target of fuzz/ for that long, led by coverage. What is found goes to target/fuzz-found.
#
# No sanitizer: they look for broken memory, which takes unsafe code, and the readers have none of their own. Without one the
# stable compiler will do, and more inputs are tried. cargo-fuzz optimises, and keeps a debug build's assertions and checks
# of overflow.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

seconds=$1 seed=${2:-0} # for 0 libFuzzer chooses one
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "FUZZ_SECONDS=$seconds is no time. Give whole seconds: make fuzz FUZZ_SECONDS=60."
[[ $seed =~ ^[0-9]+$ ]] || fail "FUZZ_SEED=$seed is no seed. Give a number: make fuzz FUZZ_SEED=7."

# Each target, and how the names of its files in tests/fuzz/corpus end.
targets=(html:html json:json sitemap:xml robots:robots header:link address:url wire_format:wire)
build="${CARGO_TARGET_DIR:-target}/fuzz"
found=target/fuzz-found
# cargo-fuzz has no --locked. setup-fuzz.sh fetched what fuzz/Cargo.lock names, and offline nothing else can be taken.
export CARGO_NET_OFFLINE=true

# fuzz COMMAND ARGUMENT...: by its path, because rustup would prefer one of ~/.cargo/bin.
fuzz() {
  local command=$1
  shift
  .tools/bin/cargo-fuzz "$command" --sanitizer none --target-dir "$build" "$@"
}

# tell LOG: the sums of a run that found nothing, from: #1234 DONE cov: 56 ft: 78 corp: 9/10Kb ...
tell() {
  awk '/^INFO: Seed:/ { seed = $3 }
    $2 == "DONE" {
      sub("#", "", $1)
      split($8, corpus, "/")
      printf "    %s inputs tried: %s edges, %s features; ", $1, $4, $6
      printf "corpus of %s, %s; seed %s\n", corpus[1], corpus[2], seed
    }' "$1"
}

# blame LOG TARGET KIND: what a run found, and what to do.
blame() {
  local file
  sed -n -e '/panicked at/,/^stack backtrace:/p' -e '/ERROR: libFuzzer: [^d]/p' -e '/exited with signal/p' "$1" |
    grep -v '^stack backtrace:' >&2 || true
  file=$(sed -n 's/.*Test unit written to //p' "$1" | tail -n 1)
  if [ -n "$file" ]; then
    echo "error: An input broke '$2': $file. Copy it to tests/fuzz/corpus/ under a name that says what it is and ends in" \
      ".$3; 'cargo test --test fuzz $2' then fails until this is mended. All that was said is in $1." >&2
  else
    echo "error: '$2' ended before its time and left no input, as when a stack overflows. Read $1." >&2
  fi
}

say "Building the targets in $build"
mkdir -p "$build" "$found"
fuzz build 2>"$build/build.log" || {
  cat "$build/build.log" >&2
  fail "The targets of fuzz/ could not be built, for the reason above."
}

broken=0
for pair in "${targets[@]}"; do
  target=${pair%:*} kind=${pair#*:}
  # It keeps what reached new code, and the next run goes on from there; so a seed repeats a run only from the same corpus.
  corpus=$build/corpus/$target log=$build/$target.log
  mkdir -p "$corpus"
  inputs=$(printf '%s,' tests/fuzz/corpus/*."$kind")
  say "$target: $seconds s"
  # -reload: nobody else adds to this corpus. -len_control: by its default libFuzzer would not come to long inputs so soon.
  if fuzz run "$target" "$corpus" -- -max_total_time="$seconds" -seed="$seed" -seed_inputs="${inputs%,}" -reload=0 -len_control=10 \
    -dict=tests/fuzz/words.dict -max_len=4096 -timeout=5 -rss_limit_mb=1024 -artifact_prefix="$found/$target-" \
    >"$log" 2>&1; then
    tell "$log"
  else
    blame "$log" "$target" "$kind"
    broken=1
  fi
done
[ "$broken" -eq 0 ] || exit 1
say "Nothing was found."
