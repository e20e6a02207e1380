/**
 * Object stores that speak S3, by the AWS SDK: what makes {@code s3://bucket/key} a path. Nothing
 * here is named elsewhere; the JDK finds {@link dev.weft.s3.S3FileSystemProvider} on the class
 * path.
 */
@NullMarked
package dev.weft.s3;

import org.jspecify.annotations.NullMarked;
