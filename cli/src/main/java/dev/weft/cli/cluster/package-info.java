/**
 * One job on many machines: {@link dev.weft.cli.cluster.PlanFile} is the job as a file, {@link
 * dev.weft.cli.cluster.PlannedJob} plans it in any process, {@link
 * dev.weft.cli.cluster.SliceWorker} runs a slice with chunks that pass through a {@link
 * dev.weft.cli.cluster.FolderExchange}.
 */
@NullMarked
package dev.weft.cli.cluster;

import org.jspecify.annotations.NullMarked;
