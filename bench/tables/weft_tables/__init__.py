"""The comparison of tables with other systems."""
