package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.HttpPart;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.xml.XmlEscapers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cloud Storage on this machine, strict: tokens and signatures are checked, and what it does not
 * know it refuses. Objects live in a temporary folder that goes when it is stopped.
 */
public final class StorageStandIn extends HttpPart {
  private final Set<String> buckets;
  private final SampleServiceAccount account;
  private final OAuthStandIn oauth;
  private final Clock clock;
  private volatile Consumer<String> watcher = name -> {};
  private @Nullable Running running;

  private record Running(ObjectStore store, JsonApi json, XmlApi xml, ResumableUploads uploads) {}

  /**
   * @param buckets the buckets that exist from the start
   * @param account whose signatures open signed addresses
   * @param oauth whose access tokens open the rest
   */
  public StorageStandIn(
      int port,
      Set<String> buckets,
      SampleServiceAccount account,
      OAuthStandIn oauth,
      Clock clock) {
    super("storage", port);
    this.buckets = Set.copyOf(buckets);
    this.account = account;
    this.oauth = oauth;
    this.clock = clock;
  }

  /** From now on tells the name of each object that has arrived, before its sender is told. */
  public void watch(Consumer<String> newWatcher) {
    watcher = newWatcher;
  }

  @Override
  protected void onStart() {
    var store = new ObjectStore(buckets, clock, name -> watcher.accept(name));
    running =
        new Running(store, new JsonApi(store), new XmlApi(store), new ResumableUploads(store));
  }

  @Override
  protected void onStop() {
    var now = running;
    if (now != null) {
      now.store().close();
    }
  }

  @Override
  protected void handle(HttpExchange exchange) throws IOException {
    var now = running;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    var path = exchange.getRequestURI().getRawPath();
    boolean json =
        path.startsWith("/storage/v1/")
            || path.startsWith("/upload/storage/v1/")
            || path.startsWith("/download/storage/v1/");
    try {
      if (path.equals("/")) {
        send(exchange, 200, "text/plain", "Cloud Storage, local\n".getBytes(UTF_8));
      } else if (json) {
        handleJson(exchange, now, path);
      } else {
        handleXml(exchange, now, path);
      }
    } catch (StorageFault fault) {
      exchange.getRequestBody().skip(Long.MAX_VALUE);
      if (fault.status() == 304) {
        exchange.sendResponseHeaders(304, -1);
      } else if (json) {
        sendJson(exchange, fault.status(), jsonError(fault));
      } else {
        sendXmlError(exchange, fault);
      }
    }
  }

  private void handleXml(HttpExchange exchange, Running now, String path) throws IOException {
    int slash = path.indexOf('/', 1);
    if (slash < 0 || slash == path.length() - 1) {
      throw StorageFault.notHere("buckets by the XML API");
    }
    var query = Query.of(exchange.getRequestURI().getRawQuery());
    if (query.get("X-Goog-Signature").isPresent() || query.get("X-Goog-Algorithm").isPresent()) {
      new SignedUrl(account, clock).check(exchange, query);
    } else if (!oauth.accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new StorageFault(
          403, "AccessDenied", "Anonymous caller does not have access to the object.");
    }
    now.xml().handle(exchange, decode(path.substring(1, slash)), decode(path.substring(slash + 1)));
  }

  private void handleJson(HttpExchange exchange, Running now, String path) throws IOException {
    var query = Query.of(exchange.getRequestURI().getRawQuery());
    boolean upload = path.startsWith("/upload/");
    if (upload && query.get("upload_id").isPresent()) {
      resume(exchange, now, query); // the session's address is its own authority
      return;
    }
    if (!oauth.accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
      throw new StorageFault(401, "AuthenticationRequired", "Invalid Credentials");
    }
    var rest = path.substring(path.indexOf("/storage/v1/") + "/storage/v1/".length());
    var segments = Arrays.stream(rest.split("/", -1)).map(StorageStandIn::decode).toList();
    if (upload) {
      upload(exchange, now, query, segments);
    } else if (segments.size() <= 2) {
      buckets(exchange, now, query, segments);
    } else {
      objects(exchange, now, query, segments);
    }
  }

  private void buckets(HttpExchange exchange, Running now, Query query, List<String> segments)
      throws IOException {
    var method = method(exchange);
    if (!segments.getFirst().equals("b")) {
      throw StorageFault.notHere(exchange.getRequestURI().getPath());
    } else if (segments.size() == 2 && method.equals("GET")) {
      query.allowing();
      answer(exchange, query, now.json().bucket(segments.get(1)));
    } else if (segments.size() == 1 && method.equals("POST")) {
      query.allowing("project");
      answer(exchange, query, now.json().createBucket(JSON.readTree(body(exchange))));
    } else {
      throw StorageFault.notHere(method + " on buckets");
    }
  }

  private void objects(HttpExchange exchange, Running now, Query query, List<String> segments)
      throws IOException {
    var method = method(exchange);
    var bucket = segments.get(1);
    var name = segments.size() > 3 ? segments.get(3) : "";
    var operation =
        method + " " + (segments.size() > 4 ? segments.get(4) : name.isEmpty() ? "list" : "object");
    switch (operation) {
      case "GET list" -> answer(exchange, query, now.json().list(bucket, query, host()));
      case "GET object" -> {
        query.allowing("generation");
        var object =
            now.store().get(bucket, name, query.number("generation"), query.preconditions());
        if (query.get("alt").filter("media"::equals).isPresent()) {
          Download.send(exchange, object);
        } else {
          answer(exchange, query, object.resource(host()));
        }
      }
      case "PATCH object" -> {
        var object = now.json().patch(bucket, name, query, JSON.readTree(body(exchange)));
        answer(exchange, query, object.resource(host()));
      }
      case "DELETE object" -> {
        query.allowing("generation");
        now.store().delete(bucket, name, query.number("generation"), query.preconditions());
        exchange.sendResponseHeaders(204, -1);
      }
      case "POST compose" -> {
        var object = now.json().compose(bucket, name, query, JSON.readTree(body(exchange)));
        answer(exchange, query, object.resource(host()));
      }
      case "POST rewriteTo" ->
          answer(
              exchange,
              query,
              now.json()
                  .rewrite(
                      bucket,
                      name,
                      segments.get(6),
                      segments.get(8),
                      query,
                      json(exchange),
                      host()));
      case "POST copyTo" ->
          answer(
              exchange,
              query,
              now.json()
                  .copy(bucket, name, segments.get(6), segments.get(8), query, json(exchange))
                  .resource(host()));
      default -> throw StorageFault.notHere(operation);
    }
  }

  private void upload(HttpExchange exchange, Running now, Query query, List<String> segments)
      throws IOException {
    query.allowing("uploadType", "name");
    if (segments.size() != 3 || !exchange.getRequestMethod().equals("POST")) {
      throw StorageFault.notHere(exchange.getRequestMethod() + " on an upload address");
    }
    var bucket = segments.get(1);
    switch (query.require("uploadType")) {
      case "media" ->
          answer(
              exchange,
              query,
              now.json().simpleUpload(bucket, query, exchange, body(exchange)).resource(host()));
      case "multipart" ->
          answer(
              exchange,
              query,
              now.json().multipartUpload(bucket, query, exchange, body(exchange)).resource(host()));
      case "resumable" -> {
        var metadata = json(exchange);
        var type =
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Upload-Content-Type"));
        var name = query.get("name").orElse(metadata.path("name").asText());
        var id =
            now.uploads()
                .open(
                    bucket,
                    name,
                    JsonApi.settings(metadata, type),
                    query.preconditions(),
                    Checksums.of(metadata, exchange));
        exchange
            .getResponseHeaders()
            .set(
                "Location",
                "http://%s%s?uploadType=resumable&upload_id=%s"
                    .formatted(host(), exchange.getRequestURI().getRawPath(), id));
        exchange.sendResponseHeaders(200, -1);
      }
      default -> throw StorageFault.invalid("Invalid uploadType");
    }
  }

  private void resume(HttpExchange exchange, Running now, Query query) throws IOException {
    var id = query.require("upload_id");
    switch (exchange.getRequestMethod()) {
      case "PUT" -> {
        var done = now.uploads().put(id, exchange, body(exchange));
        if (done.isPresent()) {
          answer(exchange, query, done.get().resource(host()));
        }
      }
      case "DELETE" -> exchange.sendResponseHeaders(now.uploads().cancel(id) ? 499 : 404, -1);
      default -> throw StorageFault.notHere(exchange.getRequestMethod() + " on an upload session");
    }
  }

  /** Google's clients send PATCH as POST, with the method in a header. */
  private static String method(HttpExchange exchange) {
    var override = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return override == null ? exchange.getRequestMethod() : override;
  }

  private static JsonNode json(HttpExchange exchange) throws IOException {
    byte[] bytes = body(exchange).readAllBytes();
    return bytes.length == 0 ? JsonNodeFactory.instance.objectNode() : JSON.readTree(bytes);
  }

  private static void answer(HttpExchange exchange, Query query, JsonNode resource)
      throws IOException {
    var mask = query.get("fields");
    sendJson(exchange, 200, mask.map(m -> FieldMask.apply(m, resource)).orElse(resource));
  }

  private static JsonNode jsonError(StorageFault fault) {
    var reason =
        switch (fault.status()) {
          case 401 -> "required";
          case 403 -> "forbidden";
          case 404 -> "notFound";
          case 409 -> "conflict";
          case 412 -> "conditionNotMet";
          case 416 -> "requestedRangeNotSatisfiable";
          default -> "invalid";
        };
    var answer = JsonNodeFactory.instance.objectNode();
    var error = answer.putObject("error").put("code", fault.status()).put("message", fault.text());
    error
        .putArray("errors")
        .addObject()
        .put("message", fault.text())
        .put("domain", "global")
        .put("reason", reason);
    return answer;
  }

  private static void sendXmlError(HttpExchange exchange, StorageFault fault) throws IOException {
    var escape = XmlEscapers.xmlContentEscaper();
    var xml =
        "<?xml version='1.0' encoding='UTF-8'?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(escape.escape(fault.code()), escape.escape(fault.text()));
    send(exchange, fault.status(), "application/xml; charset=UTF-8", xml.getBytes(UTF_8));
  }

  private static String decode(String segment) {
    // A path segment, not a form: a plus sign is a plus sign.
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  /** Where production's Storage client and signer are pointed at. */
  public URI baseUrl() {
    return address();
  }
}
