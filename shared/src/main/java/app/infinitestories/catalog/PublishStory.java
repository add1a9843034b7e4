package app.infinitestories.catalog;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.audit.AuditLog;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.firestore.Commits;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts stories into the catalogue and takes them off the shelf. Story, chapters and the row of the
 * audit log change in one batch, so that no reader ever sees half an edition; what is as wanted
 * already is left alone.
 */
public final class PublishStory {
  /** Only other editors and the daily ranking get in between. */
  private static final int ATTEMPTS = 10;

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final Firestore firestore;
  private final CatalogPaths paths;
  private final AuditLog audit;
  private final Clock clock;

  public PublishStory(Firestore firestore, AuditLog audit, Clock clock) {
    this.firestore = firestore;
    this.paths = new CatalogPaths(firestore);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What became of a story.
   *
   * @param changed false if all was as wanted already: the revision is the same then
   * @param languages whose shelves are concerned: two if the story changed its language
   */
  public record Outcome(CatalogStory story, boolean changed, Set<String> languages) {}

  /** A story and what its chapters must become; no chapters if they stay as they are. */
  private record Wanted(CatalogStory story, Optional<List<Chapter>> chapters) {}

  private interface Editing {
    Wanted of(Optional<CatalogStory> before);
  }

  /** Publishes this edition; an earlier one is replaced, its chapters that are gone with it. */
  public Outcome publish(Edition edition, AuditLog.Entry by) {
    // Firestore keeps microseconds: what is answered is what will be read.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return edit(
        edition.id(),
        by,
        before -> new Wanted(edition.story(before, now), Optional.of(edition.chapters())));
  }

  /**
   * Puts a story back on show as it was, or hides it from everybody.
   *
   * @throws Failure.NotFound if there never was such a story
   */
  public Outcome show(String storyId, boolean published, AuditLog.Entry by) {
    return edit(
        storyId,
        by,
        before ->
            new Wanted(
                shown(before.orElseThrow(Failure.NotFound::new), published), Optional.empty()));
  }

  private Outcome edit(String storyId, AuditLog.Entry by, Editing editing) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      DocumentSnapshot document = on(paths.story(storyId).get());
      Optional<CatalogStory> before =
          Optional.of(document).filter(DocumentSnapshot::exists).map(CatalogStory::of);
      Wanted wanted = editing.of(before);
      // Chapters change with their story only, whose precondition therefore holds for them too.
      List<Chapter> chaptersBefore =
          before.isPresent() && wanted.chapters().isPresent() ? chapters(storyId) : List.of();
      List<Chapter> chapters = wanted.chapters().orElse(chaptersBefore);
      Set<String> languages =
          Stream.concat(before.stream(), Stream.of(wanted.story()))
              .map(CatalogStory::language)
              .collect(Collectors.toSet());
      if (before.equals(Optional.of(wanted.story())) && chapters.equals(chaptersBefore)) {
        audit.write(by.with("changed", false).with("revision", wanted.story().revision()));
        return new Outcome(wanted.story(), false, languages);
      }
      CatalogStory after = revised(wanted.story());
      if (commit(document, after, chapters, chaptersBefore, by)) {
        return new Outcome(after, true, languages);
      }
    }
    throw new Failure.Unavailable(TRY_AGAIN, null);
  }

  private List<Chapter> chapters(String storyId) {
    return on(paths.chapters(storyId).orderBy("index").get()).getDocuments().stream()
        .map(Chapter::of)
        .toList();
  }

  private boolean commit(
      DocumentSnapshot before,
      CatalogStory after,
      List<Chapter> chapters,
      List<Chapter> chaptersBefore,
      AuditLog.Entry by) {
    WriteBatch batch = firestore.batch();
    if (before.exists()) {
      batch.update(
          before.getReference(),
          editorial(after),
          Precondition.updatedAt(Commits.updateTime(before)));
    } else {
      batch.create(before.getReference(), after.toFields());
    }
    Set<String> staying = chapters.stream().map(Chapter::id).collect(Collectors.toSet());
    for (Chapter gone : chaptersBefore) {
      if (!staying.contains(gone.id())) {
        batch.delete(paths.chapter(after.id(), gone.id()));
      }
    }
    for (Chapter chapter : chapters) {
      if (!chaptersBefore.contains(chapter)) {
        batch.set(paths.chapter(after.id(), chapter.id()), chapter.toFields());
      }
    }
    DocumentReference row =
        audit.add(batch, by.with("changed", true).with("revision", after.revision()));
    return Commits.commit(batch, row, row.getId()) instanceof Commits.Outcome.Applied;
  }

  /** The editors' fields; the others are the ranking's, which writes them at the same time. */
  private static Map<String, Object> editorial(CatalogStory story) {
    Map<String, Object> fields = new HashMap<>(story.toFields());
    fields.remove("likes");
    fields.remove("popularity");
    return fields;
  }

  private static CatalogStory revised(CatalogStory story) {
    return copy(story, story.published(), story.revision() + 1);
  }

  private static CatalogStory shown(CatalogStory story, boolean published) {
    return copy(story, published, story.revision());
  }

  private static CatalogStory copy(CatalogStory story, boolean published, long revision) {
    return new CatalogStory(
        story.id(),
        story.title(),
        story.summary(),
        story.language(),
        story.genre(),
        story.ageBand(),
        story.premium(),
        story.posterPath(),
        story.chapters(),
        story.durationSeconds(),
        story.likes(),
        story.popularity(),
        story.publishedAt(),
        published,
        revision);
  }
}
