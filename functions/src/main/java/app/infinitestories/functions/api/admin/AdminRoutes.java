package app.infinitestories.functions.api.admin;

import static app.infinitestories.functions.web.Authority.ADMIN;

import app.infinitestories.audit.AuditLog;
import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.Edition;
import app.infinitestories.catalog.PublishStory;
import app.infinitestories.catalog.Scene;
import app.infinitestories.functions.api.admin.EditStory.ChapterBody;
import app.infinitestories.functions.api.admin.EditStory.FilmBody;
import app.infinitestories.functions.api.admin.EditStory.SceneBody;
import app.infinitestories.functions.api.admin.EditStory.StoryBody;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.privacy.ImportFilm;
import app.infinitestories.ratelimit.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * {@code /api/v2/admin/catalog}: staff publish, hide and import stories. Every call is a row of the
 * audit log, also one that is refused.
 */
public final class AdminRoutes {
  private final PublishStory stories;
  private final ImportFilm films;
  private final MediaCheck media;
  private final AuditLog audit;
  private final Consumer<String> rankLanguage;

  /**
   * @param rankLanguage computes the discovery shelves of a language anew
   */
  public AdminRoutes(
      PublishStory stories,
      ImportFilm films,
      MediaStore media,
      AuditLog audit,
      Consumer<String> rankLanguage) {
    this.stories = stories;
    this.films = films;
    this.media = new MediaCheck(media);
    this.audit = audit;
    this.rankLanguage = rankLanguage;
  }

  /**
   * The routes.
   *
   * @param reserved ids under which readers could not reach a story, whose path is another route's
   */
  public RouteGroup reserving(Supplier<Set<String>> reserved) {
    return r -> mount(r, reserved);
  }

  private void mount(Routes r, Supplier<Set<String>> reserved) {
    r.put("/admin/catalog/stories/{storyId}")
        .auth(ADMIN)
        .limit(RateLimit.ADMIN)
        .body(EditStory.class)
        .returns(Status.OK, AdminStory.Edited.class)
        .fails(FailureCode.NOT_FOUND, FailureCode.CONSENT_REQUIRED)
        .to((call, body) -> edit(call, body, reserved));
  }

  private AdminStory.Edited edit(Call<User> call, EditStory body, Supplier<Set<String>> reserved) {
    String storyId = call.path("storyId");
    var by =
        new AuditLog.Entry(
            "catalog." + body.action(),
            call.user().uid(),
            Map.of("storyId", storyId, "requestId", call.requestId()));
    PublishStory.Outcome outcome;
    try {
      // whatever is on show under such an id can still be taken off
      if (!body.action().equals(EditStory.UNPUBLISH) && reserved.get().contains(storyId)) {
        throw new Failure.BadInput("storyId", "is the name of another route");
      }
      outcome = edited(storyId, call.user().uid(), body, by);
    } catch (Failure refused) {
      audit.write(by.with("refused", refused.code().name()));
      throw refused;
    }
    // Also when nothing changed: a call that died between the two is healed by its repetition.
    outcome.languages().forEach(rankLanguage);
    return AdminStory.of(outcome);
  }

  private PublishStory.Outcome edited(
      String storyId, String uid, EditStory body, AuditLog.Entry by) {
    StoryBody story = body.story();
    FilmBody film = body.film();
    if (film != null) {
      var order =
          new ImportFilm.Order(
              film.uid() == null ? uid : film.uid(),
              film.storyId(),
              film.title(),
              film.summary(),
              Boolean.TRUE.equals(film.premium()));
      return stories.publish(films.edition(uid, order, storyId), by.with("filmId", film.storyId()));
    }
    if (story != null) {
      media.check(story);
      return stories.publish(edition(storyId, story), by);
    }
    return stories.show(storyId, body.action().equals(EditStory.PUBLISH), by);
  }

  private static Edition edition(String storyId, StoryBody story) {
    return new Edition(
        storyId,
        story.title(),
        story.summary(),
        story.language(),
        story.genre(),
        story.ageBand(),
        story.posterKey(),
        IntStream.range(0, story.chapters().size())
            .mapToObj(index -> chapter(index, story.chapters().get(index)))
            .toList());
  }

  private static Chapter chapter(int index, ChapterBody body) {
    List<Scene> scenes = new ArrayList<>();
    for (SceneBody scene : body.scenes()) {
      scenes.add(
          new Scene(
              scene.id(),
              scenes.size(),
              scene.text(),
              scene.imageKey(),
              scene.videoKey(),
              scene.audioKey(),
              scene.captionsKey(),
              scene.durationSeconds()));
    }
    return new Chapter(
        body.id(),
        index,
        body.title(),
        Boolean.TRUE.equals(body.premium()),
        scenes.stream().mapToDouble(Scene::durationSeconds).sum(),
        scenes);
  }
}
