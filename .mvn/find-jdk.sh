# Finds a JDK of release 25. Sourced by ./mvnw, ./weft and .ci/run; POSIX sh.
#
#   weft_find_jdk    sets weft_jdk to the home of a JDK 25, or prints what to install and returns 2
#
# Order: WEFT_JAVA_HOME, JAVA_HOME, then the folders in which packages and version managers put JDKs. A JDK is known by
# its `release` file (JAVA_VERSION="25…") and its bin/javac, so nothing is started while looking.

weft_is_jdk() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r weft_line; do
    case "$weft_line" in
      'JAVA_VERSION="25"'* | 'JAVA_VERSION="25.'* | 'JAVA_VERSION="25-'* | 'JAVA_VERSION="25+'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

weft_first_jdk() {
  for weft_candidate in "$@"; do
    if weft_is_jdk "$weft_candidate"; then
      weft_jdk=$weft_candidate
      return 0
    fi
  done
  return 1
}

# The JDK of the `java` on the path, through links; nothing where there is none.
weft_home_of_path() {
  weft_command=$(command -v java) && weft_command=$(readlink -f "$weft_command" 2>/dev/null) || return 0
  printf %s "${weft_command%/bin/java}"
}

weft_find_jdk() {
  weft_jdk=
  if [ -n "${WEFT_JAVA_HOME-}" ]; then
    weft_first_jdk "$WEFT_JAVA_HOME" && return 0
    echo "weft: WEFT_JAVA_HOME is $WEFT_JAVA_HOME, which is not a JDK 25; looking elsewhere" >&2
  fi
  weft_first_jdk "${JAVA_HOME-}" && return 0
  case $- in *f*) weft_noglob=1 ;; *) weft_noglob=0 ;; esac
  set +f
  weft_home=${HOME:-/nonexistent}
  weft_first_jdk \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/lib/jvm/* /opt/* /opt/java/* /opt/jdk/* \
    "$weft_home"/.sdkman/candidates/java/* "$weft_home"/.jdks/* "$weft_home"/.jabba/jdk/* \
    "${ASDF_DATA_DIR:-$weft_home/.asdf}"/installs/java/* \
    "${MISE_DATA_DIR:-$weft_home/.local/share/mise}"/installs/java/* \
    "${JENV_ROOT:-$weft_home/.jenv}"/versions/* "$weft_home"/.gradle/jdks/* "$weft_home"/.gradle/jdks/*/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$weft_home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec ||
    weft_first_jdk "$(weft_home_of_path)" || :
  [ "$weft_noglob" = 0 ] || set -f
  [ -z "$weft_jdk" ] || return 0
  cat >&2 <<'END'
weft: no JDK 25 found. Weft runs on Java 25. Install one, for instance Eclipse Temurin 25:
  Debian, Ubuntu   apt install temurin-25-jdk     (from https://packages.adoptium.net; Debian 13: openjdk-25-jdk)
  SDKMAN           sdk install java 25-tem
  macOS            brew install --cask temurin@25
If it is installed in an unusual place, set WEFT_JAVA_HOME to its folder.
END
  return 2
}
