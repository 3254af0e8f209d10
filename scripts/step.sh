#!/usr/bin/env bash
# step.sh NAME ADVICE COMMAND...: say what runs, run it, and on failure say what failed and what to do.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

name=$1 advice=$2
shift 2
say "$name: $*"
"$@" || fail "The step '$name' failed: '$*' ended with exit code $?. To go on, $advice."
