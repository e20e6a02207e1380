package dev.weft.core.plan;

/**
 * What one task does, wherever it runs.
 *
 * @param bytes read and written by the task
 * @param additions its arithmetic, in the unit of {@code ElementwiseOp.cost}
 */
public record TaskWork(long bytes, double additions) {}
