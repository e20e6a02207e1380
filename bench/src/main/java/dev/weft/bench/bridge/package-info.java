/**
 * The Java API for a process in another language: requests and answers are lines on the standard
 * streams, elements are raw bytes after a line. What is called is found by its Java name. Serves
 * the Array API test suite ({@code bench/array-api}) and the fuzzer ({@code bench/fuzz}).
 */
@NullMarked
package dev.weft.bench.bridge;

import org.jspecify.annotations.NullMarked;
