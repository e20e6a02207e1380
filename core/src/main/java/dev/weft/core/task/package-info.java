/**
 * Tasks in the user's own Java: {@link dev.weft.core.task.Delayed} describes a call, {@link
 * dev.weft.core.task.TaskFuture} is one that has been started, {@link dev.weft.core.task.TaskRun}
 * runs a graph of them on the scheduler of array jobs. Arrays take part by way of {@link
 * dev.weft.core.task.LateInputs}; nothing here knows them.
 */
@NullMarked
package dev.weft.core.task;

import org.jspecify.annotations.NullMarked;
