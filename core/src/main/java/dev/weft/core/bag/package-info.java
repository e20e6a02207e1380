/**
 * Collections in partitions: {@link dev.weft.core.bag.Bag} describes work over elements of any
 * kind, partition by partition, as tasks of {@link dev.weft.core.task}.
 */
@NullMarked
package dev.weft.core.bag;

import org.jspecify.annotations.NullMarked;
