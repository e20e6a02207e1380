/**
 * Jobs of arrays as graphs to be drawn: the expression as it was written, its stages, and its
 * tasks. Drawing is the business of {@link dev.weft.core.picture}; nothing is computed here.
 */
@NullMarked
package dev.weft.core.diagram;

import org.jspecify.annotations.NullMarked;
