package app.infinitestories.functions.api.userstories;

import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.queue.steps.CostReport;
import app.infinitestories.userstories.UserStories;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Answers what a film has cost us, step by step. */
public final class Costs {
  private final UserStories stories;
  private final BigDecimal capUsd;

  public Costs(UserStories stories, BigDecimal capUsd) {
    this.stories = stories;
    this.capUsd = capUsd;
  }

  /** All costs in US dollars. */
  record CostSheet(String currency, BigDecimal total, BigDecimal cap, List<CostLine> steps) {}

  /** One paid call: how many of which unit, and what for. */
  record CostLine(
      String step,
      String provider,
      String model,
      BigDecimal units,
      String unit,
      BigDecimal cost,
      Instant at) {}

  CostSheet report(Call<User> call) {
    CostReport.Report report =
        stories.cost(call.user().uid(), call.path("id")).orElseThrow(Failure.NotFound::new);
    return new CostSheet(
        "USD", report.totalUsd(), capUsd, report.lines().stream().map(Costs::line).toList());
  }

  private static CostLine line(CostReport.Line line) {
    var charge = line.charge();
    return new CostLine(
        line.step(),
        charge.provider(),
        charge.model(),
        charge.units(),
        charge.unit(),
        charge.usd(),
        line.at());
  }
}
