/**
 * Memory of last resort: a folder on disk that holds what the host has no room for, as a device
 * that runs nothing. Files are checked when they are read, belong to one session, and are removed
 * at its end; those of a process that was killed are removed by the next session that uses the
 * folder.
 */
@NullMarked
package dev.weft.core.spill;

import org.jspecify.annotations.NullMarked;
