-------------------------------- MODULE Feed --------------------------------
(***************************************************************************)
(* One feed under changing owners: who may write, what is acked, and how    *)
(* its followers (history view, Kafka outbox) get every acked event.        *)
(*                                                                          *)
(* An owner is named by its epoch. Whatever is sent to the store lands at   *)
(* any later time or never, and an owner may be paused between any two of   *)
(* its steps: one whose lease is long over may still send rows and marks.   *)
(*                                                                          *)
(* A row (seq, epoch) is the truth if its epoch is the last one that starts *)
(* at or before seq, and every smaller seq has its row.                     *)
(*                                                                          *)
(* To write, an owner reads the starts and the log and, after that, the     *)
(* open marks (ReadFirst, ReadSecond); puts its own mark and waits for it   *)
(* (Open, Marked); fixes where its epoch starts by compare-and-set on the   *)
(* starts it has read (LandCas, Fixed); then it appends (Send, Ack). When   *)
(* the followers have everything, it takes its mark away (Close).           *)
(*                                                                          *)
(* With Expiring, old rows leave the log. The head, which only rises, says  *)
(* up to which seq the history view may be asked instead.                   *)
(***************************************************************************)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Epochs,     \* 1..n
  MaxSeq,
  Nonces,     \* messages of clients; each may be sent to any owner, any number of times
  MaxMarks,   \* bound on the mark writes of one owner, for the checker
  Followers,  \* who is fed from the log
  View,       \* the follower that rows below the head are read from
  Expiring,   \* rows leave the log
  Torn,       \* starts and log are read one after the other, and anything may land in between
  \* The rules.
  Fencing,    \* an epoch begins only when the lease before it is over for good
  LeaseAtAck, \* nothing is acked or shown unless the lease is valid after the store's answer
  CasStart,   \* the start of an epoch is fixed by compare-and-set, not by a plain write
  MarkFirst,  \* the own mark is durable before anything else is written
  OwnMark,    \* every epoch has a mark of its own
  MarksLast,  \* the marks are read after the log
  AllFollow,  \* a mark goes away only when every follower has everything
  HeadFirst   \* rows leave the log only up to the head

VARIABLES
  phase,      \* epoch -> how far its owner is
  valid,      \* epoch -> its owner's lease holds
  events,     \* epoch -> the feed as its owner sees it, a sequence of nonces
  seen,       \* epoch -> the starts that its owner has read
  settled,    \* epoch -> seq up to which its owner knows the feed to be the truth
  cursors,    \* epoch -> follower -> seq up to which the follower has confirmed
  markWrites, \* epoch -> number of mark writes so far, which is their time stamp
  starts,     \* store: epoch -> first seq, 0 for none
  log,        \* store: rows [seq, epoch, nonce]
  marks,      \* store: key -> [stamp, cursor]
  head,       \* store: seq up to which the view replaces the log
  flight,     \* on the way to the store: [start: .., row: .., mark: ..], each a set
  acked,      \* <<seq, nonce>> that somebody was told of
  delivered   \* follower -> set of <<seq, nonce>>

owner == <<phase, events, seen, settled, cursors, markWrites>>
store == <<starts, log, marks, head>>
vars == <<owner, valid, store, flight, acked, delivered>>

Absent == MaxSeq + 1    \* the cursor of a mark that is not there
Buried == MaxMarks + 2  \* a time stamp above all that an owner gives
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Min(S) == CHOOSE x \in S : \A y \in S : x <= y
Key(e) == IF OwnMark THEN e ELSE Min(Epochs)
Keys == Epochs

-----------------------------------------------------------------------------
(* The one rule of what is true. *)
EpochAt(st, s) ==
  LET begun == {e \in Epochs : st[e] # 0 /\ st[e] <= s}
  IN IF begun = {} THEN 0 ELSE Max(begun)

RECURSIVE Walk(_, _, _)
Walk(st, rows, s) ==
  LET here == {r \in rows : r.seq = s /\ r.epoch = EpochAt(st, s)}
  IN IF here = {} THEN <<>> ELSE <<(CHOOSE r \in here : TRUE).nonce>> \o Walk(st, rows, s + 1)

BelowHead == [s \in 1..head |-> (CHOOSE d \in delivered[View] : d[1] = s)[2]]
TruthBy(st) == (IF Expiring THEN BelowHead ELSE <<>>) \o Walk(st, log, head + 1)
Truth == TruthBy(starts)
Numbered(t) == {<<s, t[s]>> : s \in DOMAIN t}

(* Entries of the starts under which nothing lives any more are dropped on the way. *)
Pruned(st) ==
  [e \in Epochs |-> IF \E later \in Epochs : later > e /\ st[later] # 0 /\ st[later] <= Max({st[e], head + 1})
                    THEN 0 ELSE st[e]]

Marked0 == {k \in Keys : marks[k].cursor # Absent}
LowestCursor == Min({marks[k].cursor : k \in Marked0} \cup {Absent})
Reached(e) == Min({cursors[e][f] : f \in Followers})
PutMark(e, cursor) ==
  /\ flight' = [flight EXCEPT !.mark = @ \cup {[key |-> Key(e), stamp |-> IF OwnMark THEN markWrites[e] + 1 ELSE 0,
                                                cursor |-> cursor]}]
  /\ markWrites' = [markWrites EXCEPT ![e] = @ + 1]

Init ==
  /\ phase = [e \in Epochs |-> "none"] /\ valid = [e \in Epochs |-> FALSE]
  /\ events = [e \in Epochs |-> <<>>] /\ seen = [e \in Epochs |-> [x \in Epochs |-> 0]]
  /\ settled = [e \in Epochs |-> 0] /\ cursors = [e \in Epochs |-> [f \in Followers |-> 0]]
  /\ markWrites = [e \in Epochs |-> 0]
  /\ starts = [e \in Epochs |-> 0] /\ log = {} /\ head = 0
  /\ marks = [k \in Keys |-> [stamp |-> 0, cursor |-> Absent]]
  /\ flight = [start |-> {}, row |-> {}, mark |-> {}]
  /\ acked = {} /\ delivered = [f \in Followers |-> {}]

-----------------------------------------------------------------------------
(* Ownership. *)
Claim(e) ==
  /\ phase[e] = "none"
  /\ e - 1 \in Epochs => phase[e - 1] # "none" /\ (Fencing => ~valid[e - 1])
  /\ phase' = [phase EXCEPT ![e] = "claimed"]
  /\ valid' = [valid EXCEPT ![e] = TRUE]
  /\ UNCHANGED <<events, seen, settled, cursors, markWrites, store, flight, acked, delivered>>

Expire(e) ==
  /\ valid[e]
  /\ valid' = [valid EXCEPT ![e] = FALSE]
  /\ UNCHANGED <<owner, store, flight, acked, delivered>>

(* Renewed after it ran out: it was not fenced, so nobody has claimed. *)
Regain(e) ==
  /\ ~valid[e] /\ phase[e] # "none"
  /\ \A later \in Epochs : later > e => phase[later] = "none"
  /\ valid' = [valid EXCEPT ![e] = TRUE]
  /\ UNCHANGED <<owner, store, flight, acked, delivered>>

-----------------------------------------------------------------------------
(* Activation. *)
StartsOf(e) == IF Torn THEN seen[e] ELSE starts
ReadLog(e) ==
  /\ events' = [events EXCEPT ![e] = TruthBy(StartsOf(e))]
  /\ seen' = [seen EXCEPT ![e] = StartsOf(e)]

AllAt(c) == [f \in Followers |-> c]

(* No mark: the feed was left clean, so what is there may be shown. A mark: somebody was writing, and nothing is
   shown before the own start is fixed; the followers go on from the lowest cursor. *)
Judge(e, read, lowest) ==
  IF lowest = Absent
  THEN /\ LeaseAtAck => valid[e]
       /\ phase' = [phase EXCEPT ![e] = "clean"]
       /\ cursors' = [cursors EXCEPT ![e] = AllAt(Len(read))]
       /\ settled' = [settled EXCEPT ![e] = Len(read)]
       /\ acked' = acked \cup Numbered(read)
       /\ UNCHANGED <<flight, markWrites>>
  ELSE LET from == Min({lowest, Len(read)})
       IN /\ phase' = [phase EXCEPT ![e] = "marking"]
          /\ cursors' = [cursors EXCEPT ![e] = AllAt(from)]
          /\ PutMark(e, from)
          /\ UNCHANGED <<settled, acked>>

ReadStarts(e) ==
  /\ Torn /\ phase[e] = "claimed"
  /\ phase' = [phase EXCEPT ![e] = "starting"]
  /\ seen' = [seen EXCEPT ![e] = starts]
  /\ UNCHANGED <<events, settled, cursors, markWrites, valid, store, flight, acked, delivered>>

ReadFirst(e) ==
  /\ phase[e] = IF Torn THEN "starting" ELSE "claimed"
  /\ phase' = [phase EXCEPT ![e] = "reading"]
  /\ IF MarksLast
     THEN ReadLog(e) /\ UNCHANGED cursors
     ELSE cursors' = [cursors EXCEPT ![e] = AllAt(LowestCursor)] /\ UNCHANGED <<events, seen>>
  /\ UNCHANGED <<valid, settled, markWrites, store, flight, acked, delivered>>

ReadSecond(e) ==
  /\ phase[e] = "reading"
  /\ IF MarksLast
     THEN Judge(e, events[e], LowestCursor) /\ UNCHANGED <<events, seen>>
     ELSE ReadLog(e) /\ Judge(e, TruthBy(StartsOf(e)), Reached(e))
  /\ UNCHANGED <<valid, store, delivered>>

(* The first append to a clean feed. *)
Open(e) ==
  /\ phase[e] = "clean"
  /\ Len(events[e]) < MaxSeq
  /\ phase' = [phase EXCEPT ![e] = "marking"]
  /\ PutMark(e, Reached(e))
  /\ UNCHANGED <<events, seen, settled, cursors, valid, store, acked, delivered>>

OwnMarkIsThere(e) ==
  /\ marks[Key(e)].cursor # Absent
  /\ OwnMark => marks[Key(e)].stamp = markWrites[e]

Marked(e) ==
  /\ phase[e] = "marking"
  /\ MarkFirst => OwnMarkIsThere(e)
  /\ IF seen[e][e] # 0
     THEN phase' = [phase EXCEPT ![e] = "open"] /\ UNCHANGED flight
     ELSE /\ phase' = [phase EXCEPT ![e] = "fixing"]
          /\ flight' = [flight EXCEPT !.start =
               @ \cup {[epoch |-> e, seen |-> seen[e], next |-> Pruned([seen[e] EXCEPT ![e] = Len(events[e]) + 1])]}]
  /\ UNCHANGED <<events, seen, settled, cursors, markWrites, valid, store, acked, delivered>>

LandCas(c) ==
  /\ flight' = [flight EXCEPT !.start = @ \ {c}]
  /\ starts' = IF ~CasStart THEN [starts EXCEPT ![c.epoch] = c.next[c.epoch]]
               ELSE IF starts = c.seen THEN c.next ELSE starts
  /\ UNCHANGED <<owner, valid, log, marks, head, acked, delivered>>

(* The answer: fixed, or somebody was faster and everything is read again. *)
Fixed(e) ==
  /\ phase[e] = "fixing"
  /\ \A c \in flight.start : c.epoch # e
  /\ IF starts[e] # 0
     THEN /\ LeaseAtAck => valid[e]
          /\ phase' = [phase EXCEPT ![e] = "open"]
          /\ seen' = [seen EXCEPT ![e] = starts]
          /\ settled' = [settled EXCEPT ![e] = Len(events[e])]
          /\ acked' = acked \cup Numbered(events[e])
     ELSE /\ phase' = [phase EXCEPT ![e] = "claimed"]
          /\ UNCHANGED <<seen, settled, acked>>
  /\ UNCHANGED <<events, cursors, markWrites, valid, store, flight, delivered>>

-----------------------------------------------------------------------------
(* Appending. A nonce that the owner knows is answered from events and changes nothing. *)
Send(e, n) ==
  /\ phase[e] = "open"
  /\ Len(events[e]) < MaxSeq
  /\ \A s \in DOMAIN events[e] : events[e][s] # n
  /\ events' = [events EXCEPT ![e] = Append(@, n)]
  /\ flight' = [flight EXCEPT !.row = @ \cup {[seq |-> Len(events[e]) + 1, epoch |-> e, nonce |-> n]}]
  /\ UNCHANGED <<phase, seen, settled, cursors, markWrites, valid, store, acked, delivered>>

Ack(e) ==
  LET s == settled[e] + 1
  IN /\ phase[e] = "open"
     /\ LeaseAtAck => valid[e]
     /\ s <= Len(events[e])
     /\ \E r \in log : r.seq = s /\ r.epoch = e
     /\ settled' = [settled EXCEPT ![e] = s]
     /\ acked' = acked \cup {<<s, events[e][s]>>}
     /\ UNCHANGED <<phase, events, seen, cursors, markWrites, valid, store, flight, delivered>>

-----------------------------------------------------------------------------
(* Followers. An owner feeds each of them in order of seq; what it sent may arrive without its learning of it. *)
Produce(e, f) ==
  LET s == cursors[e][f] + 1
  IN /\ phase[e] = "open"
     /\ s <= settled[e]
     /\ delivered' = [delivered EXCEPT ![f] = @ \cup {<<s, events[e][s]>>}]
     /\ \/ cursors' = [cursors EXCEPT ![e][f] = s]
        \/ UNCHANGED cursors
     /\ UNCHANGED <<phase, events, seen, settled, markWrites, valid, store, flight, acked>>

(* A mark is written again now and then, so that a successor starts further on. *)
Progress(e) ==
  /\ phase[e] = "open"
  /\ OwnMark /\ marks[Key(e)].cursor < Reached(e)
  /\ PutMark(e, Reached(e))
  /\ UNCHANGED <<phase, events, seen, settled, cursors, valid, store, acked, delivered>>

(* Everything sent is acked, and every follower has it: away with the mark, and with those of dead owners. *)
Close(e) ==
  LET caughtUp(f) == cursors[e][f] = Len(events[e])
  IN /\ phase[e] = "open"
     /\ settled[e] = Len(events[e])
     /\ IF AllFollow THEN \A f \in Followers : caughtUp(f) ELSE \E f \in Followers : caughtUp(f)
     /\ phase' = [phase EXCEPT ![e] = "clean"]
     /\ flight' = [flight EXCEPT !.mark = @
          \cup {[key |-> Key(e), stamp |-> IF OwnMark THEN markWrites[e] + 1 ELSE 0, cursor |-> Absent]}
          \cup {[key |-> k, stamp |-> Buried, cursor |-> Absent] : k \in {m \in Marked0 : m < Key(e)}}]
     /\ markWrites' = [markWrites EXCEPT ![e] = @ + 1]
     /\ UNCHANGED <<events, seen, settled, cursors, valid, store, acked, delivered>>

-----------------------------------------------------------------------------
(* The store. *)
LandRow(r) ==
  /\ flight' = [flight EXCEPT !.row = @ \ {r}]
  /\ log' = log \cup {r}
  /\ UNCHANGED <<owner, valid, starts, marks, head, acked, delivered>>

LandMark(m) ==
  /\ flight' = [flight EXCEPT !.mark = @ \ {m}]
  /\ marks' = IF m.stamp >= marks[m.key].stamp
              THEN [marks EXCEPT ![m.key] = [stamp |-> m.stamp, cursor |-> m.cursor]] ELSE marks
  /\ UNCHANGED <<owner, valid, starts, log, head, acked, delivered>>

(* Written with the seq as its time stamp, so that a late write of a smaller one changes nothing. *)
RaiseHead(e) ==
  /\ Expiring /\ phase[e] \in {"open", "clean"}
  /\ \E s \in head + 1..cursors[e][View] : head' = s
  /\ UNCHANGED <<owner, valid, starts, log, marks, flight, acked, delivered>>

(* The oldest row goes, with all that was ever written under its seq. *)
ExpireRow ==
  /\ Expiring /\ log # {}
  /\ LET s == Min({r.seq : r \in log})
     IN /\ IF HeadFirst THEN s <= head ELSE s <= Max({settled[e] : e \in Epochs})
        /\ \A k \in Marked0 : marks[k].cursor >= s
        /\ log' = {r \in log : r.seq # s}
  /\ UNCHANGED <<owner, valid, starts, marks, head, flight, acked, delivered>>

Next ==
  \/ \E e \in Epochs :
       \/ Claim(e) \/ Expire(e) \/ Regain(e)
       \/ ReadStarts(e) \/ ReadFirst(e) \/ ReadSecond(e) \/ Open(e) \/ Marked(e) \/ Fixed(e)
       \/ Ack(e) \/ Progress(e) \/ Close(e) \/ RaiseHead(e)
       \/ \E n \in Nonces : Send(e, n)
       \/ \E f \in Followers : Produce(e, f)
  \/ \E c \in flight.start : LandCas(c)
  \/ \E r \in flight.row : LandRow(r)
  \/ \E m \in flight.mark : LandMark(m)
  \/ ExpireRow

Spec == Init /\ [][Next]_vars
Bound == \A e \in Epochs : markWrites[e] <= MaxMarks
Symmetry == Permutations(Nonces)

-----------------------------------------------------------------------------
OneNoncePerSeq == \A a, b \in acked : a[1] = b[1] => a[2] = b[2]
OneSeqPerNonce == \A a, b \in acked : a[2] = b[2] => a[1] = b[1]
Dense == \A a \in acked : \A s \in 1..a[1] : \E b \in acked : b[1] = s
NeverLost == \A a \in acked : a[1] <= Len(Truth) /\ Truth[a[1]] = a[2]

(* What a follower lacks can be found: an open mark leads to it. *)
NothingForgotten ==
  \A a \in acked, f \in Followers : a \in delivered[f] \/ \E k \in Marked0 : marks[k].cursor < a[1]
OnlyTruthDelivered == \A f \in Followers : delivered[f] \subseteq acked
(* Holds in every state, so the first occurrences come in feed order. *)
InOrder == \A f \in Followers : \A d \in delivered[f] : \A s \in 1..d[1] : \E b \in delivered[f] : b[1] = s

(* To be refuted: the last epoch gets to the end. *)
NeverDone == LET e == Max(Epochs) IN ~(phase[e] = "clean" /\ Len(events[e]) = MaxSeq /\ Marked0 = {} /\ starts[e] # 0)
NeverExpired == ~(Expiring /\ log = {} /\ head = MaxSeq)
=============================================================================
