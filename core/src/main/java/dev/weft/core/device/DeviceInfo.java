package dev.weft.core.device;

import java.util.Map;

/**
 * What a device is, for people and for the planner.
 *
 * @param name such as {@code cpu} or {@code cuda:0}
 * @param description one line
 * @param parallelism launches that run at the same time
 * @param cacheBytes size of the cache next to one core; sizes chunks
 * @param details further facts in order, such as vector width, BLAS and reasons
 */
public record DeviceInfo(
    String name,
    String description,
    int parallelism,
    long cacheBytes,
    Map<String, String> details) {}
