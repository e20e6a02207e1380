/**
 * Performs the scheduler's instructions: {@link Execution} runs one job, on tasks and copies that
 * report how they ended; {@link JobRun} is a job from its plan to its results.
 */
@NullMarked
package dev.weft.core.execute;

import org.jspecify.annotations.NullMarked;
