package app.infinitestories.functions.api;

import app.infinitestories.functions.api.docs.DocsRoutes;
import app.infinitestories.functions.api.health.HealthRoutes;
import app.infinitestories.functions.web.ApiDocuments;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;

/** The mount table: every route of the product lies below one of these lines. */
public record ApiRoutes(String version, HealthRoutes health) implements RouteGroup {

  @Override
  public void mount(Routes r) {
    r.under("/api", health);
    r.under("/api", new DocsRoutes(() -> ApiDocuments.openApi(this, version)));
  }
}
