package app.infinitestories.functions.api.userstories;

import app.infinitestories.userstories.VideoStory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A finished film as its owner sees it; media by signed addresses. */
record StoryAnswer(
    String id,
    String kind,
    String title,
    String language,
    String genre,
    String videoUrl,
    String posterUrl,
    List<CaptionTrack> captions,
    double durationSeconds,
    List<Scene> scenes,
    Instant createdAt) {

  /** Captions in one language. */
  record CaptionTrack(String language, String url) {}

  /** One scene of the film, times in seconds. */
  record Scene(
      int index, String text, String imageUrl, double startSeconds, double durationSeconds) {}

  static StoryAnswer of(VideoStory story, Function<String, URI> readUrl) {
    return new StoryAnswer(
        story.id(),
        "video",
        story.title(),
        story.language(),
        story.genre(),
        readUrl.apply(story.videoPath()).toString(),
        readUrl.apply(story.posterPath()).toString(),
        story.captions().stream()
            .map(
                track -> new CaptionTrack(track.language(), readUrl.apply(track.path()).toString()))
            .toList(),
        story.durationSeconds(),
        story.scenes().stream()
            .map(scene ->
                new Scene(
                    scene.index(),
                    scene.text(),
                    readUrl.apply(scene.imagePath()).toString(),
                    scene.startSeconds(),
                    scene.durationSeconds()))
            .toList(),
        story.createdAt());
  }
}
