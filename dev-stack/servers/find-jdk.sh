#!/bin/sh
# Prints the home of a JDK whose major version lies in a range, or fails with a hint. JAVA_HOME comes first, then the
# java on PATH, then the usual folders.
#
# usage: find-jdk.sh LOWEST HIGHEST PROGRAM      PROGRAM: javac for a JDK, java for a runtime
lowest=$1
highest=$2
program=$3

fits() {
  [ -x "$1/bin/$program" ] || return 1
  version=$("$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] && [ "$version" -ge "$lowest" ] && [ "$version" -le "$highest" ]
}

on_path() {
  java=$(command -v java) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  dirname "$(dirname "$java")"
}

IFS='
'
for home in "${JAVA_HOME:-}" $(on_path) \
  $(ls -d /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* 2>/dev/null); do
  if [ -n "$home" ] && fits "$home"; then
    printf '%s\n' "$home"
    exit 0
  fi
done
echo "No JDK $lowest found in JAVA_HOME, on PATH or in the usual folders." >&2
echo "Get one: https://adoptium.net/temurin/releases/?version=$lowest, or 'sdk install java $lowest-tem', or your system's packages;" >&2
echo "then run make again, with JAVA_HOME set if it lies in an unusual place." >&2
exit 1
