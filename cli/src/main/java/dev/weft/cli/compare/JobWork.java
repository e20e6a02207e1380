package dev.weft.cli.compare;

import dev.weft.core.dtype.DType;
import org.jspecify.annotations.Nullable;

/**
 * What a job has to do, whatever device does it.
 *
 * @param bytes read from sources and written to results: what must be moved at least
 * @param additions the price of all operations, in additions
 * @param products multiplications and additions of matrix products, which are among them
 * @param productType the element type of the products; null where there are none
 */
public record JobWork(long bytes, double additions, double products, @Nullable DType productType) {}
