/**
 * Graphs that are to be drawn, whatever they are of: nodes, edges, and what is known of each. The
 * expressions, stages and tasks of arrays become such graphs, and so do tasks in the user's Java.
 * Knows no layout; a {@link dev.weft.core.picture.PictureDrawer} on the class path draws them.
 */
@NullMarked
package dev.weft.core.picture;

import org.jspecify.annotations.NullMarked;
