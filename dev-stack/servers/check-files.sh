#!/bin/sh
# Checks what no compiler sees: shell scripts parse, YAML files hold no tabs, text files end in a newline.
set -eu
bad=0

complain() {
  echo "$1: $2" >&2
  bad=1
}

for file in $(git ls-files '*.sh' .ci/run mvnw); do
  sh -n "$file" || complain "$file" "not valid shell"
done

for file in $(git ls-files '*.yaml' '*.yml'); do
  if grep -q "$(printf '\t')" "$file"; then complain "$file" "holds a tab (expected: spaces)"; fi
done

for file in $(git ls-files '*.md' '*.java' '*.proto' '*.xml' '*.yaml' '*.sh' Makefile); do
  [ -s "$file" ] || continue
  [ -z "$(tail -c 1 "$file")" ] || complain "$file" "does not end in a newline"
done

exit $bad
