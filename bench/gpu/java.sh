# Sourced by check and compare: finds Weft and its tests of the module gpu, in an unpacked bundle (weft bundle
# --with-tests) or in a built checkout. Sets gpu_folder and the command up to the main class: gpu_java with what the tests
# of the module see, session_java with all devices of weft, the cores among them.

gpu_root=$(CDPATH='' cd -- "${BASH_SOURCE[0]%/*}/../.." && pwd -P) || exit 2
if [[ -z ${LC_ALL-}${LC_CTYPE-}${LANG-} ]]; then export LC_CTYPE=C.UTF-8; fi

gpu_flags=(--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow)
# NVRTC, where the bundle was made with it.
if [[ -d $gpu_root/lib/cuda ]]; then
  gpu_flags+=(-Dweft.cuda.libraries="${WEFT_CUDA_LIBRARIES:+$WEFT_CUDA_LIBRARIES:}$gpu_root/lib/cuda")
fi
if [[ -f $gpu_root/tests/gpu/classpath ]]; then
  gpu_folder=$gpu_root/tests/gpu
  gpu_classpath=$gpu_folder/classes
  while IFS= read -r gpu_entry; do
    gpu_classpath+=:$gpu_root/$gpu_entry
  done <"$gpu_folder/classpath"
  gpu_launcher=$(printf ':%s' "$gpu_root"/tests/lib/{junit-platform,open-test-reporting}-*.jar)
  gpu_java=("$gpu_root/java/bin/java" "${gpu_flags[@]}" -cp "$gpu_classpath$gpu_launcher")
  session_classpath=$gpu_classpath
  while IFS= read -r gpu_entry; do
    session_classpath+=:$gpu_root/lib/$gpu_entry
  done <"$gpu_root/lib/classpath"
  session_java=("$gpu_root/java/bin/java" "${gpu_flags[@]}" -cp "$session_classpath")
elif [[ -f $gpu_root/gpu/target/weft.tests ]]; then
  gpu_folder=$gpu_root/gpu
  . "$gpu_root/.mvn/find-jdk.sh"
  weft_find_jdk >/dev/null || {
    echo "bench/gpu: no JDK 25 found; JAVA_HOME or WEFT_JAVA_HOME names one" >&2
    exit 2
  }
  gpu_classpath=$gpu_folder/target/test-classes:$gpu_folder/target/classes:$(<"$gpu_folder/target/weft.tests")
  gpu_java=("$weft_jdk/bin/java" "${gpu_flags[@]}" -cp "$gpu_classpath")
  if [[ -f $gpu_root/cli/target/weft.dependencies ]]; then gpu_classpath+=:$(<"$gpu_root/cli/target/weft.dependencies"); fi
  session_java=("$weft_jdk/bin/java" "${gpu_flags[@]}" -cp "$gpu_classpath")
else
  echo "bench/gpu: there is neither a bundle with tests nor a build around $gpu_root." \
    "Run ./mvnw -Dfast -DskipTests package, or weft bundle --with-tests" >&2
  exit 2
fi
