package app.infinitestories.purchases;

import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.platform.firestore.Commits;
import app.infinitestories.platform.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.WriteBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what the law wants of somebody's purchases under another name: events, chains, codes and
 * what was decided about them. What stores add about the person goes.
 */
public final class RenameBuyer {
  private static final int PAGE = 200;
  private static final String PERSONAL = "subscriber_attributes";

  private final Firestore firestore;

  public RenameBuyer(Firestore firestore) {
    this.firestore = firestore;
  }

  /** Renames all there is; may be repeated. Returns how many documents it changed. */
  public int rename(String uid, String name) {
    int renamed = 0;
    for (Query naming : naming(uid)) {
      List<QueryDocumentSnapshot> page = page(naming);
      while (!page.isEmpty()) {
        rename(page, uid, name);
        renamed += page.size();
        page = page(naming);
      }
    }
    return renamed;
  }

  /** Documents that still have the uid. */
  public int count(String uid) {
    return naming(uid).stream().mapToInt(naming -> page(naming).size()).sum();
  }

  private List<Query> naming(String uid) {
    return List.of(
        firestore.collection("inbox").whereEqualTo("user", uid),
        firestore.collection("inbox").whereArrayContains("fromUsers", uid),
        firestore.collection("inbox").whereArrayContains("toUsers", uid),
        firestore.collection("purchases").whereArrayContains("path", uid),
        firestore.collection("magicTokens").whereEqualTo("redeemedBy", uid),
        firestore.collection("audit").whereArrayContains("users", uid),
        firestore.collection("audit").whereEqualTo("about", uid));
  }

  private static List<QueryDocumentSnapshot> page(Query query) {
    return on(query.limit(PAGE).get()).getDocuments();
  }

  private void rename(List<QueryDocumentSnapshot> page, String uid, String name) {
    WriteBatch batch = firestore.batch();
    for (QueryDocumentSnapshot document : page) {
      var fields = new HashMap<String, @Nullable Object>();
      document
          .getData()
          .forEach((field, value) ->
              fields.put(
                  field,
                  field.equals("raw") && value instanceof String raw
                      ? withoutPerson(raw).replace(uid, name)
                      : renamed(value, uid, name)));
      batch.update(
          document.getReference(), fields, Precondition.updatedAt(Commits.updateTime(document)));
    }
    on(batch.commit());
  }

  private static @Nullable Object renamed(@Nullable Object value, String uid, String name) {
    return switch (value) {
      case null -> null;
      case String text -> text.equals(uid) ? name : text;
      case List<?> list -> list.stream().map(each -> renamed(each, uid, name)).toList();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .filter(entry -> entry.getValue() != null)
              .collect(
                  Collectors.toMap(
                      entry -> entry.getKey().equals(uid) ? name : entry.getKey(),
                      entry -> Objects.requireNonNull(renamed(entry.getValue(), uid, name))));
      default -> value;
    };
  }

  /** A body as it came, without what the app told the store about its user. */
  private static String withoutPerson(String raw) {
    JsonNode body;
    try {
      body = Json.parse(raw);
    } catch (IllegalArgumentException notJson) {
      return raw;
    }
    body.findParents(PERSONAL).forEach(parent -> ((ObjectNode) parent).remove(PERSONAL));
    return body.toString();
  }
}
