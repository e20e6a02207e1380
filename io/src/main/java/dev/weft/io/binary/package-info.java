/**
 * Numbers as files hold them: their types and byte orders, arrays that lie in a file without gaps
 * or record by record, and the file that is open meanwhile. Knows nothing of formats.
 */
@NullMarked
package dev.weft.io.binary;

import org.jspecify.annotations.NullMarked;
