package app.infinitestories.privacy;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.realtime.RealtimeNodes;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.QueueStore;
import app.infinitestories.userstories.UserStories;
import app.infinitestories.userstories.VideoStory;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.util.List;
import java.util.stream.Stream;

/** Deletes a story with its job, its media and its node; safe to repeat. */
public final class DeleteStory {
  private final Firestore firestore;
  private final QueueStore queue;
  private final UserStories stories;
  private final MediaStore media;
  private final RealtimeNodes nodes;
  private final ForgetPhotos forgetPhotos;

  public DeleteStory(
      Firestore firestore,
      QueueStore queue,
      UserStories stories,
      MediaStore media,
      RealtimeNodes nodes,
      ForgetPhotos forgetPhotos) {
    this.firestore = firestore;
    this.queue = queue;
    this.stories = stories;
    this.media = media;
    this.nodes = nodes;
    this.forgetPhotos = forgetPhotos;
  }

  /**
   * Deletes it.
   *
   * @throws Failure.NotFound for an unknown or a foreign story
   * @throws Failure.Conflict while it is still being made
   */
  public void delete(String uid, String id) {
    UserStories.Item item = stories.find(uid, id).orElseThrow(Failure.NotFound::new);
    if (item.job() != null && !item.job().state().isFinished()) {
      throw new Failure.Conflict(
          "The story is still being made: cancel it first.", item.job().state().shown());
    }
    // Media first: should this stop half-way, the documents still say what is left to delete.
    if (item.story() != null) {
      media(item.story()).forEach(media::delete);
    }
    forgetPhotos.now(id);
    media.deleteAll("jobs/" + id + "/");
    nodes.delete(List.of("queue/users/" + uid + "/jobs/" + id));
    // A push that was not sent yet would lead to a story that is gone.
    for (DocumentSnapshot told :
        on(firestore.collection("outbox").whereEqualTo("jobId", id).get()).getDocuments()) {
      on(told.getReference().delete());
    }
    on(firestore.recursiveDelete(queue.job(id)));
    on(firestore.collection("users").document(uid).collection("stories").document(id).delete());
  }

  private static List<String> media(VideoStory story) {
    return Stream.of(
            Stream.of(story.videoPath(), story.posterPath()),
            story.captions().stream().map(VideoStory.CaptionTrack::path),
            story.scenes().stream().map(VideoStory.Scene::imagePath))
        .flatMap(paths -> paths)
        .toList();
  }
}
