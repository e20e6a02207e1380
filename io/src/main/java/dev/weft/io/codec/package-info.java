/** What the codecs of several formats have in common. */
@NullMarked
package dev.weft.io.codec;

import org.jspecify.annotations.NullMarked;
