package app.infinitestories.functions.web;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one place that knows the functions framework's requests and responses. */
final class FrameworkHttp {
  private FrameworkHttp() {}

  static Incoming read(HttpRequest request) throws IOException {
    // getPath() is already decoded and cannot tell a slash from %2F: the raw URI can
    String uri = request.getUri();
    int fragment = uri.indexOf('#');
    String whole = fragment < 0 ? uri : uri.substring(0, fragment);
    int query = whole.indexOf('?');
    String target = query < 0 ? whole : whole.substring(0, query);
    Map<String, List<String>> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach((name, values) ->
            headers
                .computeIfAbsent(name.toLowerCase(Locale.ROOT), fresh -> new ArrayList<>())
                .addAll(values));
    return new Incoming(
        request.getMethod(),
        path(target),
        query < 0 ? "" : whole.substring(query + 1),
        headers,
        request.getInputStream(),
        request.getContentLength());
  }

  /** The path of a request target, which may be a whole URL. */
  private static String path(String target) {
    int authority = target.startsWith("/") ? -1 : target.indexOf("://");
    if (authority < 0) {
      return target;
    }
    int slash = target.indexOf('/', authority + 3);
    return slash < 0 ? "/" : target.substring(slash);
  }

  static void write(Outgoing answer, boolean isHead, HttpResponse response) throws IOException {
    response.setStatusCode(answer.status());
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      if (header.getKey().equals("Content-Type")) {
        response.setContentType(header.getValue());
      } else {
        response.appendHeader(header.getKey(), header.getValue());
      }
    }
    if (answer.status() == EntityTags.NOT_MODIFIED) {
      return; // a length would be that of the body which the client has
    }
    if (isHead) {
      response.appendHeader("Content-Length", Integer.toString(answer.body().length));
    } else if (answer.body().length > 0) {
      response.getOutputStream().write(answer.body());
    }
  }
}
