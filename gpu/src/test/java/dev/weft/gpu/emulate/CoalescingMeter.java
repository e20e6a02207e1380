package dev.weft.gpu.emulate;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says how well kernels read and write global memory as a GPU moves it: in sectors of 32 bytes, for
 * the 32 threads of a warp at once.
 *
 * <p>The emulator runs the threads of a block one after the other, so what a warp does at once is
 * put together afterwards. {@link MeteredText} gives each place in the text that calls {@code
 * weft_load}, {@code weft_store} or their forms for packs a number, its site. A thread counts the
 * barriers that it has passed and, since the last of them, how often it came by each site. Accesses
 * of 32 neighbouring threads with the same site and both counts are one access of the warp. That is
 * what a GPU does as long as the threads of a warp make the same trips of a loop up to the last
 * that any of them makes, as they do in every kernel of Weft: a thread beyond the edge leaves out
 * the end of a loop or all of it. Where threads of a warp left out different trips in between,
 * accesses of different trips would be counted as one. Barriers bring them together again.
 *
 * <p>An access of a warp asks for the bytes of its distinct addresses, and moves the distinct
 * sectors that these lie in. Caches are left out: what a second access finds in one counts as
 * moved. So an operand of which a warp reads one element counts one sector for it.
 *
 * <p>Loads in flight are the loads of a thread that can be under way together, those between two
 * points over which the compiler cannot move a load: a store, a barrier, and the begin of a trip of
 * a loop, of every n-th trip where {@code #pragma unroll n} stands, of none where the loop is
 * unrolled as a whole. This is the mean over all loads. Branches are not seen as such points, as
 * short ones become predicates; nor are loads whose address depends on another load. A load is up
 * to 16 bytes.
 */
final class CoalescingMeter {
  private static final int COUNTS = 8;
  private static final FunctionDescriptor TAKE = FunctionDescriptor.ofVoid(ValueLayout.ADDRESS);

  private final Map<String, MemoryTraffic> traffic = new TreeMap<>();

  /** The function of a library that gives and forgets its counts. */
  MethodHandle reader(SymbolLookup library) {
    return Linker.nativeLinker().downcallHandle(library.findOrThrow("weft_meter_take"), TAKE);
  }

  /** Adds what a library has counted to an entry point. */
  synchronized void add(String entryPoint, MethodHandle reader) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counts = arena.allocate(ValueLayout.JAVA_LONG, COUNTS);
      reader.invokeExact(counts);
      traffic.merge(
          entryPoint, MemoryTraffic.of(counts.toArray(ValueLayout.JAVA_LONG)), MemoryTraffic::plus);
    }
  }

  /** What entry points moved since the last call, by name. */
  synchronized Map<String, MemoryTraffic> take() {
    Map<String, MemoryTraffic> taken = new TreeMap<>(traffic);
    traffic.clear();
    return taken;
  }
}
