package app.infinitestories.ai;

import app.infinitestories.provider.Answer;

/** What a poll for a clip found. A refusal is a {@code ProviderException.Refused}. */
public sealed interface ClipProgress {
  /** Waiting or at work; {@code progress} from 0 to 1. */
  record Running(double progress) implements ClipProgress {}

  /** Made and copied: the provider's address would die. The sound is none, the film MP4. */
  record Ready(Answer<Media> film) implements ClipProgress {}

  /** The provider lost it by its own fault; one new submission is worth it. */
  record Lost(String failureCode) implements ClipProgress {}

  /** Somebody cancelled it; nothing comes any more. */
  record Cancelled() implements ClipProgress {}
}
