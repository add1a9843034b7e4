package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.catalog.Chapter;
import app.infinitestories.catalog.Edition;
import app.infinitestories.catalog.Scene;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.users.Profile;
import app.infinitestories.users.Profiles;
import app.infinitestories.userstories.VideoStory;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.storage.StorageException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes an edition for the catalogue of a finished film. A film shows a child's likeness and speaks
 * its name, so it comes in only by the hand of its owner: docs/decisions/0009.
 */
public final class ImportFilm {
  private static final int NOT_THERE = 404;

  private final Firestore firestore;
  private final Profiles profiles;
  private final MediaStore media;

  public ImportFilm(Firestore firestore, Profiles profiles, MediaStore media) {
    this.firestore = firestore;
    this.profiles = profiles;
    this.media = media;
  }

  /**
   * A film and how the catalogue is to show it.
   *
   * @param owner whose film it is
   * @param title null for the film's own
   */
  public record Order(
      String owner, String filmId, @Nullable String title, String summary, boolean premium) {}

  /**
   * Copies the film's media to {@code catalog/{catalogId}/…} and makes an edition of one chapter
   * with one scene, the film. Safe to repeat.
   *
   * @param importer who asks for it
   * @throws Failure.Forbidden CONSENT_REQUIRED unless the importer owns the film and their profile
   *     has the guardian's consent
   * @throws Failure.NotFound for an unknown or unfinished film
   */
  public Edition edition(String importer, Order order, String catalogId) {
    if (!order.owner().equals(importer)) {
      throw new Failure.Forbidden(
          FailureCode.CONSENT_REQUIRED, "Only films of your own account can be imported.");
    }
    VideoStory film = film(order);
    Profile profile = profiles.get(importer);
    if (profile.guardianConsentAt() == null) {
      throw new Failure.Forbidden(
          FailureCode.CONSENT_REQUIRED, "Your profile lacks the guardian's consent.");
    }
    String title = order.title() == null ? film.title() : order.title();
    String folder = "catalog/" + catalogId + "/";
    try {
      String poster = copied(film.posterPath(), folder);
      Scene scene =
          new Scene(
              "film",
              0,
              film.scenes().stream()
                  .map(VideoStory.Scene::text)
                  .collect(Collectors.joining("\n\n")),
              poster,
              copied(film.videoPath(), folder),
              null,
              captions(film).map(path -> copied(path, folder)).orElse(null),
              film.durationSeconds());
      Chapter chapter =
          new Chapter("film", 0, title, order.premium(), film.durationSeconds(), List.of(scene));
      return new Edition(
          catalogId,
          title,
          order.summary(),
          film.language(),
          film.genre(),
          film.ageBand(),
          poster,
          List.of(chapter));
    } catch (StorageException e) {
      if (e.getCode() == NOT_THERE) {
        throw new Failure.NotFound(); // deleted by its owner just now
      }
      throw e;
    }
  }

  private VideoStory film(Order order) {
    DocumentSnapshot document =
        on(
            firestore
                .collection("users")
                .document(order.owner())
                .collection("stories")
                .document(order.filmId())
                .get());
    if (!document.exists() || !"video".equals(document.getString("kind"))) {
      throw new Failure.NotFound();
    }
    return VideoStory.of(document);
  }

  private static Optional<String> captions(VideoStory film) {
    return film.captions().stream()
        .filter(track -> track.language().equals(film.language()))
        .map(VideoStory.CaptionTrack::path)
        .findFirst();
  }

  /** Media is named by its content: what is there is right, and the name tells of nobody. */
  private String copied(String path, String folder) {
    String to = folder + path.substring(path.lastIndexOf('/') + 1);
    if (media.stat(to).isEmpty()) {
      media.copy(path, to);
    }
    return to;
  }
}
