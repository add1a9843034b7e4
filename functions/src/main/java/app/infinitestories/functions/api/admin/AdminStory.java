package app.infinitestories.functions.api.admin;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.PublishStory;
import java.time.Instant;

/**
 * A story of the catalogue as its editors see it.
 *
 * @param revision counts the changes that editors made
 */
record AdminStory(
    String id,
    String title,
    String summary,
    String language,
    String genre,
    String ageBand,
    boolean premium,
    String posterKey,
    int chapterCount,
    double durationSeconds,
    boolean published,
    Instant publishedAt,
    long revision) {

  /** The answer: whether the request changed anything. */
  record Edited(AdminStory story, boolean changed) {}

  static Edited of(PublishStory.Outcome outcome) {
    CatalogStory story = outcome.story();
    return new Edited(
        new AdminStory(
            story.id(),
            story.title(),
            story.summary(),
            story.language(),
            story.genre(),
            story.ageBand(),
            story.premium(),
            story.posterPath(),
            story.chapterCount(),
            story.durationSeconds(),
            story.published(),
            story.publishedAt(),
            story.revision()),
        outcome.changed());
  }
}
