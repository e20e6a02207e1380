/**
 * From stages to tasks: which chunk of which stage needs which others, how many tasks there are and
 * how much memory they will take. {@link Plan} answers without listing tasks.
 */
@NullMarked
package dev.weft.core.plan;

import org.jspecify.annotations.NullMarked;
