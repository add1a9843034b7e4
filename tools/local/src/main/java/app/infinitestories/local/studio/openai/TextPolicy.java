package app.infinitestories.local.studio.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A small policy of words that no children's story needs, in the product's five languages. It
 * stands in for the provider's judgement, so it is short and plain: whole words, with endings.
 */
final class TextPolicy {
  private static final Map<String, Pattern> CATEGORIES = new LinkedHashMap<>();

  static {
    category(
        "violence/graphic",
        "gore|gory|bloodbath|behead\\w*|decapitat\\w*|dismember\\w*|disembowel\\w*|massacre\\w*",
        "decapitar\\w*|descuartiz\\w*|masacre\\w*|sangriento\\w*",
        "décapit\\w*|démembr\\w*|sanglant\\w*",
        "enthaupt\\w*|zerstückel\\w*|massaker\\w*|blutbad\\w*",
        "decapit\\w*|smembra\\w*|massacro|sanguinos\\w*");
    category(
        "violence",
        "kill(s|ed|ing)?|murder\\w*|stab(s|bed|bing)?|shoot(s|ing)? (him|her|them)|gun(s|fire)?|rifle(s)?|pistol(s)?|grenade(s)?|bomb(s|ed|ing)?|torture\\w*",
        "matar|mató|asesin\\w*|pistola(s)?|fusil(es)?|granada(s)?|bomba(s)?|tortur\\w*|apuñal\\w*",
        "tuer|tué\\w*|assassin\\w*|meurtr\\w*|pistolet(s)?|fusil(s)?|bombe(s)?|poignard\\w*",
        "töten|tötet\\w*|ermord\\w*|mord|mörder\\w*|pistole(n)?|gewehr(e)?|bombe(n)?|folter\\w*|erschieß\\w*",
        "uccider\\w*|uccis\\w*|assassin\\w*|omicid\\w*|pistol\\w*|fucil\\w*|bomb[ae]|accoltell\\w*");
    category(
        "sexual",
        "sex(y|ual|ually)?|naked|nude(s)?|nudity|porn\\w*|erotic\\w*",
        "sexo|sexual(es)?|desnud\\w*|porno\\w*|erótic\\w*",
        "sexe|sexuel\\w*|nudité|porno\\w*|érotique\\w*",
        "sexuell\\w*|nackt\\w*|porno\\w*|erotisch\\w*",
        "sesso|sessual\\w*|nud[oaie]|erotic\\w*");
    category(
        "illicit",
        "cocaine|heroin(?!e)|drug(s|ged)?|meth|marijuana|vodka|whisky|whiskey|drunk|cigarette(s)?",
        "cocaína|heroína|droga(s)?|borrach\\w*|cigarrillo(s)?",
        "cocaïne|drogue\\w*|ivre(s)?|cigarette(s)?",
        "kokain|droge(n)?|betrunken\\w*|zigarette(n)?",
        "cocaina|drog(a|he)|ubriac\\w*|sigarett[ae]");
    category(
        "self-harm",
        "suicid\\w*|self-harm\\w*|cut(s|ting)? (my|him|her|them)sel\\w+|hang(s|ed)? (my|him|her|them)sel\\w+",
        "suicid\\w*|autolesi\\w*",
        "suicid\\w*|automutil\\w*",
        "selbstmord\\w*|suizid\\w*",
        "suicid\\w*|autolesion\\w*");
    category(
        "hate",
        "nazi(s)?|racial slur(s)?|ethnic cleansing",
        "limpieza étnica",
        "nettoyage ethnique",
        "rassenhass\\w*",
        "pulizia etnica");
  }

  private TextPolicy() {}

  private static void category(String name, String... languages) {
    String words = Stream.of(languages).collect(Collectors.joining("|"));
    CATEGORIES.put(
        name,
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS));
  }

  /** The first category that the text falls into, or empty if it may pass. */
  static Optional<String> breach(String text) {
    return CATEGORIES.entrySet().stream()
        .filter(entry -> entry.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  static boolean breaches(String category, String text) {
    Pattern pattern = CATEGORIES.get(category);
    return pattern != null && pattern.matcher(text).find();
  }
}
