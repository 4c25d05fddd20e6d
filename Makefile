# Starling's commands. `make` alone lists them.

SERVERS := cassandra kafka redis envoy jdk17
JAVA_HOME := $(shell sh dev-stack/servers/find-jdk.sh 25 99 javac)
export JAVA_HOME
MVN := ./mvnw -B -ntp
BUF := .tools/buf/node_modules/.bin/buf
RELEASED_API := api/released/starling.binpb

# Settings of `make run`, `make chat` and `make ring`.
BACKING ?= local
CHANNEL_SERVERS ?= 1
GATEWAYS ?= 1
USER ?= alice
SERVER ?= 127.0.0.1:7420
ARGS ?=

# Settings of `make bench`.
BENCH ?= --help
BENCH_ARGS ?=

# Settings of `make sim`.
SEEDS ?= 10000
SEED ?=

# Settings of `make chaos`.
CHAOS_MINUTES ?= 10
CHAOS_SEED ?= $(shell date +%s)
CHAOS_FAULTS ?=
CHAOS_JSON ?=

.DEFAULT_GOAL := help
.PHONY: help
help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

.PHONY: jdk
jdk:
	@test -n "$(JAVA_HOME)"

# ---- Tools, in .tools/ ---------------------------------------------------------------------------------------------

.PHONY: tools
tools: jdk ## Install the servers that run and test need into .tools/, once
	@$(MAKE) -s --no-print-directory -j4 $(SERVERS:%=.tools/%/ready)

.tools/maven: .mvn/wrapper/maven-wrapper.properties | jdk
	@mkdir -p .tools && ./mvnw -q --version >$@

.tools/%/ready: dev-stack/servers/install.sh | .tools/maven
	@sh dev-stack/servers/install.sh $*

.tools/cassandra/ready: dev-stack/servers/cassandra/pom.xml
.tools/kafka/ready: dev-stack/servers/kafka/pom.xml
.tools/protos/ready: pom.xml

# ---- Use -----------------------------------------------------------------------------------------------------------

.PHONY: build
build: jdk ## Build all that runs, without tests
	@echo "  build      Maven: all that runs …"
	@$(MVN) -q -T2 -Dmaven.test.skip -Dspotless.check.skip package -am \
	  -pl channel-server,armeria-gateway,clients/cli,dev-stack

.PHONY: run
run: $(if $(filter docker,$(BACKING)),,tools) build ## Start everything on this machine; CHANNEL_SERVERS=3 GATEWAYS=2 several; BACKING=docker: ScyllaDB and the rest from Docker
	@exec "$(JAVA_HOME)/bin/java" -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -Dlogback.configurationFile=chat/starling/devstack/logback.xml \
	  -cp "dev-stack/target/classes:$$(cat dev-stack/target/classpath)" \
	  chat.starling.devstack.Main --backing=$(BACKING) \
	  --channel-servers="$(CHANNEL_SERVERS)" --gateways="$(GATEWAYS)" $(ARGS)

.PHONY: chat
chat: jdk ## Chat in this terminal: make chat USER=alice
	@test -f clients/cli/target/classpath || $(MAKE) -s --no-print-directory build
	@exec "$(JAVA_HOME)/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -cp "clients/cli/target/classes:$$(cat clients/cli/target/classpath)" \
	  chat.starling.cli.Main chat --user "$(USER)" $(ARGS)

.PHONY: ring
ring: jdk ## Ask the channel servers how they are; SERVER=host:port names any of them, ARGS=--help lists more
	@test -f channel-server/target/classpath || $(MAKE) -s --no-print-directory build
	@exec "$(JAVA_HOME)/bin/java" -Xmx128m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -cp "channel-server/target/classes:$$(cat channel-server/target/classpath)" \
	  chat.starling.channel.operator.RingCommand --server "$(SERVER)" $(ARGS)

# ---- Proof ---------------------------------------------------------------------------------------------------------

.PHONY: test
test: tools ## Run every test, on real servers; a skipped test is a failure
	@$(MVN) -Dspotless.check.skip verify
	@sh dev-stack/servers/skipped-tests.sh
	@sh docs/spec/check.sh --quick

.PHONY: chaos
chaos: tools ## Let servers die, freeze and go away under load for CHAOS_MINUTES=10, and prove that nothing was lost; CHAOS_SEED, CHAOS_JSON=FILE
	@rm -f */target/failsafe-reports/failsafe-summary.xml # of an earlier run, which Maven would take for this one's
	@$(MVN) -q -Dspotless.check.skip verify -am -pl edge-envoy -Dtest=NONE -Dit.test=ChaosIT \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dstarling.chaos.minutes="$(CHAOS_MINUTES)" -Dstarling.chaos.seed="$(CHAOS_SEED)" \
	  -Dstarling.chaos.faults="$(CHAOS_FAULTS)" -Dstarling.chaos.json="$(abspath $(CHAOS_JSON))"

.PHONY: sim
sim: jdk .tools/maven ## Simulate whole clusters under faults: SEEDS=10000, or SEED=N to replay one
	@$(MVN) -q -Dspotless.check.skip -pl channel-server -am test -Dtest='ClusterSimulationTest,OwnershipSimulationTest' \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dstarling.seeds="$(SEEDS)" $(if $(SEED),-Dstarling.seed="$(SEED)")

.PHONY: spec
spec: jdk .tools/maven ## Check the protocol's models with TLC; every rule must prove needed (minutes)
	@sh docs/spec/check.sh

.PHONY: bench
bench: tools ## Measure on real servers: make bench BENCH=append|history|activation|boot|fanout|edge|latency|idle|passive|permissions [BENCH_ARGS=--help]
	@echo "  build      Maven: what is measured …"
	@$(MVN) -q -T2 -Dmaven.test.skip -Dspotless.check.skip package -am -pl channel-server,armeria-gateway,bench
	@cd bench && exec "$(JAVA_HOME)/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -XX:+UseCompactObjectHeaders -Dlogback.configurationFile=chat/starling/bench/logback.xml \
	  -cp "target/classes:$$(cat target/classpath)" \
	  chat.starling.bench.Main $(BENCH) $(BENCH_ARGS)

.PHONY: check
check: jdk .tools/buf/ready .tools/protos/ready ## Check format, scripts and protos; protos must stay compatible with the released ones
	@echo "  format     Java …" && $(MVN) -q spotless:check
	@echo "  files      scripts, YAML, line ends …" && sh dev-stack/servers/check-files.sh
	@echo "  protos     lint, and compatibility with $(RELEASED_API) …"
	@$(BUF) lint api/protos
	@$(BUF) breaking api/protos --exclude-imports --against $(RELEASED_API)

.PHONY: fmt
fmt: jdk ## Format the Java sources
	@$(MVN) -q spotless:apply

.PHONY: api-release
api-release: .tools/buf/ready .tools/protos/ready ## At a release only: freeze the protos that later ones must be compatible with
	@$(BUF) lint api/protos
	@mkdir -p $(dir $(RELEASED_API)) && $(BUF) build api/protos --exclude-source-info -o $(RELEASED_API)

.PHONY: clean
clean: ## Remove what was built; keeps .tools/ and the data in .starling/
	@find . -type d -name target -not -path './.tools/*' -prune -exec rm -rf {} +
