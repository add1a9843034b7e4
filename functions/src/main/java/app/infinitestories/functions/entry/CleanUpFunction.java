package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.generation.CleanUp;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Removes finished queue items, scratch, orphans and forgotten photos. */
public final class CleanUpFunction implements HttpFunction {
  private final CleanUp cleanUp = Wiring.get().cleanUp();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    cleanUp.run();
  }
}
