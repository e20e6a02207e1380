/**
 * HDF5 files, those of netCDF-4 among them. jHDF reads what describes the data; every byte that it
 * asks for passes {@link dev.weft.io.hdf5.GuardedStorage}, which gives none beyond the file and not
 * without end. The data itself is read here, chunk by chunk. Start from {@link
 * dev.weft.io.hdf5.Hdf5File}.
 */
@NullMarked
package dev.weft.io.hdf5;

import org.jspecify.annotations.NullMarked;
