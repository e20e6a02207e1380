/**
 * Integer arithmetic over extents: {@link Shape}, chunk grids ({@link Chunks}), broadcasting,
 * rectangular {@link Region}s and affine index maps ({@link View}). Knows no values and no types.
 */
@NullMarked
package dev.weft.core.shape;

import org.jspecify.annotations.NullMarked;
