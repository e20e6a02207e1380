/**
 * A file system that fails when a test wants it to: give {@link
 * dev.weft.testkit.file.FaultyFileSystem#path} to whatever reads and writes files.
 */
@NullMarked
package dev.weft.testkit.file;

import org.jspecify.annotations.NullMarked;
