package app.infinitestories.queue.steps;

import static app.infinitestories.platform.firestore.Times.timestamp;

import app.infinitestories.platform.firestore.Times;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step as recorded.
 *
 * @param round a FAILED or SUBMITTED step of an earlier round counts as absent
 * @param losses how often the provider answered with nothing usable
 * @param result JSON text, or null when it lies in Storage at {@code resultPath}
 * @param code why it failed: {@code CONTENT_REFUSED}
 * @param charges what it cost so far, over all rounds
 */
record StepRecord(
    String key,
    State state,
    long fence,
    int round,
    @Nullable String provider,
    @Nullable String model,
    @Nullable String taskId,
    BigDecimal estimateUsd,
    @Nullable Instant submittedAt,
    int losses,
    @Nullable String result,
    @Nullable String resultPath,
    @Nullable String code,
    @Nullable String category,
    boolean terminal,
    List<Charge> charges) {

  enum State {
    INTENT,
    SUBMITTED,
    DONE,
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static StepRecord absent(String key, long fence, int round) {
    return new StepRecord(
        key,
        State.INTENT,
        fence,
        round,
        null,
        null,
        null,
        BigDecimal.ZERO,
        null,
        0,
        null,
        null,
        null,
        null,
        false,
        List.of());
  }

  StepRecord intended(PaidCall call, int lost, List<Charge> earlier) {
    return new StepRecord(
        key,
        State.INTENT,
        fence,
        round,
        call.provider(),
        call.model(),
        null,
        call.estimateUsd(),
        null,
        lost,
        null,
        null,
        null,
        null,
        false,
        earlier);
  }

  StepRecord submitted(String task, Instant at, List<Charge> more) {
    return new StepRecord(
        key,
        State.SUBMITTED,
        fence,
        round,
        provider,
        model,
        task,
        estimateUsd,
        at,
        losses,
        null,
        null,
        null,
        null,
        false,
        plus(more));
  }

  /** Its task brought nothing: there is none any more, and the next one is the last. */
  StepRecord lost(List<Charge> more) {
    return new StepRecord(
        key,
        State.INTENT,
        fence,
        round,
        provider,
        model,
        null,
        estimateUsd,
        null,
        losses + 1,
        null,
        null,
        null,
        null,
        false,
        plus(more));
  }

  StepRecord done(
      long by, int inRound, @Nullable String text, @Nullable String path, List<Charge> more) {
    return new StepRecord(
        key,
        State.DONE,
        by,
        inRound,
        provider,
        model,
        taskId,
        estimateUsd,
        submittedAt,
        losses,
        text,
        path,
        null,
        null,
        false,
        plus(more));
  }

  StepRecord refused(long by, int inRound, String rule, boolean forGood, List<Charge> more) {
    return new StepRecord(
        key,
        State.FAILED,
        by,
        inRound,
        provider,
        model,
        taskId,
        estimateUsd,
        submittedAt,
        losses,
        null,
        null,
        "CONTENT_REFUSED",
        rule,
        forGood,
        plus(more));
  }

  /** The same step, which has cost more. */
  StepRecord charged(List<Charge> more) {
    return new StepRecord(
        key,
        state,
        fence,
        round,
        provider,
        model,
        taskId,
        estimateUsd,
        submittedAt,
        losses,
        result,
        resultPath,
        code,
        category,
        terminal,
        plus(more));
  }

  private List<Charge> plus(List<Charge> more) {
    var all = new ArrayList<>(charges);
    all.addAll(more);
    return List.copyOf(all);
  }

  static StepRecord of(DocumentSnapshot d) {
    String state = d.getString("state");
    String estimate = d.getString("estimateUsd");
    Timestamp submitted = d.getTimestamp("submittedAt");
    Long round = d.getLong("round");
    Long fence = d.getLong("fence");
    Long losses = d.getLong("losses");
    return new StepRecord(
        d.getId(),
        State.valueOf(state == null ? "INTENT" : state.toUpperCase(Locale.ROOT)),
        fence == null ? 0 : fence,
        round == null ? 1 : round.intValue(),
        d.getString("provider"),
        d.getString("model"),
        d.getString("taskId"),
        estimate == null ? BigDecimal.ZERO : new BigDecimal(estimate),
        submitted == null ? null : Times.instant(submitted),
        losses == null ? 0 : losses.intValue(),
        d.getString("result"),
        d.getString("resultPath"),
        d.getString("code"),
        d.getString("category"),
        Boolean.TRUE.equals(d.getBoolean("terminal")),
        charges(d.get("cost")));
  }

  Map<String, @Nullable Object> toMap(String commitId, Instant now) {
    var map = new HashMap<String, @Nullable Object>();
    map.put("state", state.word());
    map.put("fence", fence);
    map.put("round", (long) round);
    map.put("provider", provider);
    map.put("model", model);
    map.put("taskId", taskId);
    map.put("estimateUsd", estimateUsd.toPlainString());
    map.put("submittedAt", submittedAt == null ? null : timestamp(submittedAt));
    map.put("losses", (long) losses);
    map.put("result", result);
    map.put("resultPath", resultPath);
    map.put("code", code);
    map.put("category", category);
    map.put("terminal", terminal);
    map.put("cost", charges.stream().map(StepRecord::toMap).toList());
    map.put("commitId", commitId);
    map.put("at", timestamp(now));
    return map;
  }

  /** US dollars spent so far. */
  BigDecimal spentUsd() {
    return charges.stream().map(Charge::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  static Map<String, Object> toMap(Charge charge) {
    return Map.of(
        "provider", charge.provider(),
        "model", charge.model(),
        "operation", charge.operation(),
        "unit", charge.unit(),
        "units", charge.units().toPlainString(),
        "usd", charge.usd().toPlainString());
  }

  static List<Charge> charges(@Nullable Object stored) {
    if (!(stored instanceof List<?> list)) {
      return List.of();
    }
    var charges = new ArrayList<Charge>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map) {
        charges.add(
            new Charge(
                String.valueOf(map.get("provider")),
                String.valueOf(map.get("model")),
                String.valueOf(map.get("operation")),
                String.valueOf(map.get("unit")),
                new BigDecimal(String.valueOf(map.get("units"))),
                new BigDecimal(String.valueOf(map.get("usd")))));
      }
    }
    return charges;
  }
}
