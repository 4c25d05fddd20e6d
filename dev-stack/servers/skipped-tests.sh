#!/bin/sh
# Adds up the test reports of the last build, says what ran, and fails when a test was skipped or none ran.
find . -path '*/target/*-reports/TEST-*.xml' -not -path './.tools/*' -exec sed -n '/<testsuite /,/>/p' {} + |
  tr '\n' ' ' | sed 's/<testsuite /\n&/g' |
  awk '
    function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
    /<testsuite / { tests += count("tests"); failed += count("failures") + count("errors"); skipped += count("skipped") }
    END {
      printf "%d passed, %d failed, %d skipped\n", tests - failed - skipped, failed, skipped
      if (skipped > 0) print "A skipped test proves nothing: run it or remove it." > "/dev/stderr"
      exit tests == 0 || failed > 0 || skipped > 0
    }'
