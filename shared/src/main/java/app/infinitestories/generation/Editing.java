package app.infinitestories.generation;

import app.infinitestories.ai.Script;
import app.infinitestories.ai.SpokenScript;
import app.infinitestories.film.Captions;
import app.infinitestories.film.FilmJoin;
import app.infinitestories.film.Scene;
import app.infinitestories.film.SceneCut;
import app.infinitestories.film.Segment;
import app.infinitestories.film.Speech;
import app.infinitestories.film.SpokenAudio;
import app.infinitestories.film.TimedSentence;
import app.infinitestories.film.UnreadableMedia;
import app.infinitestories.jobs.StepContext;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.safety.HeroName;
import app.infinitestories.userstories.StoryOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts the film: one step per scene, so that no invocation comes near its deadline, then a join
 * that copies the pictures and encodes the sound once.
 */
public final class Editing {
  static final String ASSEMBLE = "assemble";

  private static final EventLog LOG = EventLog.of(Editing.class);
  private static final Duration SHORTEST_FILM = Duration.ofSeconds(45);

  private static final Map<String, String> THE_END =
      Map.of("en", "The End", "es", "Fin", "fr", "Fin", "de", "Ende", "it", "Fine");

  private final MediaStore media;
  private final Speech speech;
  private final SceneCut cutter;
  private final FilmJoin join;
  private final ChildData childData;

  public Editing(
      MediaStore media, Speech speech, SceneCut cutter, FilmJoin join, ChildData childData) {
    this.media = media;
    this.speech = speech;
    this.cutter = cutter;
    this.join = join;
    this.childData = childData;
  }

  /** A segment that a step has kept. */
  private record Piece(
      String path, String lastFramePath, int frames, int samples, long startSample) {
    long endSample() {
      return startSample + samples;
    }
  }

  /**
   * The step that cuts one scene; they go one after another, since each fades from the one before.
   */
  static String scene(int index) {
    return "cut-" + index;
  }

  /**
   * The film of those scenes.
   *
   * @param second what is spoken, in the language of the second captions
   */
  FilmCut cut(
      StoryOrder order,
      Script script,
      List<SceneMedia> scenes,
      Optional<SpokenScript> second,
      Steps steps) {
    String title = HeroName.reveal(script.title(), childData.spokenName(order));
    String dedication = order.dedication() == null ? "" : order.dedication();
    var pieces = new ArrayList<Piece>();
    pieces.add(
        steps.run(
            "title-card",
            Piece.class,
            step ->
                keep(
                    step,
                    cutter.titleCard(
                        title, dedication, media.read(scenes.getFirst().picture().path())))));
    for (SceneMedia scene : scenes) {
      var before = pieces.getLast();
      pieces.add(
          steps.run(
              scene(scene.scene().index()), Piece.class, step -> keep(step, cut(scene, before))));
    }
    var last = pieces.getLast();
    pieces.add(
        steps.run(
            "end-card",
            Piece.class,
            step ->
                keep(
                    step,
                    cutter.endCard(
                        THE_END.getOrDefault(order.language(), "The End"),
                        media.read(scenes.getLast().picture().path()),
                        last.endSample(),
                        media.read(last.lastFramePath()),
                        endLength(last.endSample())))));
    var translated = second.map(other -> revealed(other, childData.spokenName(order)));
    return steps.run(
        ASSEMBLE, FilmCut.class, step -> assemble(step, title, scenes, translated, pieces));
  }

  private FilmCut assemble(
      StepContext step,
      String title,
      List<SceneMedia> scenes,
      Optional<SpokenScript> second,
      List<Piece> pieces) {
    var film = join.join(pieces.stream().map(this::segment).toList());
    var sentences = new ArrayList<TimedSentence>();
    var times = new ArrayList<FilmCut.SceneTime>();
    for (SceneMedia scene : scenes) {
      var piece = pieces.get(scene.scene().index() + 1);
      long at = piece.startSample();
      for (Narration.SpokenSentence sentence : scene.narration().sentences()) {
        sentences.add(new TimedSentence(sentence.text(), time(at), time(at + sentence.samples())));
        at += sentence.samples();
      }
      times.add(new FilmCut.SceneTime(seconds(piece.startSample()), seconds(piece.samples())));
    }
    return new FilmCut(
        title,
        step.upload(film.mp4(), "mp4", "video/mp4"),
        step.upload(
            cutter.poster(media.read(scenes.getFirst().picture().path())), "jpg", "image/jpeg"),
        captions(step, sentences),
        second.map(other -> captions(step, inOtherWords(sentences, other))).orElse(null),
        film.duration().toMillis() / 1000.0,
        times);
  }

  private static String captions(StepContext step, List<TimedSentence> sentences) {
    return step.upload(
        Captions.webVtt(sentences).getBytes(java.nio.charset.StandardCharsets.UTF_8),
        "vtt",
        "text/vtt");
  }

  /** The same times over the sentences of another language. */
  private static List<TimedSentence> inOtherWords(
      List<TimedSentence> sentences, SpokenScript other) {
    List<String> words =
        other.scenes().stream().flatMap(scene -> scene.sentences().stream()).toList();
    if (words.size() != sentences.size()) {
      throw new IllegalStateException("captions of two languages must run side by side");
    }
    var timed = new ArrayList<TimedSentence>();
    for (TimedSentence sentence : sentences) {
      timed.add(new TimedSentence(words.get(timed.size()), sentence.start(), sentence.end()));
    }
    return timed;
  }

  private static SpokenScript revealed(SpokenScript script, String name) {
    return new SpokenScript(
        script.scenes().stream()
            .map(scene ->
                new SpokenScript.Scene(
                    scene.sentences().stream()
                        .map(sentence -> HeroName.reveal(sentence, name))
                        .toList()))
            .toList());
  }

  /** Long enough that even a few short scenes make a film of 45 seconds. */
  private static Duration endLength(long samplesBefore) {
    Duration missing = SHORTEST_FILM.minus(time(samplesBefore));
    return missing.compareTo(SceneCut.END_LENGTH) > 0 ? missing : SceneCut.END_LENGTH;
  }

  /** A scene whose clips turn out to be broken is cut from its picture with motion. */
  private Segment cut(SceneMedia scene, Piece before) {
    var clips = scene.clips().stream().map(clip -> media.read(clip.path())).toList();
    try {
      return cutter.scene(scene(scene, before, clips));
    } catch (UnreadableMedia e) {
      if (clips.isEmpty()) {
        throw e;
      }
      LOG.warn("clips.unreadable", "scene", scene.scene().index(), "why", e.getMessage());
      return cutter.scene(scene(scene, before, List.of()));
    }
  }

  private Scene scene(SceneMedia scene, Piece before, List<byte[]> clips) {
    return new Scene(
        scene.scene().index(),
        media.read(scene.picture().path()),
        clips,
        audio(scene),
        before.endSample(),
        media.read(before.lastFramePath()));
  }

  /** A scene's sentences one after another; each sound already ends in a short silence. */
  private SpokenAudio audio(SceneMedia scene) {
    return SpokenAudio.join(
        scene.narration().sentences().stream()
            .map(sentence -> speech.decode(media.read(sentence.path())))
            .toList(),
        Duration.ZERO);
  }

  private Piece keep(StepContext step, Segment segment) {
    return new Piece(
        step.upload(segment.media(), "mov", "video/quicktime"),
        step.upload(segment.lastFrame(), "png", "image/png"),
        segment.frames(),
        segment.samples(),
        segment.startSample());
  }

  private Segment segment(Piece piece) {
    return new Segment(
        media.read(piece.path()),
        media.read(piece.lastFramePath()),
        piece.frames(),
        piece.samples(),
        piece.startSample());
  }

  private static Duration time(long samples) {
    return Duration.ofNanos(samples * 1_000_000_000L / SpokenAudio.SAMPLE_RATE_HZ);
  }

  private static double seconds(long samples) {
    return Math.round(samples * 1000.0 / SpokenAudio.SAMPLE_RATE_HZ) / 1000.0;
  }
}
