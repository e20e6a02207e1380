/**
 * Performs the scheduler's instructions on a device: {@link Execution} runs one job, {@link
 * TaskLauncher} turns a task into a launch, {@link JobMemory} knows where every array is, {@link
 * HostCombine} joins partial results in the fixed order.
 */
@NullMarked
package dev.weft.core.execute;

import dev.weft.core.launch.HostCombine;
import dev.weft.core.launch.TaskLauncher;
import dev.weft.core.memory.JobMemory;
import org.jspecify.annotations.NullMarked;
