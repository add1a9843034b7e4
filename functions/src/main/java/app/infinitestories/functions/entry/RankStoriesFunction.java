package app.infinitestories.functions.entry;

import app.infinitestories.catalog.RankStories;
import app.infinitestories.functions.wiring.Wiring;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/** Sums likes and finished views, lets popularity fade, and fills the catalogue's shelves. */
public final class RankStoriesFunction implements HttpFunction {
  private final RankStories rankStories = Wiring.get().rankStories();

  @Override
  public void service(HttpRequest request, HttpResponse response) {
    rankStories.run();
  }
}
