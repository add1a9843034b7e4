package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "The “brave” fox’s tale – it’s true…",
        "¿Quién soñó? ¡La niña y el pingüino!",
        "L’été où Zoë a vu « l’œuf » à Noël, ça",
        "Größe, Übermut & „Äpfel“ für Jürgen: 100 %",
        "Perché l’orso è così – più su, là, città",
        "Łukasz, Şebnem, Čeněk, Ørjan, Ağa"
      })
  void everyLetterIsInTheFonts(String text) {
    for (Lettering lettering : List.of(Lettering.BOLD, Lettering.REGULAR)) {
      assertEquals(text, lettering.printable(text));
      for (char letter : text.replace(" ", "").toCharArray()) {
        var shape = lettering.centred(String.valueOf(letter), 100, 0, 0).getBounds2D();
        assertTrue(shape.getHeight() > 4, "no ink for " + letter);
        assertTrue(shape.getWidth() < 150 && shape.getMinY() > -130, "too large: " + letter);
      }
    }
  }

  @Test
  void accentsStandOverTheirLetter() {
    double plain = Lettering.BOLD.centred("e", 100, 0, 0).getBounds2D().getMinY();
    double accented = Lettering.BOLD.centred("é", 100, 0, 0).getBounds2D().getMinY();

    assertTrue(accented < plain - 10);
    assertEquals(Lettering.BOLD.width("e", 100), Lettering.BOLD.width("é", 100), 1);
  }

  @Test
  void whatTheFontLacksIsLeftOut() {
    assertEquals("Mia  A", Lettering.BOLD.printable("Mia 🦊\uFE0F\tA"));
    assertEquals("fi", Lettering.BOLD.printable("\uFB01"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mia",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverwaltung",
        "A very long title that goes on and on, over hills and far away, until at last nobody"
            + " remembers how it had begun, or whether there ever was a fox in it at all, or not"
      })
  void cardsOfAnyTextHaveInkInsideTheFrameOnly(String title) {
    Yuv frame = Yuv.ofFilm();
    try (Card card = new Card(title, "Für dich", TestMedia.plain(Color.BLACK, 640, 360), 72, 0)) {
      for (int i = 0; i < 20; i++) {
        card.next(frame);
      }
    }

    int paper = 0;
    for (int x = 440; x < 840; x++) {
      paper += (frame.y[360 * 1280 + x] & 255) > 150 ? 1 : 0;
    }
    assertTrue(paper > 150, "paper in the middle");
    for (int y = 0; y < 720; y++) {
      assertTrue((frame.y[y * 1280 + 40] & 255) < 60, "nothing at the left edge");
    }
    for (int x = 0; x < 1280; x++) {
      assertTrue((frame.y[12 * 1280 + x] & 255) < 60, "nothing at the top");
    }
  }

  @Test
  void theEndGoesDark() {
    Yuv frame = Yuv.ofFilm();
    try (Card card = new Card("Fin", "", TestMedia.plain(Color.WHITE, 640, 360), 24, 12)) {
      for (int i = 0; i < 24; i++) {
        card.next(frame);
      }
    }

    for (byte luma : frame.y) {
      assertEquals(Yuv.BLACK, luma, 2);
    }
  }
}
