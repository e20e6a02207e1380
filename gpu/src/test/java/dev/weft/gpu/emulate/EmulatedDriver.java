package dev.weft.gpu.emulate;

import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.driver.CudaDriver;
import dev.weft.gpu.driver.CudaError;
import dev.weft.gpu.driver.DriverDevice;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A GPU without a GPU: streams are threads, memory is behind addresses of its own, and machine code
 * is text that the host's compiler has compiled. Misuse that a GPU would answer with rubbish or
 * with a crash is written down, and ends the context where it would there.
 */
final class EmulatedDriver implements CudaDriver {
  private static final long PAGEABLE_ALIGNMENT = 64;

  private final HostKernels kernels;
  private final EmulatedMemory memory;
  private final boolean pools;
  private final ThreadLocal<Boolean> current = ThreadLocal.withInitial(() -> false);
  private final Set<EmulatedStream> streams = ConcurrentHashMap.newKeySet();
  private final Set<EmulatedEvent> events = ConcurrentHashMap.newKeySet();
  private final Set<EmulatedModule> modules = ConcurrentHashMap.newKeySet();
  private final Map<Long, EmulatedPinned> pinned = new ConcurrentHashMap<>();
  private final List<String> misuses = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable CudaError> loss = new AtomicReference<>();
  private final AtomicLong launches = new AtomicLong();
  private final StreamGate gate = new StreamGate();
  private volatile boolean open;

  EmulatedDriver(HostKernels kernels, long memoryBytes, boolean pools) {
    this.kernels = kernels;
    this.memory = new EmulatedMemory(memoryBytes);
    this.pools = pools;
  }

  // --- For tests. ---

  /** Makes every piece of work on a stream begin so much later. */
  void delay(long nanos) {
    gate.delay(nanos);
  }

  /** Lets nothing on any stream begin until {@link #resume}. */
  void pause() {
    gate.pause();
  }

  /** Lets work go on. */
  void resume() {
    gate.resume();
  }

  /** Waits until work of a stream may begin. */
  void await() {
    gate.await();
  }

  long launches() {
    return launches.get();
  }

  boolean isLost() {
    return loss.get() != null;
  }

  /** Ends the context, as an illegal address in a kernel does: asynchronously. */
  void lose(int code) {
    loss.compareAndSet(null, new CudaError("earlier work", code, "CUDA_ERROR_OF_A_TEST"));
  }

  void loseBy(Throwable failure) {
    misuses.add(failure.toString());
    lose(CudaError.ILLEGAL_ADDRESS);
  }

  /** What was done that must not be done; after closing, also what was not given back. */
  List<String> misuses() {
    return List.copyOf(misuses);
  }

  /** Ends the threads, when the driver was not closed in order. */
  void dispose() {
    streams.forEach(EmulatedStream::stop);
  }

  /** Puts a library's work on a stream: it sees so many bytes from each address on. */
  void enqueue(Stream stream, long[] addresses, long[] bytes, Consumer<MemorySegment[]> work) {
    EmulatedStream own = (EmulatedStream) stream;
    MemorySegment[] views = new MemorySegment[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      views[i] =
          EmulatedMemory.view(memory.of(addresses[i], bytes[i], own), addresses[i], bytes[i]);
    }
    own.add(() -> work.accept(views));
  }

  // --- The driver. ---

  @Override
  public DriverDevice device() {
    return new DriverDevice(
        0, "Emulated GPU", new Architecture(8, 0), memory.total(), 1, 0, 0, "0000:00:00.0");
  }

  private void check(String function) throws CudaError {
    CudaError lost = loss.get();
    if (lost != null) {
      throw new CudaError(function, lost.code(), "CUDA_ERROR_OF_A_TEST");
    }
    if (!current.get()) {
      throw misuse(function, CudaError.INVALID_CONTEXT, "the context is not current");
    }
  }

  private CudaError misuse(String function, int code, String reason) {
    misuses.add("%s: %s".formatted(function, reason));
    return new CudaError(function, code, "CUDA_ERROR_MISUSE: " + reason);
  }

  private EmulatedStream known(String function, Stream stream) throws CudaError {
    check(function);
    if (!(stream instanceof EmulatedStream own) || !streams.contains(own)) {
      throw misuse(function, CudaError.INVALID_HANDLE, stream + " is no stream, or was destroyed");
    }
    return own;
  }

  @Override
  public void open() {
    open = true;
    current.set(true);
  }

  @Override
  public void makeCurrent() throws CudaError {
    if (!open) {
      throw misuse("makeCurrent", CudaError.INVALID_CONTEXT, "the context was given back");
    }
    current.set(true);
  }

  @Override
  public void close() throws CudaError {
    if (!isLost()) {
      left("streams", streams.size());
      left("events", events.size());
      left("modules", modules.size());
      left("pieces of pinned memory", pinned.size());
      left("pieces of memory", memory.live());
    }
    open = false;
    dispose();
  }

  private void left(String what, long count) {
    if (count != 0) {
      misuses.add("close: %d %s were not given back".formatted(count, what));
    }
  }

  @Override
  public int attribute(int attribute) throws CudaError {
    check("attribute");
    return 1 << 20;
  }

  @Override
  public Memory memory() throws CudaError {
    check("memory");
    return new Memory(memory.free(), memory.total());
  }

  @Override
  public boolean streamOrdered() {
    return pools;
  }

  @Override
  public long allocate(long bytes, Stream stream) throws CudaError {
    EmulatedStream own = known("allocate", stream);
    long address = memory.allocate(bytes, own);
    if (!pools) {
      own.drain();
      memory.waitedFor(own);
    }
    return address;
  }

  @Override
  public void free(long address, Stream stream) throws CudaError {
    EmulatedStream own = known("free", stream);
    try {
      memory.free(address, own);
    } catch (IllegalStateException wrong) {
      throw misuse("free", CudaError.INVALID_VALUE, String.valueOf(wrong.getMessage()));
    }
  }

  @Override
  public void trim() throws CudaError {
    check("trim");
    memory.trim();
  }

  @Override
  public MemorySegment allocateHost(long bytes) throws CudaError {
    check("allocateHost");
    Arena arena = Arena.ofShared();
    MemorySegment made = arena.allocate(bytes, 4096);
    pinned.put(made.address(), new EmulatedPinned(arena, made, new AtomicInteger()));
    return made;
  }

  @Override
  public void freeHost(MemorySegment segment) throws CudaError {
    check("freeHost");
    EmulatedPinned known = pinned.remove(segment.address());
    if (known == null || known.pending().get() != 0) {
      throw misuse("freeHost", CudaError.INVALID_VALUE, segment + " is unknown or in use");
    }
    known.arena().close();
  }

  @Override
  public Stream stream() throws CudaError {
    check("stream");
    EmulatedStream stream = new EmulatedStream(this);
    streams.add(stream);
    return stream;
  }

  @Override
  public void synchronize(Stream stream) throws CudaError {
    EmulatedStream own = known("synchronize", stream);
    own.drain();
    memory.waitedFor(own);
    check("synchronize");
  }

  @Override
  public void destroy(Stream stream) throws CudaError {
    EmulatedStream own = known("destroy", stream);
    own.drain();
    streams.remove(own);
    own.stop();
  }

  @Override
  public Event event(boolean timed) throws CudaError {
    check("event");
    EmulatedEvent event = new EmulatedEvent();
    events.add(event);
    return event;
  }

  private EmulatedEvent known(String function, Event event) throws CudaError {
    check(function);
    if (!(event instanceof EmulatedEvent own) || !events.contains(own)) {
      throw misuse(function, CudaError.INVALID_HANDLE, event + " is no event, or was destroyed");
    }
    return own;
  }

  @Override
  public void record(Event event, Stream stream) throws CudaError {
    CompletableFuture<Long> reached = new CompletableFuture<>();
    known("record", event).nanos = reached;
    known("record", stream).add(() -> reached.complete(System.nanoTime()));
  }

  @Override
  public boolean happened(Event event) throws CudaError {
    return known("happened", event).nanos.isDone();
  }

  @Override
  public float milliseconds(Event from, Event to) throws CudaError {
    long nanos = known("milliseconds", to).nanos.join() - known("milliseconds", from).nanos.join();
    return nanos / 1e6f;
  }

  @Override
  public void destroy(Event event) throws CudaError {
    events.remove(known("destroy", event));
  }

  @Override
  public void copyIn(MemorySegment from, long to, long bytes, Stream stream) throws CudaError {
    EmulatedStream own = known("copyIn", stream);
    EmulatedMemory.Block block = block("copyIn", to, bytes, own);
    MemorySegment target = EmulatedMemory.view(block, to, bytes);
    EmulatedPinned known = pinned.get(from.address());
    MemorySegment source = from.asSlice(0, bytes);
    if (known == null) {
      // The driver has taken the bytes when it returns.
      source = Arena.ofAuto().allocate(bytes, PAGEABLE_ALIGNMENT).copyFrom(source);
    }
    MemorySegment taken = source;
    own.copy(block, known, () -> target.copyFrom(taken));
  }

  @Override
  public void copyOut(long from, MemorySegment to, long bytes, Stream stream) throws CudaError {
    EmulatedStream own = known("copyOut", stream);
    EmulatedMemory.Block block = block("copyOut", from, bytes, own);
    MemorySegment source = EmulatedMemory.view(block, from, bytes);
    MemorySegment target = to.asSlice(0, bytes);
    EmulatedPinned known = pinned.get(to.address());
    own.copy(block, known, () -> target.copyFrom(source));
    if (known == null) {
      own.drain();
    }
  }

  private EmulatedMemory.Block block(
      String function, long address, long bytes, EmulatedStream stream) throws CudaError {
    try {
      return memory.of(address, bytes, stream);
    } catch (IllegalStateException wrong) {
      throw misuse(function, CudaError.INVALID_VALUE, String.valueOf(wrong.getMessage()));
    }
  }

  @Override
  public Module load(byte[] cubin) throws CudaError {
    check("load");
    EmulatedModule module =
        new EmulatedModule(
            kernels.get(new String(cubin, StandardCharsets.UTF_8)), new AtomicInteger());
    modules.add(module);
    return module;
  }

  @Override
  public Function function(Module module, String name) throws CudaError {
    check("function");
    EmulatedModule own = (EmulatedModule) module;
    if (!own.code().has(name)) {
      throw new CudaError("function", CudaError.NOT_FOUND, "CUDA_ERROR_NOT_FOUND: " + name);
    }
    return new EmulatedModule.Entry(own, name);
  }

  @Override
  public void unload(Module module) throws CudaError {
    check("unload");
    EmulatedModule own = (EmulatedModule) module;
    if (!modules.remove(own) || own.pending().get() != 0) {
      throw misuse("unload", CudaError.INVALID_HANDLE, "the module is unknown or running");
    }
  }

  @Override
  public void launch(
      Function function,
      int grid,
      int chunks,
      int block,
      int sharedBytes,
      long[] words,
      Stream stream)
      throws CudaError {
    EmulatedStream own = known("launch", stream);
    EmulatedModule.Entry called = (EmulatedModule.Entry) function;
    if (!modules.contains(called.module())) {
      throw misuse("launch", CudaError.INVALID_HANDLE, called.name() + ": module was unloaded");
    }
    launches.incrementAndGet();
    EmulatedLaunch launch = EmulatedLaunch.of(memory, words, own);
    called.module().pending().incrementAndGet();
    own.add(() -> called.run(launch, grid, chunks, block, sharedBytes));
  }
}
