package app.infinitestories.safety;

/** A text to be checked, and for whom. It carries the hero's placeholder, not the name. */
public record CheckedText(AgeBand ageBand, String language, String text) {}
