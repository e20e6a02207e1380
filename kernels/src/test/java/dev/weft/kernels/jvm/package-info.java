/**
 * Tests of generated loops: their values against the op table, and their outlines as golden text.
 */
@NullMarked
package dev.weft.kernels.jvm;

import org.jspecify.annotations.NullMarked;
