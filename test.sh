#!/usr/bin/env bash
# Installs what the tests need, builds everything, and runs every test. Ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"

# The linker that Native AOT publishing calls, the server that processes share circuits through, the browser that looks at the dashboard, and
# what runs the Node SDKs; a fresh Debian has none of them.
missing=()
command -v gcc > /dev/null || command -v clang > /dev/null || missing+=(gcc libc6-dev zlib1g-dev)
command -v redis-server > /dev/null || missing+=(redis-server)
command -v chromium > /dev/null || missing+=(chromium)
command -v node > /dev/null || missing+=(nodejs)
command -v npm > /dev/null || missing+=(npm)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Installing ${missing[*]} ..."
  apt-get update -qq
  # The tests start servers of their own on free ports. At run level 1 the package starts none on the usual one; if it did, that would end here.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
  if [[ " ${missing[*]} " == *" redis-server "* ]] && [ -d /run/systemd/system ]; then
    systemctl disable --now --quiet redis-server || true
  fi
fi

# The official Node SDKs, once for each state of their lock file.
clients=tests/NodeClients
if ! cmp -s "$clients/package-lock.json" "$clients/node_modules/.installed-lock.json"; then
  echo "Installing the Node SDKs ..."
  npm ci --prefix "$clients" --no-audit --no-fund --silent
  cp "$clients/package-lock.json" "$clients/node_modules/.installed-lock.json"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

dotnet build FlexiAI.slnx --configuration Release

failed=0
dotnet test --solution FlexiAI.slnx --configuration Release --no-build --no-progress "$@" 2>&1 | tee "$log" || failed=1

# The summary of the whole run is the last of each line.
count() { sed -n "s/^ *$1: \([0-9]*\).*/\1/p" "$log" | tail -n 1; }
succeeded=$(count succeeded); broken=$(count failed); skipped=$(count skipped)
if [ -z "$succeeded" ] || [ "$succeeded" -eq 0 ]; then
  echo "No test ran."
  failed=1
fi

# A test module that crashes fails the run although no test of its own is counted as failed.
if [ "$failed" -ne 0 ] && [ "${broken:-0}" -eq 0 ]; then
  broken=1
fi

echo "${succeeded:-0} passed, ${broken:-0} failed, ${skipped:-0} skipped"
exit "$failed"
