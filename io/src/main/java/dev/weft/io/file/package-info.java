/**
 * The operations on files that formats are written against, so that a test can make any one of them
 * fail. Start from {@link dev.weft.io.file.FileOperations}. Knows nothing of formats.
 */
@NullMarked
package dev.weft.io.file;

import org.jspecify.annotations.NullMarked;
