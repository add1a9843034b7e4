package app.infinitestories.engagement;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Times.timestamp;
import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Pages of a list of marks. They go on after a time and an id instead of a number of entries, so
 * that marks that come and go meanwhile neither repeat nor hide one.
 */
final class MarkedPages {
  private MarkedPages() {}

  static List<Marked> newestFirst(Query marks, String time, int limit, Optional<Marked> after) {
    Query sorted =
        marks
            .orderBy(time, Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING);
    if (after.isPresent()) {
      sorted = sorted.startAfter(timestamp(after.get().at()), after.get().storyId());
    }
    return on(sorted.limit(limit).get()).getDocuments().stream()
        .map(document -> marked(document, time))
        .toList();
  }

  private static Marked marked(DocumentSnapshot document, String time) {
    return new Marked(
        instant(Objects.requireNonNull(document.getTimestamp(time), time)), document.getId());
  }
}
