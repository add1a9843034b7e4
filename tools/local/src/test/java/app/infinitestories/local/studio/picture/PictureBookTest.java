package app.infinitestories.local.studio.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureBookTest {
  private static final List<String> SCENES =
      List.of(
          "a sunny meadow, the child waves, a fox beside it",
          "night in the forest, the child holds a lantern",
          "the bedroom at bedtime, sitting with a teddy",
          "the beach at sunset with a boat, walking",
          "underwater, swimming with a whale",
          "snowy mountains, worried, a bear",
          "a city street in the rain under an umbrella",
          "on the moon with a robot, surprised",
          "the castle at dawn, a dragon, proud",
          "reading a book in the library with a cat",
          "a cave with a treasure chest",
          "baking a cake in the kitchen with grandmother",
          "the classroom in the morning",
          "the garden with flowers and a hedgehog",
          "by the river under a rainbow",
          "desert dunes and a camel",
          "inside the rocket, looking at the stars",
          "the attic with a mirror and a key",
          "on the train, sleepy",
          "a starry snow field with an owl");

  @Test
  void aSheetGivesBackTheExactLook() throws IOException {
    for (HeroLook child : SamplePhotos.CHILDREN) {
      BufferedImage sheet = PictureBook.drawSheet(child, 3, 768, 512);

      assertEquals(Optional.of(child), PictureBook.lookFromSheet(png(sheet)));
      assertEquals(Optional.of(child), PictureBook.lookFromSheet(scaled(sheet, 512, 341)));
      assertEquals(Optional.of(child), PictureBook.lookFromSheet(scaled(sheet, 1100, 733)));
    }
  }

  @Test
  void anotherPictureIsNoSheet() {
    HeroLook child = SamplePhotos.CHILDREN.getFirst();

    assertEquals(
        Optional.empty(),
        PictureBook.lookFromSheet(PictureBook.drawScene("meadow", child, 1, 384, 256)));
    assertEquals(Optional.empty(), PictureBook.lookFromSheet(SamplePhotos.portrait(0)));
    assertEquals(
        Optional.empty(),
        PictureBook.lookFromSheet(new BufferedImage(10, 10, BufferedImage.TYPE_INT_RGB)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aPhotoGivesItsColours(int child) throws IOException {
    HeroLook drawn = SamplePhotos.CHILDREN.get(child);

    for (BufferedImage photo :
        List.of(
            sample(child), scaled(sample(child), 240, 300), scaled(sample(child), 1600, 2000))) {
      HeroLook look = PictureBook.lookFromPhoto(photo);

      assertClose(drawn.hair(), look.hair());
      assertClose(drawn.skin(), look.skin());
      assertClose(drawn.top(), look.top());
      assertEquals(ColourWords.cloth(drawn.top()), ColourWords.cloth(look.top()));
      assertEquals(drawn.style() == HairStyle.CURLY, look.style() == HairStyle.CURLY);
      assertEquals(drawn.style() == HairStyle.LONG, look.style() == HairStyle.LONG);
    }
  }

  @Test
  void everySceneShowsItsHeroAndNoOther() throws IOException {
    List<HeroLook> looks = new ArrayList<>();
    for (int child = 0; child < 3; child++) {
      looks.add(PictureBook.lookFromPhoto(sample(child)));
    }
    for (int i = 0; i < SCENES.size(); i++) {
      String scene = SCENES.get(i);
      for (HeroLook own : looks) {
        BufferedImage picture = PictureBook.drawScene(scene, own, i, 384, i % 3 == 0 ? 384 : 256);

        for (HeroLook look : looks) {
          assertEquals(look.equals(own), PictureBook.showsHero(picture, look), scene);
        }
        assertFalse(PictureBook.showsHero(picture, PictureBook.differing(own)), scene);
      }
      BufferedImage empty = PictureBook.drawScene(scene, null, i, 384, 256);
      looks.forEach(look -> assertFalse(PictureBook.showsHero(empty, look), scene));
    }
  }

  @Test
  void theCropToWideScreenKeepsTheHero() {
    HeroLook child = SamplePhotos.CHILDREN.get(1);
    for (long seed = 0; seed < 8; seed++) {
      BufferedImage square = PictureBook.drawScene("a meadow", child, seed, 480, 480);

      assertTrue(PictureBook.showsHero(PictureMemory.centre(square), child), "seed " + seed);
    }
  }

  @Test
  void sameArgumentsSamePixelsOtherSeedOtherPage() {
    HeroLook child = SamplePhotos.CHILDREN.get(2);
    BufferedImage page = PictureBook.drawScene("forest with a fox", child, 5, 384, 256);

    assertArrayEquals(
        pixels(page), pixels(PictureBook.drawScene("forest with a fox", child, 5, 384, 256)));
    assertTrue(
        difference(page, PictureBook.drawScene("forest with a fox", child, 6, 384, 256)) > 3);
    assertArrayEquals(
        pixels(PictureBook.drawSheet(child, 1, 384, 256)),
        pixels(PictureBook.drawSheet(child, 1, 384, 256)));
  }

  @ParameterizedTest
  @CsvSource({
    "a meadow at noon, a meadow at night",
    "a sunny meadow, a sunny beach",
    "a sunny meadow, a sunny meadow with a dragon",
    "a sunny meadow, a sunny meadow with a tent",
    "standing happy on a sunny meadow, waving worried on a sunny meadow",
    "a meadow at noon, a meadow at noon in the snow"
  })
  void wordsChangeThePage(String one, String other) {
    HeroLook child = SamplePhotos.CHILDREN.getFirst();

    assertTrue(
        difference(
                PictureBook.drawScene(one, child, 9, 384, 256),
                PictureBook.drawScene(other, child, 9, 384, 256))
            > 0.4);
  }

  @Test
  void everyWordOfTheVocabularyCanBeDrawn() {
    HeroLook child = SamplePhotos.CHILDREN.getFirst();
    List<String> vocabulary = new ArrayList<>();
    for (Place place : Place.values()) {
      vocabulary.add(place.words.split(" ", 2)[0]);
    }
    for (Prop prop : Prop.values()) {
      vocabulary.add("meadow noon " + prop.words.split(" ", 2)[0]);
    }
    for (Companion companion : Companion.values()) {
      vocabulary.add("meadow noon " + companion.words.split(" ", 2)[0]);
    }
    BufferedImage plain = PictureBook.drawScene("meadow noon", null, 4, 96, 64);
    for (String prompt : vocabulary) {
      assertTrue(
          difference(plain, PictureBook.drawScene(prompt.replace('-', ' '), null, 4, 96, 64)) > 0
              || prompt.equals("meadow"),
          prompt);
      assertTrue(
          PictureBook.showsHero(PictureBook.drawScene(prompt, child, 4, 216, 144), child), prompt);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'curly red hair, green eyes, yellow coat', curly red hair, green eyes, yellow coat",
    "'a girl with long blonde hair and a light blue dress', long straight blond hair, eyes, light blue dress",
    "'short black hair, dark skin, brown eyes, orange jumper', short black hair, brown eyes, orange jumper"
  })
  void wordsGiveALook(String text, String hair, String eyes, String clothes) {
    HeroLook look = PictureBook.lookFromText(text);

    assertEquals(hair, look.hairWords());
    assertTrue(look.eyesWords().endsWith(eyes), look.eyesWords());
    assertTrue(look.clothesWords().startsWith(clothes), look.clothesWords());
    assertEquals(look, PictureBook.lookFromText(text));
  }

  @Test
  void whatWordsLeaveOpenVaries() {
    assertNotEquals(
        PictureBook.lookFromText("a cheerful child"), PictureBook.lookFromText("a quiet child"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"push in", "pan left", "pan right", "pull back", "float", "walk", ""})
  void aClipBeginsOnItsPictureAndMoves(String motion) {
    HeroLook child = SamplePhotos.CHILDREN.getFirst();
    BufferedImage page = PictureBook.drawScene("meadow at noon, a fox", child, 2, 480, 320);
    BufferedImage cut = scaled(PictureMemory.centre(page), 320, 180);

    ClipScene clip = PictureBook.animate(page, motion, 320, 180);

    assertInstanceOf(LayeredClip.class, clip);
    assertTrue(difference(cut, frame(clip, 0)) < 3);
    assertTrue(difference(frame(clip, 1), frame(clip, 2)) > 1);
    assertTrue(difference(frame(clip, 0), frame(clip, 0.04)) < 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"push in", "pan left", "pull back", "float", ""})
  void aPictureDrawnElsewhereMovesToo(String motion) {
    BufferedImage picture = scaled(SamplePhotos.portrait(0), 640, 360);

    ClipScene clip = PictureBook.animate(picture, motion, 320, 180);

    assertInstanceOf(DriftingClip.class, clip);
    assertTrue(difference(scaled(picture, 320, 180), frame(clip, 0)) < 3);
    assertTrue(difference(frame(clip, 1), frame(clip, 2)) > 0.3);
    assertTrue(difference(frame(clip, 0), frame(clip, 0.04)) < 2);
  }

  @Test
  void ourPageIsKnownAgainAfterCroppingScalingAndJpeg() throws IOException {
    HeroLook child = SamplePhotos.CHILDREN.get(2);
    BufferedImage page = PictureBook.drawScene("castle at dawn, a dragon", child, 77, 480, 320);

    BufferedImage small = scaled(page, 384, 256);
    BufferedImage cut = scaled(PictureMemory.centre(page), 320, 180);

    assertInstanceOf(LayeredClip.class, PictureBook.animate(small, "", 320, 180));
    assertInstanceOf(LayeredClip.class, PictureBook.animate(cut, "", 320, 180));
    assertInstanceOf(LayeredClip.class, PictureBook.animate(encoded(page, "jpg"), "", 320, 180));
  }

  @Test
  void theMemoryIsBounded() {
    PictureMemory memory = new PictureMemory();
    BufferedImage first = PictureBook.drawScene("meadow", null, 1, 96, 64);
    Stage stage = PageComposer.compose("meadow", null, 1, 1500);
    memory.remember(first, stage);
    assertTrue(memory.find(first).isPresent());

    BufferedImage other = new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < PictureMemory.LIMIT; i++) {
      memory.remember(other, stage);
    }

    assertTrue(memory.find(first).isEmpty());
  }

  @Test
  void sampleOneCarriesAPositionAndSampleTwoLiesOnItsSide() throws IOException {
    byte[] one = bytes("photo-1.jpg");
    assertTrue(
        new String(one, java.nio.charset.StandardCharsets.ISO_8859_1).contains("Exif\0\0MM"));
    BufferedImage two =
        Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(bytes("photo-2.jpg"))));
    assertEquals(1000, two.getWidth());
    assertEquals(800, two.getHeight());
  }

  // ---- what the stories need

  /** The sample photo as a viewer that respects its orientation shows it. */
  private static BufferedImage sample(int child) throws IOException {
    BufferedImage stored =
        Objects.requireNonNull(
            ImageIO.read(new ByteArrayInputStream(bytes("photo-" + (child + 1) + ".jpg"))));
    if (stored.getWidth() < stored.getHeight()) {
      return stored;
    }
    BufferedImage upright =
        new BufferedImage(stored.getHeight(), stored.getWidth(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < stored.getHeight(); y++) {
      for (int x = 0; x < stored.getWidth(); x++) {
        upright.setRGB(stored.getHeight() - 1 - y, x, stored.getRGB(x, y));
      }
    }
    return upright;
  }

  private static byte[] bytes(String name) throws IOException {
    try (var in =
        Objects.requireNonNull(
            PictureBook.class.getResourceAsStream("/app/infinitestories/local/samples/" + name))) {
      return in.readAllBytes();
    }
  }

  private static void assertClose(Color expected, Color actual) {
    assertTrue(
        ColourWords.distance(expected, actual) < 60,
        "expected about " + expected + ", got " + actual);
  }

  private static BufferedImage png(BufferedImage image) throws IOException {
    return encoded(image, "png");
  }

  private static BufferedImage encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(out.toByteArray())));
  }

  private static BufferedImage scaled(BufferedImage image, int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = scaled.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return scaled;
  }

  private static BufferedImage frame(ClipScene clip, double seconds) {
    BufferedImage frame = new BufferedImage(320, 180, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = frame.createGraphics();
    clip.paint(g, seconds);
    g.dispose();
    return frame;
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  /** Mean absolute difference of a channel, in levels of 256. */
  private static double difference(BufferedImage a, BufferedImage b) {
    int[] p = pixels(a);
    int[] q = pixels(b);
    assertEquals(p.length, q.length);
    long sum = 0;
    for (int i = 0; i < p.length; i++) {
      for (int shift = 0; shift <= 16; shift += 8) {
        sum += Math.abs(((p[i] >> shift) & 255) - ((q[i] >> shift) & 255));
      }
    }
    return sum / (3.0 * p.length);
  }
}
