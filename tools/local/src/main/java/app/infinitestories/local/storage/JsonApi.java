package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.storage.ObjectStore.Received;
import app.infinitestories.local.storage.StoredObject.ObjectSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The operations of the JSON API, each from a request to the resource it answers with. */
final class JsonApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_COMPONENTS = 32;
  private static final int PAGE = 1_000;

  /** Content headers, by the names that the JSON API gives them. */
  private static final Set<String> HEADERS =
      Set.of(
          "contentType",
          "cacheControl",
          "contentDisposition",
          "contentEncoding",
          "contentLanguage",
          "customTime");

  /** Sent back by clients that read an object and write it again; not theirs to set. */
  private static final Set<String> READ_ONLY =
      Set.of(
          "kind",
          "id",
          "selfLink",
          "mediaLink",
          "name",
          "bucket",
          "generation",
          "metageneration",
          "size",
          "md5Hash",
          "crc32c",
          "etag",
          "timeCreated",
          "updated",
          "timeStorageClassUpdated",
          "componentCount",
          "storageClass",
          "acl",
          "owner");

  private final ObjectStore store;

  JsonApi(ObjectStore store) {
    this.store = store;
  }

  ObjectNode bucket(String bucket) {
    if (!store.hasBucket(bucket)) {
      throw new StorageFault(404, "NoSuchBucket", "The specified bucket does not exist.");
    }
    return NODES
        .objectNode()
        .put("kind", "storage#bucket")
        .put("id", bucket)
        .put("name", bucket)
        .put("projectNumber", "1")
        .put("metageneration", "1")
        .put("location", "EU")
        .put("locationType", "multi-region")
        .put("storageClass", "STANDARD")
        .put("etag", "CAE=");
  }

  ObjectNode createBucket(JsonNode body) {
    var name = body.path("name").asText();
    store.createBucket(name);
    return bucket(name);
  }

  JsonNode list(String bucket, Query query, String host) {
    query.allowing(
        "prefix", "delimiter", "pageToken", "maxResults", "startOffset", "endOffset", "versions");
    var prefix = query.get("prefix").orElse("");
    var delimiter = query.get("delimiter").orElse("");
    int limit = (int) Math.min(PAGE, query.number("maxResults").orElse((long) PAGE));
    if (query.get("versions").filter("true"::equals).isPresent()) {
      throw StorageFault.notHere("versions of objects");
    }
    var objects = store.list(bucket).tailMap(query.get("startOffset").orElse(""), true);
    var after = query.get("pageToken").map(JsonApi::decodePageToken);
    if (after.isPresent()) {
      objects = objects.tailMap(after.get(), false);
    }
    var items = new ArrayList<StoredObject>();
    var prefixes = new TreeSet<String>();
    var last = "";
    var more = false;
    for (StoredObject object : objects.values()) {
      if (!object.name().startsWith(prefix)
          || query.get("endOffset").filter(end -> object.name().compareTo(end) >= 0).isPresent()) {
        continue;
      }
      int cut = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
      var folder = cut < 0 ? "" : object.name().substring(0, cut + delimiter.length());
      boolean known = cut >= 0 && prefixes.contains(folder);
      if (!known && items.size() + prefixes.size() == limit) {
        more = true;
        break;
      }
      if (cut < 0) {
        items.add(object);
      } else {
        prefixes.add(folder);
      }
      last = object.name();
    }
    var answer = NODES.objectNode().put("kind", "storage#objects");
    if (more) {
      answer.put("nextPageToken", Base64.getUrlEncoder().encodeToString(last.getBytes(UTF_8)));
    }
    if (!prefixes.isEmpty()) {
      var array = answer.putArray("prefixes");
      prefixes.forEach(array::add);
    }
    if (!items.isEmpty()) {
      var array = answer.putArray("items");
      items.forEach(object -> array.add(object.resource(host)));
    }
    return answer;
  }

  StoredObject patch(String bucket, String name, Query query, JsonNode body) {
    query.allowing("generation");
    var object = store.get(bucket, name, query.number("generation"), Preconditions.NONE);
    return store.update(bucket, name, merge(object.settings(), body), query.preconditions());
  }

  /** {@code uploadType=media}: the body is the object. */
  StoredObject simpleUpload(String bucket, Query query, HttpExchange exchange, InputStream body)
      throws IOException {
    var type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
    var settings =
        new ObjectSettings(type.map(t -> Map.of("contentType", t)).orElse(Map.of()), Map.of());
    return commit(
        bucket,
        query.require("name"),
        body,
        settings,
        query.preconditions(),
        Checksums.of(NODES.objectNode(), exchange));
  }

  /** {@code uploadType=multipart}: a part of metadata, then a part with the bytes. */
  StoredObject multipartUpload(String bucket, Query query, HttpExchange exchange, InputStream body)
      throws IOException {
    var parts = MultipartRelated.parse(exchange.getRequestHeaders().getFirst("Content-Type"), body);
    var metadata = JSON.readTree(parts.metadata());
    var settings = settings(metadata, Optional.ofNullable(parts.contentType()));
    var name = query.get("name").orElse(metadata.path("name").asText());
    return commit(
        bucket,
        name,
        new ByteArrayInputStream(parts.content()),
        settings,
        query.preconditions(),
        Checksums.of(metadata, exchange));
  }

  StoredObject compose(String bucket, String name, Query query, JsonNode body) throws IOException {
    query.allowing();
    var files = new ArrayList<InputStream>();
    int components = 0;
    var sources = body.path("sourceObjects");
    if (sources.isEmpty() || sources.size() > MAX_COMPONENTS) {
      throw StorageFault.invalid(
          "The number of source components provided (%d) must be between 1 and %d"
              .formatted(sources.size(), MAX_COMPONENTS));
    }
    for (JsonNode source : sources) {
      var generation = Optional.ofNullable(source.get("generation")).map(JsonNode::asLong);
      var match = source.path("objectPreconditions").path("ifGenerationMatch");
      var condition =
          match.isMissingNode()
              ? Preconditions.NONE
              : new Preconditions(Map.of("ifGenerationMatch", match.asLong()));
      var object = store.get(bucket, source.path("name").asText(), generation, condition);
      components += Math.max(1, object.components());
      files.add(Files.newInputStream(object.file()));
    }
    try (var all = new SequenceInputStream(Collections.enumeration(files))) {
      var received = store.receive(all, Long.MAX_VALUE);
      var settings = settings(body.path("destination"), Optional.empty());
      return store.commit(bucket, name, received, components, settings, query.preconditions());
    }
  }

  ObjectNode rewrite(
      String fromBucket,
      String from,
      String toBucket,
      String to,
      Query query,
      JsonNode body,
      String host)
      throws IOException {
    var object = copy(fromBucket, from, toBucket, to, query, body);
    var answer =
        NODES
            .objectNode()
            .put("kind", "storage#rewriteResponse")
            .put("totalBytesRewritten", Long.toString(object.size()))
            .put("objectSize", Long.toString(object.size()))
            .put("done", true);
    answer.set("resource", object.resource(host));
    return answer;
  }

  StoredObject copy(
      String fromBucket, String from, String toBucket, String to, Query query, JsonNode body)
      throws IOException {
    query.allowing(
        "sourceGeneration",
        "ifSourceGenerationMatch",
        "ifSourceGenerationNotMatch",
        "ifSourceMetagenerationMatch",
        "ifSourceMetagenerationNotMatch",
        "maxBytesRewrittenPerCall");
    var source =
        store.get(fromBucket, from, query.number("sourceGeneration"), query.sourcePreconditions());
    // An empty body keeps what the source says; any other replaces all of it.
    var settings = body.isEmpty() ? source.settings() : settings(body, Optional.empty());
    try (var bytes = Files.newInputStream(source.file())) {
      var received = store.receive(bytes, Long.MAX_VALUE);
      return store.commit(
          toBucket, to, received, source.components(), settings, query.preconditions());
    }
  }

  static ObjectSettings settings(JsonNode metadata, Optional<String> contentType) {
    var none = contentType.map(type -> Map.of("contentType", type)).orElse(Map.of());
    return merge(new ObjectSettings(none, Map.of()), metadata);
  }

  private static ObjectSettings merge(ObjectSettings before, JsonNode change) {
    var headers = new LinkedHashMap<>(before.headers());
    var custom = new LinkedHashMap<>(before.metadata());
    for (Map.Entry<String, JsonNode> field : change.properties()) {
      var value = field.getValue();
      if (HEADERS.contains(field.getKey())) {
        if (value.isNull()) {
          headers.remove(field.getKey());
        } else {
          headers.put(field.getKey(), value.asText());
        }
      } else if (field.getKey().equals("metadata")) {
        if (value.isNull()) {
          custom.clear();
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
          if (entry.getValue().isNull()) {
            custom.remove(entry.getKey());
          } else {
            custom.put(entry.getKey(), entry.getValue().asText());
          }
        }
      } else if (!READ_ONLY.contains(field.getKey())) {
        throw StorageFault.notHere("the object field " + field.getKey());
      }
    }
    return new ObjectSettings(Map.copyOf(headers), Map.copyOf(custom));
  }

  private StoredObject commit(
      String bucket,
      String name,
      InputStream body,
      ObjectSettings settings,
      Preconditions preconditions,
      Checksums expected)
      throws IOException {
    preconditions.check(store.find(bucket, name), false);
    Received received = store.receive(body, Long.MAX_VALUE);
    expected.check(received);
    return store.commit(bucket, name, received, 0, settings, preconditions);
  }

  private static String decodePageToken(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException e) {
      throw StorageFault.invalid("Invalid page token");
    }
  }
}
