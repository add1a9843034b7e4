package app.infinitestories.notifications;

import com.google.cloud.firestore.DocumentSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be told: how one round of one job ended, created by the batch that ended it; or that
 * the month's quota runs out, created by the batch that used it.
 *
 * @param id {@code {jobId}:{round}:{ready|failed}} or {@code quota:{uid}:{period}:{percent}}
 * @param jobId the entry's own id where it is about no job
 * @param quota null for what is about a job
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
    List<String> delivered,
    @Nullable Quota quota) {

  /** How much of a period's quota is used; {@code used} and {@code limit} are stories. */
  record Quota(long percent, String period, long used, long limit) {}

  @SuppressWarnings("unchecked") // Firestore arrays come back untyped; ours holds strings.
  static OutboxEntry of(DocumentSnapshot document) {
    List<String> delivered = (List<String>) document.get("delivered");
    return new OutboxEntry(
        document.getId(),
        required(document, "uid"),
        "quota".equals(document.getString("kind")) ? document.getId() : required(document, "jobId"),
        round(document),
        document.getId().endsWith(":failed"),
        document.getString("storyId"),
        document.getString("code"),
        document.getString("message"),
        required(document, "state"),
        delivered == null ? List.of() : delivered,
        "quota".equals(document.getString("kind")) ? quota(document) : null);
  }

  private static Quota quota(DocumentSnapshot document) {
    return new Quota(
        number(document, "percent"),
        required(document, "period"),
        number(document, "used"),
        number(document, "limit"));
  }

  private static long number(DocumentSnapshot document, String field) {
    Long value = document.getLong(field);
    if (value == null) {
      throw new IllegalStateException("outbox entry " + document.getId() + " has no " + field);
    }
    return value;
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

  /** What it is about, as logs name it. */
  String kind() {
    if (quota != null) {
      return "quota";
    }
    return failed ? "failed" : "ready";
  }

  /** One visible notification per job or quota, however often it is sent. */
  String collapseKey() {
    return quota == null ? "story-" + jobId : "quota";
  }

  /** The strings that the app gets; a link into the app, never a media address. */
  Map<String, String> data(String appLinkBase) {
    var data = new HashMap<String, String>();
    if (quota != null) {
      data.put("type", "quota_alert");
      data.put("percent", Long.toString(quota.percent()));
      data.put("period", quota.period());
      data.put("url", appLinkBase + "/account");
      return data;
    }
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
