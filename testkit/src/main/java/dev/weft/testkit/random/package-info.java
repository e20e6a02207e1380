/**
 * Random expressions beside a plain-Java mirror. {@link RandomExpressions} draws them from a seed;
 * each {@link Step} knows how the engine builds it and what plain loops say its elements are.
 */
@NullMarked
package dev.weft.testkit.random;

import org.jspecify.annotations.NullMarked;
