/**
 * The three kinds of failure that Weft reports: the caller's ({@link UsageException}), the
 * machine's ({@link DeviceException}) and our own ({@link InternalException}). Start from {@link
 * WeftException}. Every message says what was being done, the values seen, what is allowed and what
 * to do.
 */
@NullMarked
package dev.weft.core.error;

import org.jspecify.annotations.NullMarked;
