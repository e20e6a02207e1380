/**
 * Object stores for tests: {@link dev.weft.testkit.store.S3Server} is a server of S3 in a process
 * of its own, {@link dev.weft.testkit.store.FaultyProxy} stands before one and makes requests fail.
 */
@NullMarked
package dev.weft.testkit.store;

import org.jspecify.annotations.NullMarked;
