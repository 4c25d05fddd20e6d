-------------------------------- MODULE Ring --------------------------------
(***************************************************************************)
(* Who owns which shard while servers join, drain, leave and die.           *)
(*                                                                          *)
(* The ring is one row: a version and its members. Every change is version  *)
(* + 1 by compare-and-set, so there is one history of views. Servers hold   *)
(* the newest view they have heard of, which may be old. From a view each   *)
(* shard's place follows; views alone give no right to anything. The right  *)
(* is the shard's owner row: a server and an epoch that rises with every    *)
(* change.                                                                  *)
(*                                                                          *)
(* A planned move: a new view; the old owner stops, then gives the shard up *)
(* (Release); the new one claims the vacant row with epoch + 1 (Claim). A   *)
(* dead owner gives nothing up: its shards are claimed once it is fenced,   *)
(* and Lease.tla shows that what is fenced no longer believes.              *)
(*                                                                          *)
(* A server here is one incarnation. Who restarts comes back as another.    *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets

CONSTANTS
  Servers,    \* 1..n
  Starters,   \* those in the first view
  Shards,     \* 1..m
  MaxVersion, MaxEpoch, \* bounds, for the checker
  \* The rules.
  RingCas,    \* the ring changes by compare-and-set on the version
  KeepView,   \* who cannot reach the store keeps its last view
  StopFirst,  \* an owner stops before it gives a shard up
  ClaimFenced,\* what was not given up is claimed only when its owner is fenced
  ClaimCas,   \* a claim is a compare-and-set on the owner row that was read
  EpochRises, \* a claim raises the epoch
  CloseLease  \* who leaves ends its lease for good

VARIABLES
  up,       \* the store can be reached
  ring,     \* store: the newest view, [version, members]
  history,  \* every view that ever was in the store
  owner,    \* store: shard -> [server, epoch]; server 0: given up
  fenced,   \* store: servers whose lease is over for good
  alive,    \* servers that still run
  believes, \* servers whose lease holds
  known,    \* server -> the view that it holds
  holds,    \* server -> shard -> epoch under which it serves the shard, 0 when it does not
  claims,   \* claims on their way, [server, shard, read]
  releases, \* releases on their way, [server, shard, epoch]
  served    \* every [server, shard, epoch] that was ever held
vars == <<up, ring, history, owner, fenced, alive, believes, known, holds, claims, releases, served>>

Nobody == 0
Active(v) == {s \in Servers : v.members[s] = "active"}

(* Rendezvous hashing: each shard ranks the servers, its place is the best active one. Only the shards of a server
   that goes, and those that a new one ranks best for, change their place. *)
Rank(k, s) == (s + Cardinality(Servers) - k) % Cardinality(Servers)
Place(v, k) == IF Active(v) = {} THEN Nobody
               ELSE CHOOSE s \in Active(v) : \A t \in Active(v) : Rank(k, s) <= Rank(k, t)

First == [version |-> 1, members |-> [s \in Servers |-> IF s \in Starters THEN "active" ELSE "out"]]

Init ==
  /\ up = TRUE /\ ring = First /\ history = {First}
  /\ owner = [k \in Shards |-> [server |-> Place(First, k), epoch |-> 1]]
  /\ fenced = {} /\ alive = Servers /\ believes = Servers
  /\ known = [s \in Servers |-> First]
  /\ holds = [s \in Servers |-> [k \in Shards |-> IF Place(First, k) = s THEN 1 ELSE 0]]
  /\ claims = {} /\ releases = {}
  /\ served = {[server |-> Place(First, k), shard |-> k, epoch |-> 1] : k \in Shards}

-----------------------------------------------------------------------------
(* Views. 'by' has read the view that it knows; its change lands only if that is still the newest. *)
Change(by, s, from, to) ==
  LET next == [version |-> known[by].version + 1, members |-> [known[by].members EXCEPT ![s] = to]]
  IN /\ up /\ known[by].version < MaxVersion
     /\ known[by].members[s] = from
     /\ RingCas => known[by] = ring
     /\ ring' = next
     /\ history' = history \cup {next}
     /\ known' = [known EXCEPT ![by] = next]

Join(s) ==
  /\ s \in believes
  /\ Change(s, s, "out", "active")
  /\ UNCHANGED <<up, owner, fenced, alive, believes, holds, claims, releases, served>>

Drain(s) ==
  /\ s \in believes
  /\ Change(s, s, "active", "draining")
  /\ UNCHANGED <<up, owner, fenced, alive, believes, holds, claims, releases, served>>

(* Nothing is held or being given up any more. A claim sent long ago may still be on its way. *)
Leave(s) ==
  /\ s \in believes
  /\ \A k \in Shards : holds[s][k] = 0
  /\ \A r \in releases : r.server # s
  /\ Change(s, s, "draining", "out")
  /\ fenced' = IF CloseLease THEN fenced \cup {s} ELSE fenced
  /\ alive' = alive \ {s} /\ believes' = believes \ {s}
  /\ UNCHANGED <<up, owner, holds, claims, releases, served>>

(* A watcher takes a fenced member out. *)
Remove(by, s) ==
  /\ by \in believes /\ s \in fenced
  /\ \/ Change(by, s, "active", "out")
     \/ Change(by, s, "draining", "out")
  /\ UNCHANGED <<up, owner, fenced, alive, believes, holds, claims, releases, served>>

(* A newer view, from whomever; it need not be the newest. *)
Learn(s) ==
  /\ s \in alive
  /\ \E v \in history : v.version > known[s].version /\ known' = [known EXCEPT ![s] = v]
  /\ UNCHANGED <<up, ring, history, owner, fenced, alive, believes, holds, claims, releases, served>>

(* What the rule KeepView forbids: to judge for oneself who is there. *)
Opine(s) ==
  /\ ~KeepView /\ ~up /\ s \in alive
  /\ \E t \in Active(known[s]) : known' = [known EXCEPT ![s].members[t] = "out"]
  /\ UNCHANGED <<up, ring, history, owner, fenced, alive, believes, holds, claims, releases, served>>

-----------------------------------------------------------------------------
(* Leases, as far as they matter here. *)
Crash(s) ==
  /\ s \in alive
  /\ alive' = alive \ {s} /\ believes' = believes \ {s}
  /\ UNCHANGED <<up, ring, history, owner, fenced, known, holds, claims, releases, served>>

(* Paused, or unable to renew. *)
Expire(s) ==
  /\ s \in believes
  /\ believes' = believes \ {s}
  /\ UNCHANGED <<up, ring, history, owner, fenced, alive, known, holds, claims, releases, served>>

Renew(s) ==
  /\ up /\ s \in alive \ believes /\ s \notin fenced
  /\ believes' = believes \cup {s}
  /\ UNCHANGED <<up, ring, history, owner, fenced, alive, known, holds, claims, releases, served>>

Fence(s) ==
  /\ up /\ s \notin fenced /\ s \notin believes /\ ring.members[s] # "out"
  /\ fenced' = fenced \cup {s}
  /\ UNCHANGED <<up, ring, history, owner, alive, believes, known, holds, claims, releases, served>>

-----------------------------------------------------------------------------
(* Shards. *)
MayRelease(s, k) == s \in believes /\ holds[s][k] # 0 /\ Place(known[s], k) # s

Release(s, k) ==
  LET r == [server |-> s, shard |-> k, epoch |-> holds[s][k]]
  IN /\ MayRelease(s, k) /\ r \notin releases
     /\ releases' = releases \cup {r}
     /\ holds' = IF StopFirst THEN [holds EXCEPT ![s][k] = 0] ELSE holds
     /\ UNCHANGED <<up, ring, history, owner, fenced, alive, believes, known, claims, served>>

LandRelease(r) ==
  /\ up /\ releases' = releases \ {r}
  /\ owner' = IF owner[r.shard] = [server |-> r.server, epoch |-> r.epoch]
              THEN [owner EXCEPT ![r.shard].server = Nobody] ELSE owner
  /\ UNCHANGED <<up, ring, history, fenced, alive, believes, known, holds, claims, served>>

MayClaim(s, k) ==
  /\ s \in believes /\ holds[s][k] = 0 /\ Place(known[s], k) = s
  /\ owner[k].server # s
  /\ ClaimFenced => owner[k].server = Nobody \/ owner[k].server \in fenced

Claim(s, k) ==
  /\ up /\ MayClaim(s, k)
  /\ \A c \in claims : ~(c.server = s /\ c.shard = k)
  /\ claims' = claims \cup {[server |-> s, shard |-> k, read |-> owner[k]]}
  /\ UNCHANGED <<up, ring, history, owner, fenced, alive, believes, known, holds, releases, served>>

(* Who has lost its lease meanwhile may get the shard; it then serves it only if it renews. *)
LandClaim(c) ==
  LET epoch == c.read.epoch + (IF EpochRises THEN 1 ELSE 0)
      lands == ClaimCas => owner[c.shard] = c.read
  IN /\ up /\ claims' = claims \ {c}
     /\ owner' = IF lands THEN [owner EXCEPT ![c.shard] = [server |-> c.server, epoch |-> epoch]] ELSE owner
     /\ holds' = IF lands /\ c.server \in alive THEN [holds EXCEPT ![c.server][c.shard] = epoch] ELSE holds
     /\ served' = IF lands THEN served \cup {[server |-> c.server, shard |-> c.shard, epoch |-> epoch]} ELSE served
     /\ UNCHANGED <<up, ring, history, fenced, alive, believes, known, releases>>

LoseStore ==
  /\ up /\ up' = FALSE
  /\ UNCHANGED <<ring, history, owner, fenced, alive, believes, known, holds, claims, releases, served>>
RegainStore ==
  /\ ~up /\ up' = TRUE
  /\ UNCHANGED <<ring, history, owner, fenced, alive, believes, known, holds, claims, releases, served>>

Next ==
  \/ \E s \in Servers :
       \/ Join(s) \/ Drain(s) \/ Leave(s) \/ Learn(s) \/ Opine(s)
       \/ Crash(s) \/ Expire(s) \/ Renew(s) \/ Fence(s)
       \/ \E by \in Servers : Remove(by, s)
       \/ \E k \in Shards : Release(s, k) \/ Claim(s, k)
  \/ \E r \in releases : LandRelease(r)
  \/ \E c \in claims : LandClaim(c)
  \/ LoseStore \/ RegainStore

Spec == Init /\ [][Next]_vars
Bound == \A k \in Shards : owner[k].epoch <= MaxEpoch

-----------------------------------------------------------------------------
OneOwner == \A k \in Shards : \A s, t \in believes : holds[s][k] # 0 /\ holds[t][k] # 0 => s = t
OneServerPerEpoch == \A a, b \in served : a.shard = b.shard /\ a.epoch = b.epoch => a.server = b.server
FencedIsOver == fenced \cap believes = {}

(* There is one history, and what servers hold is part of it. *)
OneHistory ==
  /\ \A v, w \in history : v.version = w.version => v = w
  /\ \A s \in Servers : known[s] \in history

(* When there is nothing left to learn, to fence, to remove, to land, to release or to claim, every shard is served
   at its place: no move gets stuck half way. *)
Quiet ==
  /\ up /\ claims = {} /\ releases = {} /\ Active(ring) # {}
  /\ \A s \in Servers : ring.members[s] # "out" => s \in believes /\ known[s] = ring
  /\ \A s \in Servers, k \in Shards : ~MayRelease(s, k) /\ ~MayClaim(s, k)
NobodyStuck == Quiet => \A k \in Shards : holds[Place(ring, k)][k] = owner[k].epoch

(* Properties of steps. *)
EpochsRise ==
  [][\A k \in Shards : /\ owner'[k].epoch >= owner[k].epoch
                       /\ owner'[k].server \notin {Nobody, owner[k].server} => owner'[k].epoch > owner[k].epoch]_vars
LostStoreMovesNothing == [][~up => UNCHANGED <<ring, owner, fenced>>]_vars

(* To be refuted: a whole life. *)
NeverMoved == ~(ring.version = MaxVersion /\ Quiet /\ \A k \in Shards : owner[k].epoch > 1)
=============================================================================
