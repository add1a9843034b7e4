package app.infinitestories.functions.api.docs;

import static app.infinitestories.functions.web.Authority.NONE;
import static app.infinitestories.functions.web.Status.OK;
import static app.infinitestories.ratelimit.RateLimit.READS;

import app.infinitestories.functions.web.RawBody;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.nio.charset.StandardCharsets;

/** Serves the OpenAPI document that is generated from the mounted routes. */
public final class DocsRoutes implements RouteGroup {
  private final Supplier<RawBody> document;

  /** The document is asked for at the first request, then kept. */
  public DocsRoutes(java.util.function.Supplier<String> openApi) {
    this.document =
        Suppliers.memoize(() ->
            new RawBody(
                "application/json; charset=utf-8", openApi.get().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void mount(Routes r) {
    r.get("/openapi.json")
        .auth(NONE)
        .limit(READS)
        .returns(OK, RawBody.class)
        .to(call -> document.get());
  }
}
