#!/usr/bin/env bash
# Runs the tests of the engine, and prints the files with the most lines that none of them reached and the line coverage of src/FlexiAI.
# Generated code does not count.
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
    if (inside) { match($0, /src\/FlexiAI\/[^"]*/); file = substr($0, RSTART, RLENGTH) }
  }
  /<line / && inside {
    match($0, / number="[0-9]+"/); line = file SUBSEP substr($0, RSTART, RLENGTH)
    match($0, / hits="[0-9]+"/); hits = substr($0, RSTART + 7, RLENGTH - 8) + 0
    seen[line] = 1
    if (hits > 0) covered[line] = 1
  }
  END {
    for (line in seen) {
      split(line, parts, SUBSEP)
      total++
      if (line in covered) hit++; else missed[parts[1]]++
    }
    if (total == 0) { print "No line of src/FlexiAI was measured."; exit 1 }
    for (file in missed) printf "%6d lines not reached in %s\n", missed[file], file | "sort -nr | head -n 10"
    close("sort -nr | head -n 10")
    printf "Line coverage of src/FlexiAI: %.1f %% (%d of %d lines)\n", 100 * hit / total, hit, total
  }' "$results/coverage.xml"
