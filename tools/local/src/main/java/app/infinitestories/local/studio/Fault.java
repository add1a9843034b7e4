package app.infinitestories.local.studio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can go wrong on purpose. Each one is counted down; see {@link Faults} for how to order it.
 */
public enum Fault {
  /** A scene is drawn with a hero of other colours than the sheet's. */
  WRONG_HERO,
  /** A picture check says unsafe, or a moderated picture is flagged. */
  UNSAFE_PICTURE,
  /** Moderation answers 503. */
  RING_SILENT,
  /** A picture or chat is refused as a breach of the provider's policy (400). */
  REFUSAL,
  /** 429 with Retry-After. */
  RATE_LIMIT,
  /** 500; at Runway 503, its way to shed load. */
  SERVER_ERROR,
  /** The answer comes after {@link Latency#SLOW}. */
  SLOW,
  /** Structured output that breaks its schema. */
  INVALID_JSON,
  /** Structured output cut off in the middle, finish_reason length. */
  TRUNCATED,
  /** A clip that stays RUNNING for ever. */
  STUCK_TASK,
  /** A clip that stays THROTTLED for a while although there is room. */
  THROTTLED_TASK,
  /** A clip that ends FAILED, INTERNAL.BAD_OUTPUT.CODE01. */
  FAILED_TASK,
  /** A clip that ends FAILED, SAFETY.INPUT.IMAGE. */
  UNSAFE_TASK,
  /** The finished clip's URL answers 404. */
  LOST_OUTPUT,
  /** The work is done and counted, and the connection closes without an answer. */
  CUT_CONNECTION;

  /** The name used in settings: lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Fault> labelled(String label) {
    return Arrays.stream(values()).filter(fault -> fault.label().equals(label)).findFirst();
  }
}
