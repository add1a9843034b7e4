package app.infinitestories.local.studio.speech;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The product's five languages, told apart by their commonest words. */
public enum Language {
  EN("en", "english", "the and of to was with he she his her in that it for on had is at from"),
  ES(
      "es",
      "spanish|español|castellano",
      "el la los las de que y en un una con por su se no para había era muy del"),
  FR(
      "fr",
      "french|français",
      "le la les des de et un une est dans que qui pour avec il elle son sa était au"),
  DE(
      "de",
      "german|deutsch",
      "der die das und ist ein eine mit zu den dem nicht war von sich auf es im ihr"),
  IT(
      "it",
      "italian|italiano",
      "il lo gli la e di che un una per con non era nel si sua suo della dei le");

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}]+");

  private final String code;
  private final Pattern name;
  private final ImmutableSet<String> common;

  Language(String code, String names, String common) {
    this.code = code;
    this.name = Pattern.compile("\\b(" + names + ")\\b", Pattern.CASE_INSENSITIVE);
    this.common = ImmutableSet.copyOf(common.split(" "));
  }

  public String code() {
    return code;
  }

  public static Optional<Language> ofCode(String code) {
    return Arrays.stream(values()).filter(language -> language.code.equals(code)).findFirst();
  }

  /** The language that the instructions name, else the one whose common words the text has most. */
  public static Language of(String text, String instructions) {
    Optional<Language> named =
        Arrays.stream(values()).filter(l -> l.name.matcher(instructions).find()).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    List<String> words = Arrays.asList(WORDS.split(text.toLowerCase(Locale.ROOT)));
    Language best = EN;
    long most = 0;
    for (Language language : values()) {
      long count = words.stream().filter(language.common::contains).count();
      if (count > most) {
        most = count;
        best = language;
      }
    }
    return best;
  }
}
