/**
 * Groups the nodes of an expression into stages: one kernel over one chunk grid each. {@link Fuser}
 * decides what is computed together and says for every array kept in memory why it is; {@link
 * StageGraph} is the result. Knows no devices and lists no tasks.
 */
@NullMarked
package dev.weft.core.fuse;

import org.jspecify.annotations.NullMarked;
