/**
 * NetCDF files: those of the classic formats, CDF-1, CDF-2 and CDF-5, are read and written here.
 * Those of netCDF-4 are HDF5 files.
 */
@NullMarked
package dev.weft.io.netcdf;

import org.jspecify.annotations.NullMarked;
