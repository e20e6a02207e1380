/**
 * What a job holds and where: the arrays of the host, the chunks of every place, what a task sees
 * of them, where results go, and what stays when the job is over.
 */
@NullMarked
package dev.weft.core.memory;

import org.jspecify.annotations.NullMarked;
