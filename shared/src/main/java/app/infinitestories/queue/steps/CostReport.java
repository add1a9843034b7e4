package app.infinitestories.queue.steps;

import static app.infinitestories.platform.firestore.Times.instant;
import static app.infinitestories.platform.firestore.Waiting.on;

import app.infinitestories.provider.Charge;
import app.infinitestories.queue.QueueStore;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a job has cost: the charges of its steps and of what lost its owner, exactly. */
public final class CostReport {
  private final QueueStore store;

  public CostReport(QueueStore store) {
    this.store = store;
  }

  /** One charge of one step. */
  public record Line(String step, Charge charge, Instant at) {}

  /** All charges in the order of their time, and their sum in US dollars. */
  public record Report(BigDecimal totalUsd, List<Line> lines) {}

  /** Reads all steps and orphans of the job. */
  public Report of(String jobId) {
    var lines = new ArrayList<Line>();
    for (QueryDocumentSnapshot step : on(store.steps(jobId).get()).getDocuments()) {
      StepRecord record = StepRecord.of(step);
      record.charges().forEach(c -> lines.add(new Line(record.key(), c, at(step, "at"))));
    }
    for (QueryDocumentSnapshot orphan :
        on(store.orphans().whereEqualTo("jobId", jobId).get()).getDocuments()) {
      BigDecimal usd = new BigDecimal(text(orphan, "cost", "0"));
      if (usd.signum() == 0) {
        continue; // what it cost is with its step
      }
      var charge =
          new Charge(text(orphan, "provider", "none"), "", "orphan", "tasks", BigDecimal.ONE, usd);
      lines.add(new Line(text(orphan, "step", ""), charge, at(orphan, "createdAt")));
    }
    lines.sort(Comparator.comparing(Line::at));
    BigDecimal total =
        lines.stream().map(line -> line.charge().usd()).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Report(total, List.copyOf(lines));
  }

  private static Instant at(QueryDocumentSnapshot document, String field) {
    Timestamp at = document.getTimestamp(field);
    return at == null ? Instant.EPOCH : instant(at);
  }

  private static String text(QueryDocumentSnapshot document, String field, String fallback) {
    String value = document.getString(field);
    return value == null ? fallback : value;
  }
}
