package app.infinitestories.notifications;

import com.google.cloud.firestore.DocumentSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told about one round of one job; created by the batch that ended it.
 *
 * @param id {@code {jobId}:{round}:{ready|failed}}
 * @param delivered devices that Cloud Messaging has already taken it for
 */
record OutboxEntry(
    String id,
    String uid,
    String jobId,
    long round,
    boolean failed,
    @Nullable String storyId,
    @Nullable String code,
    @Nullable String message,
    String state,
    List<String> delivered) {

  @SuppressWarnings("unchecked") // Firestore arrays come back untyped; ours holds strings.
  static OutboxEntry of(DocumentSnapshot document) {
    List<String> delivered = (List<String>) document.get("delivered");
    return new OutboxEntry(
        document.getId(),
        required(document, "uid"),
        required(document, "jobId"),
        round(document),
        document.getId().endsWith(":failed"),
        document.getString("storyId"),
        document.getString("code"),
        document.getString("message"),
        required(document, "state"),
        delivered == null ? List.of() : delivered);
  }

  private static long round(DocumentSnapshot document) {
    Long round = document.getLong("round");
    return round == null ? 1 : round;
  }

  private static String required(DocumentSnapshot document, String field) {
    String value = document.getString(field);
    if (value == null) {
      throw new IllegalStateException("outbox entry " + document.getId() + " has no " + field);
    }
    return value;
  }

  /** One visible notification per job, however often it is sent. */
  String collapseKey() {
    return "story-" + jobId;
  }

  /** The strings that the app gets; a link into the app, never a media address. */
  Map<String, String> data(String appLinkBase) {
    var data = new HashMap<String, String>();
    data.put("type", failed ? "story_failed" : "story_ready");
    data.put("jobId", jobId);
    String story = storyId == null ? jobId : storyId;
    data.put("storyId", story);
    data.put("url", appLinkBase + "/stories/" + story);
    if (failed) {
      data.put("code", code == null ? "INTERNAL" : code);
      data.put("message", message == null ? "" : message);
    }
    return data;
  }
}
