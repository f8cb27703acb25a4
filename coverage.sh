#!/usr/bin/env bash
# Runs the tests of the engine and prints the line coverage of src/FlexiAI.
set -euo pipefail
cd "$(dirname "$0")"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet run --project tests/FlexiAI.Tests -- \
  --results-directory "$results" --coverage --coverage-output-format cobertura --coverage-output coverage.xml "$@"

# A file's lines may be told in several classes (partial classes, lambdas, state machines): a line counts once, as covered if any says so.
awk '
  /<class / {
    inside = match($0, /filename="[^"]*src\/FlexiAI\/[^"]*"/) && !match($0, /\/obj\//)
    if (inside) { match($0, /filename="[^"]*"/); file = substr($0, RSTART, RLENGTH) }
  }
  /<line / && inside {
    match($0, / number="[0-9]+"/); line = file substr($0, RSTART, RLENGTH)
    match($0, / hits="[0-9]+"/); hits = substr($0, RSTART + 7, RLENGTH - 8) + 0
    seen[line] = 1
    if (hits > 0) covered[line] = 1
  }
  END {
    for (line in seen) { total++; if (line in covered) hit++ }
    if (total == 0) { print "No line of src/FlexiAI was measured."; exit 1 }
    printf "Line coverage of src/FlexiAI: %.1f %% (%d of %d lines)\n", 100 * hit / total, hit, total
  }' "$results/coverage.xml"
