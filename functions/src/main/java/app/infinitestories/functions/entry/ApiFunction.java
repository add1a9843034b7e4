package app.infinitestories.functions.entry;

import app.infinitestories.functions.web.Router;
import app.infinitestories.functions.wiring.Wiring;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/** Answers everything below {@code /api}. */
public final class ApiFunction implements HttpFunction {
  private final Router router = Wiring.get().router();

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    router.service(request, response);
  }
}
