package app.infinitestories.safety;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The five age bands of the product: what a story may tell of, and in which words. */
public enum AgeBand {
  TODDLER("1-3", 1, 3),
  PRESCHOOL("4-6", 4, 6),
  PRIMARY("7-9", 7, 9),
  PRETEEN("10-12", 10, 12),
  TEEN("13-18", 13, 18);

  private final String text;
  private final int from;
  private final int to;

  AgeBand(String text, int from, int to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** The band as the API and the prompts write it, for example {@code 4-6}. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The band of an age in years, 1 to 18; IllegalArgumentException otherwise. */
  public static AgeBand ofAge(int years) {
    for (AgeBand band : values()) {
      if (years >= band.from && years <= band.to) {
        return band;
      }
    }
    throw new IllegalArgumentException("age must be from 1 to 18 years");
  }

  /** The band of its text; IllegalArgumentException for anything else. */
  @JsonCreator
  public static AgeBand ofText(String text) {
    for (AgeBand band : values()) {
      if (band.text.equals(text)) {
        return band;
      }
    }
    throw new IllegalArgumentException("not an age band");
  }
}
