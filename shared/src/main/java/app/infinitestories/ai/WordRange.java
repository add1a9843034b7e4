package app.infinitestories.ai;

/** How many words a scene may have, both ends included. */
public record WordRange(int min, int max) {
  /** The rule for every video story: 35 to 60 words are 15 to 25 seconds of speech. */
  public static final WordRange SCENE = new WordRange(35, 60);
}
