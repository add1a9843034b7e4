package app.infinitestories.local.studio.story;

/**
 * How sentences are built for an age: how many clauses are joined, and whether the richer clauses
 * are told.
 */
enum AgeBand {
  TODDLER(0, false),
  PRESCHOOL(1, false),
  EARLY_READER(2, false),
  READER(3, false),
  TEEN(3, true);

  /** How many of three possible joins between main clauses become one sentence. */
  final int joinsOfThree;

  /** Whether the clauses in angle brackets are told. */
  final boolean rich;

  AgeBand(int joinsOfThree, boolean rich) {
    this.joinsOfThree = joinsOfThree;
    this.rich = rich;
  }

  static AgeBand of(int years) {
    if (years <= 3) {
      return TODDLER;
    }
    if (years <= 6) {
      return PRESCHOOL;
    }
    if (years <= 9) {
      return EARLY_READER;
    }
    return years <= 12 ? READER : TEEN;
  }
}
