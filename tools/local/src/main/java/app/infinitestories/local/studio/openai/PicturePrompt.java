package app.infinitestories.local.studio.openai;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a picture's prompt asks for. Its first paragraph says what to draw; what follows a blank
 * line is about references and style, and may speak of a character sheet without wanting one.
 *
 * @param description the first paragraph
 * @param isSheet a character sheet is wanted
 * @param hasHero the hero is to be seen
 * @param look the part that tells how the hero looks, as far as it is marked; else the description
 */
record PicturePrompt(String description, boolean isSheet, boolean hasHero, String look) {
  private static final Pattern NOBODY =
      Pattern.compile(
          "\\b(no|without( any)?) (people|persons?|humans?|characters?|hero|one)\\b|\\bnobody\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LOOK =
      Pattern.compile("look in words:\\s*(.+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern HERO =
      Pattern.compile("\\{\\{HERO}}|\\bhero\\b|character sheet", Pattern.CASE_INSENSITIVE);

  static PicturePrompt read(String prompt) {
    String description = prompt.strip().split("\\n\\s*\\n", 2)[0];
    boolean sheet = description.toLowerCase(Locale.ROOT).contains("character sheet");
    Matcher look = LOOK.matcher(description);
    return new PicturePrompt(
        description,
        sheet,
        sheet || !NOBODY.matcher(description).find(),
        look.find() ? look.group(1) : description);
  }

  /** True if the prompt itself names the hero, which matters where no reference shows one. */
  boolean namesHero() {
    return hasHero && HERO.matcher(description).find();
  }
}
