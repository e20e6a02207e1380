/** Files of arrays as a session sees them: it asks for one by its path and knows no formats. */
@NullMarked
package dev.weft.core.file;

import org.jspecify.annotations.NullMarked;
