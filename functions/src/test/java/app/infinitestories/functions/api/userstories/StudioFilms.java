package app.infinitestories.functions.api.userstories;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.ai.AiConfig;
import app.infinitestories.ai.openai.OpenAi;
import app.infinitestories.ai.openai.OpenAiIllustrator;
import app.infinitestories.ai.openai.OpenAiModerator;
import app.infinitestories.ai.openai.OpenAiNarrator;
import app.infinitestories.ai.openai.OpenAiStoryteller;
import app.infinitestories.ai.openai.OpenAiTranscriber;
import app.infinitestories.ai.runway.RunwayFilmmaker;
import app.infinitestories.film.FilmJoin;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.film.SceneCut;
import app.infinitestories.film.Speech;
import app.infinitestories.functions.api.InMemory;
import app.infinitestories.generation.Asking;
import app.infinitestories.generation.Casting;
import app.infinitestories.generation.ChildData;
import app.infinitestories.generation.Editing;
import app.infinitestories.generation.Filming;
import app.infinitestories.generation.Listening;
import app.infinitestories.generation.Narrating;
import app.infinitestories.generation.PictureModeration;
import app.infinitestories.generation.Publishing;
import app.infinitestories.generation.ScenePainting;
import app.infinitestories.generation.ScriptWriting;
import app.infinitestories.generation.StoryPipeline;
import app.infinitestories.generation.Translating;
import app.infinitestories.local.stack.LocalStack;
import app.infinitestories.local.studio.Call;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.platform.config.Environment;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.TermFilter;
import app.infinitestories.safety.TermPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The real pipeline of films before the offline studio. */
final class StudioFilms implements AutoCloseable {
  private final Studio studio = Studio.start(StudioSettings.quick());
  private final OpenAi openai;
  private final AiConfig config;

  StudioFilms() {
    var env =
        new Environment(
            Map.of(
                "OPENAI_BASE_URL",
                studio.openAiUrl(),
                "OPENAI_API_KEY",
                "sk-not-a-real-key",
                "RUNWAY_BASE_URL",
                studio.runwayUrl(),
                "RUNWAY_API_KEY",
                "key_not_a_real_key"));
    config = AiConfig.from(env);
    env.check();
    openai = new OpenAi(config.openai(), Clock.systemUTC());
  }

  StoryPipeline pipeline(InMemory.Bucket media, boolean childDataAllowed) {
    var storyteller = new OpenAiStoryteller(openai, config);
    var illustrator = new OpenAiIllustrator(openai, config);
    var moderator = new OpenAiModerator(openai, config);
    var childData = new ChildData(childDataAllowed);
    var moderation = new PictureModeration(media, moderator);
    var speech = new Speech();
    return new StoryPipeline(
        new Listening(media, speech, new OpenAiTranscriber(openai, config), childData),
        new Casting(media, new PhotoIntake(), illustrator, moderation, storyteller, childData),
        new ScriptWriting(storyteller, moderator, new TermPolicy(), childData),
        new ScenePainting(media, illustrator, moderation, storyteller, TermFilter.of("en")),
        new Asking(childData),
        new Translating(storyteller, moderator, new TermPolicy()),
        new Narrating(new OpenAiNarrator(openai, config), speech, childData),
        new Filming(media, new RunwayFilmmaker(config, Clock.systemUTC())),
        new Editing(media, speech, new SceneCut(), new FilmJoin(), childData),
        new Publishing(media, childData, Clock.systemUTC()));
  }

  /** How many calls of that path or schema the studio answered with success. */
  long calls(String pathOrSchema) {
    return studio.calls().stream()
        .filter(call -> call.method().equals("POST") && call.status() == 200)
        .filter(call -> is(call, pathOrSchema))
        .count();
  }

  private static boolean is(Call call, String pathOrSchema) {
    return call.path().endsWith(pathOrSchema) || pathOrSchema.equals(call.task());
  }

  /** Somebody who says that, as WAV; the studio knows its own voice again. */
  byte[] said(String words) {
    try {
      return new OpenAiNarrator(openai, config).read(words, "en", "nova").value().sound().bytes();
    } catch (ProviderException e) {
      throw new AssertionError(e);
    }
  }

  /** A photo that a camera took. */
  static byte[] photo() {
    return sample("photo-1.jpg");
  }

  private static byte[] sample(String name) {
    try (var in =
        Objects.requireNonNull(
            LocalStack.class.getResourceAsStream("/app/infinitestories/local/samples/" + name))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the cutting out, which is not what these tests are about: as if it were done. */
  static void withoutCutting(StoriesRig rig, String job, int revision) {
    String scratch = "jobs/" + job + "/work/";
    for (String name : List.of("film.mp4", "poster.jpg", "captions.vtt")) {
      rig.media.put(scratch + name, new byte[] {1}, "application/octet-stream");
    }
    String piece =
        "{\"path\":\"p\",\"lastFramePath\":\"p\",\"frames\":24,\"samples\":48000,\"startSample\":0}";
    for (String step : List.of("title-card", "cut-0", "cut-1", "cut-2", "end-card")) {
      done(rig, job, step + "@" + revision, piece);
    }
    done(
        rig,
        job,
        "assemble@" + revision,
        """
        {"title":"A Sample","filmPath":"%1$sfilm.mp4","posterPath":"%1$sposter.jpg",
         "captionsPath":"%1$scaptions.vtt","durationSeconds":45.0,
         "scenes":[{"startSeconds":0,"durationSeconds":15},{"startSeconds":15,"durationSeconds":15},
                   {"startSeconds":30,"durationSeconds":15}]}
        """
            .formatted(scratch));
  }

  private static void done(StoriesRig rig, String job, String key, String result) {
    var fields = new HashMap<String, Object>();
    fields.put("state", "done");
    fields.put("fence", 0L);
    fields.put("round", 1L);
    fields.put("estimateUsd", "0");
    fields.put("result", result);
    fields.put("cost", List.of());
    on(rig.queue.store().steps(job).document(key).set(fields));
  }

  @Override
  public void close() {
    openai.close();
    studio.close();
  }
}
