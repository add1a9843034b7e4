package app.infinitestories.functions.web;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** The fixture's routes as a function that the real functions framework can start. */
public final class SmokeFunction implements HttpFunction {
  private final Router router = Fixture.router(r -> r.under("/api", new Fixture.Toys()));

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    router.service(request, response);
  }
}
