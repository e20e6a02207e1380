/**
 * Micro benchmarks and the yardstick they are held against: loops written by hand with the Vector
 * API ({@link dev.weft.bench.micro.Loops64}, {@link dev.weft.bench.micro.Loops32}). {@code
 * bench/micro} runs them; what did not pay is in {@code bench/NOTES.md}.
 */
@NullMarked
package dev.weft.bench.micro;

import org.jspecify.annotations.NullMarked;
