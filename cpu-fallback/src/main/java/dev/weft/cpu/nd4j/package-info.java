/**
 * The bridge to ND4J: arrays of one library seen by the other, without copying. Start from {@link
 * Nd4jArrays}. The only package that names ND4J; a program that does not use it never loads it.
 */
@NullMarked
package dev.weft.cpu.nd4j;

import org.jspecify.annotations.NullMarked;
