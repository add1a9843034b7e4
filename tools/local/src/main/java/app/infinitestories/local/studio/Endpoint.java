package app.infinitestories.local.studio;

import java.util.Locale;

/** The endpoints that faults and latencies are set for. */
public enum Endpoint {
  MODELS,
  CHAT,
  MODERATIONS,
  IMAGES,
  SPEECH,
  TRANSCRIPTIONS,
  CLIPS,
  TASKS,
  UPLOADS,
  OUTPUTS;

  /** The name by which {@link Faults} scopes a fault. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
