package app.infinitestories.functions.api.health;

import static app.infinitestories.functions.web.Authority.NONE;
import static app.infinitestories.functions.web.Status.OK;
import static app.infinitestories.functions.web.Status.SERVICE_UNAVAILABLE;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.Nobody;
import app.infinitestories.functions.web.Reply;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;

/** {@code /api/health}: it runs; {@code /api/health/ready}: it can work. */
public final class HealthRoutes implements RouteGroup {
  /** The answer of a process that runs. */
  record Health(String status, String version) {}

  private final String version;
  private final Readiness readiness;

  public HealthRoutes(String version, Readiness readiness) {
    this.version = version;
    this.readiness = readiness;
  }

  @Override
  public void mount(Routes r) {
    r.get("/health")
        .auth(NONE)
        .unlimited()
        .returns(OK, Health.class)
        .to(call -> new Health("ok", version));
    r.get("/health/ready")
        .auth(NONE)
        .unlimited()
        .returns(OK, Readiness.Report.class)
        .or(SERVICE_UNAVAILABLE)
        .toReply(this::ready);
  }

  private Reply<Readiness.Report> ready(Call<Nobody> call) {
    Readiness.Report report = readiness.report();
    return report.isReady()
        ? Reply.of(OK, report)
        : Reply.of(SERVICE_UNAVAILABLE, report).with("Retry-After", "5");
  }
}
