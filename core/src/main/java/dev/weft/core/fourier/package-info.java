/**
 * Discrete Fourier transforms of any length: tables and loops over arrays of Java, without arrays
 * of Weft. Columns of many rows are transformed side by side, so that every inner loop goes along
 * rows; a single long line becomes such columns by cutting its length into two factors. All
 * arithmetic is float64.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.core.fourier;
