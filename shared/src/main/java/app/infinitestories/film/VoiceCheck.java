package app.infinitestories.film;

import java.time.Duration;

/** What {@link VoiceIntake} says of an uploaded recording. */
public sealed interface VoiceCheck {

  /** A clean MP3: one voice's sound, and nothing of where, when or by what it was recorded. */
  @SuppressWarnings("ArrayRecordComponent") // media is handed over, never compared
  record Usable(byte[] mp3, Duration length) implements VoiceCheck {}

  /** The recording cannot be used; the reason can be told to the parent. */
  record Unusable(Reason reason) implements VoiceCheck {}

  /** Why a recording is refused. */
  enum Reason {
    /** No bytes at all. */
    EMPTY,
    /** More than 10 MB. */
    TOO_MANY_BYTES,
    /** Neither MP3, MP4, WAV nor WebM by its first bytes. */
    UNSUPPORTED_FORMAT,
    /** More than a minute. */
    TOO_LONG,
    /** Less than half a second. */
    TOO_SHORT,
    /** Nothing to be heard. */
    SILENT,
    /** Cut off or broken, or without sound. */
    DAMAGED
  }
}
