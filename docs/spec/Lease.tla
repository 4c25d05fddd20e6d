------------------------------- MODULE Lease -------------------------------
(***************************************************************************)
(* One server's lease, its holder and a watcher that may end it.            *)
(*                                                                          *)
(* The store has one row for the lease: a renewal counter and 'fenced'.     *)
(* Both change by compare-and-set only. The holder renews, and believes in  *)
(* its lease for LeasePeriod of its own clock. The watcher fences a counter *)
(* that has not moved for WatchPeriod of its own clock. A new owner takes   *)
(* over what is fenced, so the one thing that matters here is Safe: when    *)
(* the row is fenced, the holder no longer believes.                        *)
(*                                                                          *)
(* There is no common time. Whenever real time goes on (Tick), each clock   *)
(* moves by any number of units between Slowest and Fastest; Nominal is a   *)
(* clock that is right. What the two measure is kept as ages that stop      *)
(* growing once they are too large to matter, so time has no end here.      *)
(*                                                                          *)
(* A message takes as long as it likes, or for ever. Each rule is a switch, *)
(* so that one can see what it is for.                                      *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  LeasePeriod,   \* units of the holder's clock
  Slowest, Nominal, Fastest, \* units that a clock may move in one tick
  MaxCounter,    \* bound on renewals, for the checker
  Prompt,        \* messages are faster than a tick while the store can be reached, to study outages
  \* The rules.
  FromSend,      \* the holder counts from the sending of the renewal, not from its answer
  FirstSend,     \* a renewal that is sent again goes on counting from its first sending
  FromAnswer,    \* the watcher counts from the answer of its read, not from its sending
  SlowHolder,    \* the watch period allows for a holder's clock that is too slow
  FastWatcher,   \* the watch period allows for a watcher's clock that is too fast
  FenceCas,      \* fencing compares the counter: a renewal that came in between wins
  FencedForGood, \* a fenced lease is never renewed
  FreshWatch     \* a read that fails starts the watch again

VARIABLES
  row,     \* store: [counter, fenced]
  up,      \* the store can be reached
  age,     \* holder: time since the moment from which it counts its lease
  renewal, \* holder: [stage, expects, age]
  watch,   \* watcher: [counter, age]; counter -1: nothing seen yet
  look,    \* watcher: its read, [stage, counter, age]
  fence    \* watcher: counter whose fencing is on its way, -1 for none
vars == <<row, up, age, renewal, watch, look, fence>>

Ceiling(a, b) == (a + b - 1) \div b
WatchPeriod ==
  Ceiling(LeasePeriod * (IF SlowHolder THEN Nominal ELSE Slowest) * (IF FastWatcher THEN Fastest ELSE Nominal),
          Slowest * Nominal)
Longer(a, step, limit) == IF a + step > limit THEN limit ELSE a + step

Believes == age < LeasePeriod

Init ==
  /\ row = [counter |-> 0, fenced |-> FALSE] /\ up = TRUE
  /\ age = 0
  /\ renewal = [stage |-> "none", expects |-> 0, age |-> 0]
  /\ watch = [counter |-> -1, age |-> 0]
  /\ look = [stage |-> "none", counter |-> 0, age |-> 0]
  /\ fence = -1

(* A living holder on a prompt network renews once a tick; before that, the tick does not end. *)
Renewing == Prompt /\ up /\ ~row.fenced /\ row.counter < MaxCounter /\ (renewal.stage # "none" \/ age > 0)

Tick ==
  /\ ~Renewing
  /\ \E h, w \in Slowest..Fastest :
       /\ age' = Longer(age, h, LeasePeriod)
       /\ renewal' = IF renewal.stage = "none" THEN renewal
                     ELSE [renewal EXCEPT !.age = Longer(@, h, LeasePeriod)]
       /\ look' = IF look.stage = "none" THEN look ELSE [look EXCEPT !.age = Longer(@, w, WatchPeriod)]
       /\ watch' = IF watch.counter = -1 THEN watch
                   ELSE IF FreshWatch /\ ~up THEN [counter |-> -1, age |-> 0]
                   ELSE [watch EXCEPT !.age = Longer(@, w, WatchPeriod)]
  /\ UNCHANGED <<row, up, fence>>

(* Also a lease that has run out may be renewed: while nobody has fenced it, nobody has taken over. *)
SendRenewal ==
  /\ renewal.stage = "none" /\ age > 0 /\ row.counter < MaxCounter
  /\ renewal' = [stage |-> "sent", expects |-> row.counter, age |-> 0]
  /\ UNCHANGED <<row, up, age, watch, look, fence>>

(* No answer in time: the same compare-and-set again. *)
SendAgain ==
  /\ renewal.stage \in {"sent", "granted", "refused"}
  /\ renewal' = [renewal EXCEPT !.stage = "sent", !.age = IF FirstSend THEN @ ELSE 0]
  /\ UNCHANGED <<row, up, age, watch, look, fence>>

(* A counter that is one further can only be this renewal itself, landed before. *)
LandRenewal ==
  LET open == FencedForGood => ~row.fenced
      lands == open /\ row.counter = renewal.expects
      landed == open /\ row.counter = renewal.expects + 1
  IN /\ up /\ renewal.stage = "sent"
     /\ row' = IF lands THEN [row EXCEPT !.counter = @ + 1] ELSE row
     /\ renewal' = [renewal EXCEPT !.stage = IF lands \/ landed THEN "granted" ELSE "refused"]
     /\ UNCHANGED <<up, age, watch, look, fence>>

(* Refused means fenced: this incarnation is over. *)
Answer ==
  /\ renewal.stage \in {"granted", "refused"}
  /\ age' = IF renewal.stage = "refused" THEN LeasePeriod
            ELSE IF FromSend THEN renewal.age ELSE 0
  /\ renewal' = IF renewal.stage = "refused" THEN [renewal EXCEPT !.stage = "over"]
                ELSE [stage |-> "none", expects |-> 0, age |-> 0]
  /\ UNCHANGED <<row, up, watch, look, fence>>

SendLook ==
  /\ look.stage = "none" /\ ~row.fenced
  /\ look' = [stage |-> "sent", counter |-> 0, age |-> 0]
  /\ UNCHANGED <<row, up, age, renewal, watch, fence>>

LandLook ==
  /\ up /\ look.stage = "sent"
  /\ look' = [look EXCEPT !.stage = "read", !.counter = row.counter]
  /\ UNCHANGED <<row, up, age, renewal, watch, fence>>

(* The answer: a counter not seen before starts the watch, a known one lets it run on. *)
Look ==
  /\ look.stage = "read"
  /\ watch' = IF look.counter = watch.counter THEN watch
              ELSE [counter |-> look.counter, age |-> IF FromAnswer THEN 0 ELSE look.age]
  /\ look' = [stage |-> "none", counter |-> 0, age |-> 0]
  /\ UNCHANGED <<row, up, age, renewal, fence>>

Fence ==
  /\ fence = -1 /\ ~row.fenced
  /\ watch.counter # -1 /\ watch.age >= WatchPeriod
  /\ fence' = watch.counter
  /\ UNCHANGED <<row, up, age, renewal, watch, look>>

LandFence ==
  /\ up /\ fence # -1
  /\ row' = IF FenceCas => row.counter = fence THEN [row EXCEPT !.fenced = TRUE] ELSE row
  /\ fence' = -1
  /\ UNCHANGED <<up, age, renewal, watch, look>>

LoseStore == up /\ Prompt /\ up' = FALSE /\ UNCHANGED <<row, age, renewal, watch, look, fence>>
RegainStore == ~up /\ up' = TRUE /\ UNCHANGED <<row, age, renewal, watch, look, fence>>

Next ==
  \/ Tick \/ SendRenewal \/ SendAgain \/ LandRenewal \/ Answer
  \/ SendLook \/ LandLook \/ Look \/ Fence \/ LandFence
  \/ LoseStore \/ RegainStore

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
Safe == row.fenced => ~Believes

(* With Prompt: who lives and renews is not fenced, however long the store was away. *)
LivingStays == row.counter < MaxCounter => ~row.fenced

(* To be refuted: the model is not safe merely because nothing ever happens in it. *)
NeverFenced == ~row.fenced
NeverRegained == ~(renewal.stage = "granted" /\ ~Believes /\ renewal.age < LeasePeriod)
=============================================================================
