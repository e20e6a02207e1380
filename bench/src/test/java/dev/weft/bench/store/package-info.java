/** The command line with objects for files, against a server of S3. */
@NullMarked
package dev.weft.bench.store;

import org.jspecify.annotations.NullMarked;
