# Starling's commands. `make` alone lists them.

SERVERS := cassandra kafka redis envoy jdk17
CHECKERS := buf protos
JDK := $(shell sh dev-stack/servers/find-jdk.sh 25 99 javac)
export JAVA_HOME := $(JDK)
MVN := ./mvnw -B -ntp

.DEFAULT_GOAL := help
.PHONY: help
help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-12s %s\n", $$1, $$2 }'

.PHONY: jdk
jdk:
	@test -n "$(JDK)" || { echo "make: no JDK 25 (see above)" >&2; exit 1; }

# ---- Servers and checkers, in .tools/ ------------------------------------------------------------------------------

.PHONY: tools
tools: jdk ## Install the servers that run and test need into .tools/ (once)
	@$(MAKE) -s --no-print-directory -j4 $(SERVERS:%=.tools/%/ready)

.tools/maven: .mvn/wrapper/maven-wrapper.properties
	@mkdir -p .tools && ./mvnw -q --version >$@

.tools/%/ready: dev-stack/servers/install.sh | .tools/maven
	@sh dev-stack/servers/install.sh $*

.tools/cassandra/ready: dev-stack/servers/cassandra/pom.xml
.tools/kafka/ready: dev-stack/servers/kafka/pom.xml
.tools/protos/ready: pom.xml
