/**
 * Object stores such as S3: {@link dev.weft.io.object.ObjectStore} is what Weft asks of one, and
 * modules bring one for each scheme. {@link dev.weft.io.object.Addresses} makes paths of {@code
 * s3://bucket/key}, which formats then read like those of files.
 */
@NullMarked
package dev.weft.io.object;

import org.jspecify.annotations.NullMarked;
