package app.infinitestories.local.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * One live object of a bucket: its bytes' file and everything that the service says of it.
 *
 * @param md5 base64; empty for a composed object, as in the service
 * @param crc32c base64, big-endian
 * @param components how many parts were composed; 0 for an object that was uploaded whole
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    Path file,
    long size,
    Optional<String> md5,
    String crc32c,
    int components,
    ObjectSettings settings,
    Instant created,
    Instant updated) {

  /** What a client may set: content headers by their JSON names, and custom metadata. */
  record ObjectSettings(Map<String, String> headers, Map<String, String> metadata) {
    static final ObjectSettings NONE = new ObjectSettings(Map.of(), Map.of());

    String contentType() {
      return headers.getOrDefault("contentType", "application/octet-stream");
    }
  }

  String etag() {
    return "\"" + Long.toString(generation, 36) + "-" + metageneration + "\"";
  }

  StoredObject with(ObjectSettings changed, Instant now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration + 1,
        file,
        size,
        md5,
        crc32c,
        components,
        changed,
        created,
        now);
  }

  /** The JSON API's Object resource. */
  ObjectNode resource(String host) {
    var path =
        "/b/"
            + bucket
            + "/o/"
            + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "storage#object")
            .put("id", bucket + "/" + name + "/" + generation)
            .put("selfLink", "http://" + host + "/storage/v1" + path)
            .put(
                "mediaLink",
                "http://%s/download/storage/v1%s?generation=%d&alt=media"
                    .formatted(host, path, generation))
            .put("name", name)
            .put("bucket", bucket)
            .put("generation", Long.toString(generation))
            .put("metageneration", Long.toString(metageneration))
            .put("storageClass", "STANDARD")
            .put("size", Long.toString(size))
            .put("crc32c", crc32c)
            .put("etag", etag())
            .put("timeCreated", time(created))
            .put("updated", time(updated))
            .put("timeStorageClassUpdated", time(created));
    md5.ifPresent(hash -> json.put("md5Hash", hash));
    if (components > 0) {
      json.put("componentCount", components);
    }
    settings.headers().forEach(json::put);
    if (!settings.metadata().isEmpty()) {
      var metadata = json.putObject("metadata");
      settings.metadata().forEach(metadata::put);
    }
    return json;
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
