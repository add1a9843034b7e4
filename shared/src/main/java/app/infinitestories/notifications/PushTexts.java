package app.infinitestories.notifications;

import java.util.Map;
import java.util.Objects;

/** The words of the two pushes, in the languages of the product. They never name the child. */
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

  private PushTexts() {}

  /** The push of an outbox entry in a device's language, English for an unknown one. */
  static Push of(OutboxEntry entry, String language, String appLinkBase) {
    Map<String, Words> texts = entry.failed() ? FAILED : READY;
    Words words = texts.get(texts.containsKey(language) ? language : "en");
    return new Push(
        Objects.requireNonNull(words).title(),
        words.body(),
        entry.data(appLinkBase),
        entry.collapseKey());
  }
}
