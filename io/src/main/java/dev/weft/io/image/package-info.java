/**
 * Images: PNG and TIFF. Headers are read and checked here, so that the size of an image is known
 * before memory is taken for it; pixels are decoded by the JDK's ImageIO, of the module {@code
 * java.desktop}, which not every Java has.
 */
@NullMarked
package dev.weft.io.image;

import org.jspecify.annotations.NullMarked;
