package dev.weft.core.place;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a task runs, and why. Reads like {@code cuda:0: inputs resident, 0.4 ms against 3.1 ms on
 * cpu}.
 *
 * @param device the place's name
 * @param cause what decided
 * @param moved bytes that must come to the device first
 * @param nanos time from the decision until the task has ended there
 * @param other the best of the other devices, null when there was none
 * @param otherNanos what {@code nanos} stands against
 * @param ignored the device that was asked for in vain, or null
 */
public record Placement(
    String device,
    Cause cause,
    long moved,
    double nanos,
    @Nullable String other,
    double otherNanos,
    @Nullable Ignored ignored) {

  /** A placement that goes against no hint. */
  public Placement(
      String device,
      Cause cause,
      long moved,
      double nanos,
      @Nullable String other,
      double otherNanos) {
    this(device, cause, moved, nanos, other, otherNanos, null);
  }

  /** What decided. */
  public enum Cause {
    /** The task is work of the host. */
    HOST_WORK,
    /** A hint asks for this device. */
    ASKED_FOR,
    /** No other device can run it. */
    ONLY_DEVICE,
    /** It ends first here. */
    EARLIEST,
    /** Another device is faster, but has more to do than this one needs for the task. */
    HELPS,
    /** Nothing ran, no device had room: here it may pass the limit. */
    LAST_RESORT
  }

  /** A device that was asked for and cannot be had, and why. */
  public record Ignored(String device, Why why) {
    /** Why a device cannot be had. */
    public enum Why {
      /** There is no such device, or an earlier job has lost it. */
      MISSING("is not in use"),
      /** It was lost in this job. */
      LOST("is lost"),
      /** It could not run the task, or not hold what it reads. */
      REFUSED("has refused it"),
      /** The task is work of the host. */
      HOST_WORK("cannot do work of the host"),
      /** It is there for work of the host only. */
      NO_KERNELS("runs no kernels in this session"),
      /** Its memory limit is below what the task takes. */
      TOO_SMALL("has too little memory for it"),
      /** Other chunks take its memory and cannot leave. */
      FULL("has no room for it");

      private final String text;

      Why(String text) {
        this.text = text;
      }
    }

    @Override
    public String toString() {
      return "asked for on " + device + ", which " + why.text;
    }
  }

  @Override
  public String toString() {
    return device
        + ": "
        + switch (cause) {
          case HOST_WORK -> "work of the host";
          case ASKED_FOR -> "asked for, " + inputs() + ", " + time(nanos);
          case ONLY_DEVICE -> "no other device can run it";
          case EARLIEST -> inputs() + ", " + time(nanos) + against();
          case HELPS -> inputs() + ", " + time(nanos) + " while the others have " + rest();
          case LAST_RESORT -> "no device has room for it, nothing else is running";
        }
        + (ignored == null ? "" : "; " + ignored);
  }

  private String inputs() {
    return moved == 0 ? "inputs resident" : "after " + bytes(moved) + " of inputs";
  }

  private String against() {
    return other == null ? "" : " against " + time(otherNanos) + " on " + other;
  }

  private String rest() {
    return time(otherNanos) + " of work left";
  }

  private static String time(double nanos) {
    return nanos < 1e5
        ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String bytes(long bytes) {
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }
}
