/**
 * Values under keys such as {@code tas/c/0/1}: what a Zarr store is made of. {@link
 * dev.weft.io.zarr.store.FolderStore} keeps them as files of a folder, which no key leads out of,
 * {@link dev.weft.io.zarr.store.ObjectFolder} as objects of an object store.
 */
@NullMarked
package dev.weft.io.zarr.store;

import org.jspecify.annotations.NullMarked;
