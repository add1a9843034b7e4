package app.infinitestories.functions.web;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves a router over real HTTP through the functions framework's own interfaces. */
public final class JdkHttp implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public JdkHttp(Router router) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Response response = new Response();
          router.service(new Request(exchange), response);
          response.send(exchange);
        });
    server.start();
  }

  String host() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return server.getAddress().getPort();
  }

  public URI url(String path) {
    return URI.create("http://" + host() + path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private record Request(HttpExchange exchange) implements HttpRequest {
    @Override
    public String getMethod() {
      return exchange.getRequestMethod();
    }

    @Override
    public String getUri() {
      return "http://" + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
    }

    @Override
    public String getPath() {
      return exchange.getRequestURI().getPath();
    }

    @Override
    public Optional<String> getQuery() {
      return Optional.ofNullable(exchange.getRequestURI().getRawQuery());
    }

    @Override
    public Map<String, List<String>> getQueryParameters() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, HttpPart> getParts() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> getContentType() {
      return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
    }

    @Override
    public long getContentLength() {
      String length = exchange.getRequestHeaders().getFirst("Content-Length");
      return length == null ? -1 : Long.parseLong(length);
    }

    @Override
    public Optional<String> getCharacterEncoding() {
      return Optional.empty();
    }

    @Override
    public InputStream getInputStream() {
      return exchange.getRequestBody();
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      return exchange.getRequestHeaders();
    }
  }

  private static final class Response implements HttpResponse {
    private int status = 200;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    void send(HttpExchange exchange) throws IOException {
      headers.forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      // this server drops a connection whose request was not read to its end
      exchange.getRequestBody().readAllBytes();
      boolean hasBody = body.size() > 0;
      exchange.sendResponseHeaders(status, hasBody ? body.size() : -1);
      if (hasBody) {
        exchange.getResponseBody().write(body.toByteArray());
      }
      exchange.close();
    }

    @Override
    public void setStatusCode(int code) {
      status = code;
    }

    @Override
    public void setStatusCode(int code, String message) {
      status = code;
    }

    @Override
    public void setContentType(String contentType) {
      headers.put("Content-Type", List.of(contentType));
    }

    @Override
    public Optional<String> getContentType() {
      return headers.getOrDefault("Content-Type", List.of()).stream().findFirst();
    }

    @Override
    public void appendHeader(String header, String value) {
      headers.computeIfAbsent(header, fresh -> new ArrayList<>()).add(value);
    }

    @Override
    public Map<String, List<String>> getHeaders() {
      return headers;
    }

    @Override
    public OutputStream getOutputStream() {
      return body;
    }

    @Override
    public BufferedWriter getWriter() {
      return new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
    }
  }
}
