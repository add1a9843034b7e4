package app.infinitestories.notifications;

import java.util.Map;
import java.util.Objects;

/** The words of the pushes, in the languages of the product. They never name the child. */
final class PushTexts {
  private record Words(String title, String body) {}

  private static final Map<String, Words> READY =
      Map.of(
          "en", new Words("Your story is ready", "Snuggle up: the film has just arrived."),
          "es", new Words("Tu cuento está listo", "Poneos cómodos: la película acaba de llegar."),
          "fr", new Words("Votre histoire est prête", "Installez-vous : le film vient d'arriver."),
          "de",
              new Words("Eure Geschichte ist fertig", "Macht es euch gemütlich: Der Film ist da."),
          "it", new Words("La vostra storia è pronta", "Mettetevi comodi: il film è arrivato."));

  private static final Map<String, Words> FAILED =
      Map.of(
          "en", new Words("The story could not be made", "Nothing was charged. Tap to see why."),
          "es",
              new Words(
                  "No se pudo crear el cuento", "No se ha cobrado nada. Toca para ver por qué."),
          "fr",
              new Words(
                  "L'histoire n'a pas pu être créée",
                  "Rien n'a été débité. Touchez pour savoir pourquoi."),
          "de",
              new Words(
                  "Die Geschichte ist nicht gelungen",
                  "Es wurde nichts berechnet. Tippen, um zu sehen, warum."),
          "it",
              new Words(
                  "Non è stato possibile creare la storia",
                  "Non è stato addebitato nulla. Tocca per sapere perché."));

  private static final Map<String, Words> NEARLY =
      Map.of(
          "en", new Words("Most of this month's stories are told", "Few are left. Tap to see."),
          "es", new Words("Quedan pocos cuentos este mes", "Toca para ver cuántos."),
          "fr", new Words("Il reste peu d'histoires ce mois-ci", "Touchez pour voir combien."),
          "de",
              new Words(
                  "Für diesen Monat sind nur noch wenige Geschichten übrig",
                  "Tippen, um zu sehen, wie viele."),
          "it", new Words("Restano poche storie questo mese", "Tocca per vedere quante."));

  private static final Map<String, Words> USED_UP =
      Map.of(
          "en", new Words("This month's stories are all told", "More cost tokens. Tap to see."),
          "es", new Words("Se acabaron los cuentos de este mes", "Los demás cuestan fichas."),
          "fr",
              new Words(
                  "Toutes les histoires du mois sont racontées",
                  "Les suivantes coûtent des jetons."),
          "de", new Words("Die Geschichten dieses Monats sind erzählt", "Weitere kosten Tokens."),
          "it", new Words("Le storie di questo mese sono finite", "Le altre costano gettoni."));

  private PushTexts() {}

  /** The push of an outbox entry in a device's language, English for an unknown one. */
  static Push of(OutboxEntry entry, String language, String appLinkBase) {
    Words words = words(entry, language);
    return new Push(words.title(), words.body(), entry.data(appLinkBase), entry.collapseKey());
  }

  /** The same as a mail: a subject and a text with the link. */
  static Map<String, String> mail(OutboxEntry entry, String language, String appLinkBase) {
    Words words = words(entry, language);
    String url = String.valueOf(entry.data(appLinkBase).get("url"));
    return Map.of("subject", words.title(), "text", words.body() + "\n\n" + url);
  }

  private static Words words(OutboxEntry entry, String language) {
    Map<String, Words> texts = texts(entry);
    return Objects.requireNonNull(texts.get(texts.containsKey(language) ? language : "en"));
  }

  private static Map<String, Words> texts(OutboxEntry entry) {
    OutboxEntry.Quota quota = entry.quota();
    if (quota != null) {
      return quota.percent() < 100 ? NEARLY : USED_UP;
    }
    return entry.failed() ? FAILED : READY;
  }
}
