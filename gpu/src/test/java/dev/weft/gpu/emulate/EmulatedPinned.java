package dev.weft.gpu.emulate;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** Pinned memory of the host, and how many copies use it now. */
record EmulatedPinned(Arena arena, MemorySegment memory, AtomicInteger pending) {}
