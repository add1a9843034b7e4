package app.infinitestories.functions.entry;

import app.infinitestories.ai.ModelSunset;
import app.infinitestories.functions.wiring.Wiring;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** What is looked at once a day: which of our models the providers turn off soon. */
public final class DailyFunction implements HttpFunction {
  private final ModelSunset sunset = Wiring.get().modelSunset();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    sunset.ask();
  }
}
