package app.infinitestories.film;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.film.TestMedia.Look;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FilmTest {
  private static final double FRAME = 1.0 / 24;
  private static final SceneCut CUT = new SceneCut();
  private static final List<Segment> SEGMENTS = new ArrayList<>();
  private static FilmJoin.Film film;
  private static List<Look> looks;
  private static SpokenAudio heard;

  /** Title, seven scenes of odd lengths that begin with a beep, and the end. */
  @BeforeAll
  static void cutAndJoin() {
    byte[] cover = PictureReader.png(TestMedia.picture(0, 768, 512));
    Segment last = CUT.titleCard("Der große Flug", "Für dich", cover);
    SEGMENTS.add(last);
    for (int i = 0; i < 7; i++) {
      SpokenAudio words =
          SpokenAudio.join(
              List.of(TestMedia.tone(0.4, 1000, 0.1), TestMedia.silence(0.417 + i * 0.031)),
              java.time.Duration.ZERO);
      byte[] picture = PictureReader.png(TestMedia.picture(i + 1, 768, 512));
      last = CUT.scene(new Scene(i, picture, List.of(), words, last.endSample(), last.lastFrame()));
      SEGMENTS.add(last);
    }
    last = CUT.endCard("Ende", cover, last.endSample(), last.lastFrame());
    SEGMENTS.add(last);
    film = new FilmJoin().join(SEGMENTS);
    looks = TestMedia.look(film.mp4());
    heard = new Speech().decode(film.mp4());
  }

  @Test
  void picturesAndSoundAreAsLongAsTheNarrations() {
    double narrated = SEGMENTS.getLast().endSample() / 48_000.0;

    assertEquals(looks.size(), film.frames());
    assertEquals(narrated, looks.size() * FRAME, FRAME);
    assertEquals(narrated, heard.length() / 48_000.0, FRAME);
    for (int i = 0; i < looks.size(); i++) {
      assertEquals(i * FRAME, looks.get(i).seconds(), 0.001);
    }
  }

  @Test
  void soundAndPicturesStayTogetherToTheLastScene() {
    int frame = 0;
    for (int i = 0; i < SEGMENTS.size(); i++) {
      Segment segment = SEGMENTS.get(i);
      double pictureStarts = frame * FRAME;
      double soundStarts = segment.startSample() / 48_000.0;
      assertEquals(soundStarts, pictureStarts, 0.021);
      if (i > 0 && i < SEGMENTS.size() - 1) {
        assertEquals(soundStarts, beepAfter(soundStarts - 0.1), 0.01);
      }
      frame += segment.frames();
    }
  }

  @Test
  void indexComesBeforeTheMedia() {
    List<String> atoms = atoms(film.mp4());

    assertEquals("ftyp", atoms.getFirst());
    assertTrue(atoms.indexOf("moov") < atoms.indexOf("mdat"), atoms.toString());
  }

  @Test
  void mostOfTheFilmMoves() {
    int moving = 0;
    for (int i = 12; i < looks.size(); i++) {
      if (looks.get(i).differenceTo(looks.get(i - 12)) > 1) {
        moving++;
      }
    }

    assertTrue(moving > 0.6 * looks.size(), moving + " of " + looks.size());
  }

  @Test
  void loudnessIsMinusSixteen() {
    assertEquals(-16, Loudness.integrated(List.of(heard)), 1);
    assertEquals(-16, film.loudnessLufs(), 0.3);
  }

  @Test
  void sceneFadesFromTheOneBefore() throws IOException {
    byte[] red = PictureReader.png(TestMedia.plain(Color.RED, 1280, 720));
    byte[] blue = PictureReader.png(TestMedia.plain(Color.BLUE, 640, 640));
    Segment scene = CUT.scene(new Scene(0, blue, List.of(), TestMedia.tone(1, 300, 0.1), 0, red));

    List<Look> frames = TestMedia.look(new FilmJoin().join(List.of(scene)).mp4());

    assertTrue(frames.get(0).red() > 200 && frames.get(0).blue() < 60);
    assertEquals(127, frames.get(6).red(), 40);
    assertEquals(127, frames.get(6).blue(), 40);
    assertTrue(frames.get(14).blue() > 220 && frames.get(14).red() < 30);
    int last = ImageIO.read(new ByteArrayInputStream(scene.lastFrame())).getRGB(600, 300);
    assertEquals(255, last & 255, 12);
  }

  @Test
  void clipsPlayOneAfterAnotherThenTheLastFramePushesIn() {
    byte[] red = TestMedia.clip(TestMedia.plain(Color.RED, 1280, 720), 0.5);
    byte[] spots = TestMedia.clip(TestMedia.picture(4, 1280, 720), 0.5);
    byte[] picture = PictureReader.png(TestMedia.plain(Color.GREEN, 1280, 720));

    Segment scene =
        CUT.scene(
            new Scene(
                0, picture, List.of(red, spots), TestMedia.tone(2, 300, 0.1), 0, new byte[0]));
    List<Look> frames = TestMedia.look(new FilmJoin().join(List.of(scene)).mp4());

    assertEquals(48, frames.size());
    assertTrue(frames.get(11).red() > 220);
    assertTrue(frames.get(12).differenceTo(frames.get(11)) > 10, "cut to the second clip");
    assertTrue(frames.get(47).differenceTo(frames.get(24)) > 1, "push-in");
    assertTrue(frames.get(25).differenceTo(frames.get(23)) < 4, "no jump into the push-in");
  }

  @Test
  void blackBarsOfAClipAreCutOff() {
    BufferedImage barred = TestMedia.plain(Color.BLACK, 1280, 720);
    Graphics2D pen = barred.createGraphics();
    pen.drawImage(TestMedia.plain(Color.WHITE, 900, 720), 190, 0, null);
    pen.dispose();
    byte[] clip = TestMedia.clip(barred, 0.3);
    byte[] picture = PictureReader.png(TestMedia.plain(Color.GREEN, 640, 360));

    Segment scene =
        CUT.scene(
            new Scene(0, picture, List.of(clip), TestMedia.tone(0.5, 300, 0.1), 0, new byte[0]));
    Look first = TestMedia.look(new FilmJoin().join(List.of(scene)).mp4()).getFirst();

    assertTrue((first.luma()[45 * 160] & 255) > 200, "left edge is white");
    assertTrue((first.luma()[45 * 160 + 159] & 255) > 200, "right edge is white");
  }

  @Test
  void brokenClipIsRefused() {
    Scene scene =
        new Scene(
            0,
            PictureReader.png(TestMedia.picture(1, 320, 180)),
            List.of("no clip".getBytes(StandardCharsets.UTF_8)),
            TestMedia.tone(1, 300, 0.1),
            0,
            new byte[0]);

    assertThrows(UnreadableMedia.class, () -> CUT.scene(scene));
  }

  @Test
  void segmentsInWrongOrderAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new FilmJoin().join(List.of(SEGMENTS.get(1), SEGMENTS.get(0))));
    assertThrows(IllegalArgumentException.class, () -> new FilmJoin().join(List.of()));
  }

  @Test
  void posterHasTheSizeOfTheFilm() throws IOException {
    byte[] jpeg = CUT.poster(PictureReader.png(TestMedia.picture(3, 500, 900)));

    BufferedImage poster = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertEquals(1280, poster.getWidth());
    assertEquals(720, poster.getHeight());
  }

  @Test
  void scenesAreCutSideBySide() throws Exception {
    Scene scene =
        new Scene(
            1,
            PictureReader.png(TestMedia.picture(2, 640, 360)),
            List.of(),
            TestMedia.tone(0.4, 300, 0.1),
            0,
            new byte[0]);
    byte[] alone = CUT.scene(scene).lastFrame();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Segment>> cuts = Collections.nCopies(4, () -> CUT.scene(scene));
      for (Future<Segment> cut : threads.invokeAll(cuts)) {
        assertArrayEquals(alone, cut.get().lastFrame());
      }
    }
  }

  @Test
  void cutIsRepeatable() {
    Scene scene =
        new Scene(
            2,
            PictureReader.png(TestMedia.picture(2, 640, 360)),
            List.of(),
            TestMedia.tone(0.4, 300, 0.1),
            96_000,
            new byte[0]);

    assertArrayEquals(CUT.scene(scene).lastFrame(), CUT.scene(scene).lastFrame());
  }

  private static double beepAfter(double seconds) {
    short[] samples = heard.toArray();
    for (int i = (int) (seconds * 48_000); i < samples.length; i++) {
      if (Math.abs(samples[i]) > 1500) {
        return i / 48_000.0;
      }
    }
    throw new AssertionError("no beep");
  }

  private static List<String> atoms(byte[] mp4) {
    List<String> atoms = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(mp4);
    for (int at = 0; at + 8 <= mp4.length; at += in.getInt(at)) {
      atoms.add(new String(mp4, at + 4, 4, StandardCharsets.US_ASCII));
    }
    return atoms;
  }
}
