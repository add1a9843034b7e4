package app.infinitestories.queue.steps;

import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.jobs.StepOutcome;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.json.Json;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.Charge;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.queue.JobError;
import app.infinitestories.queue.lane.LeaseLost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link Steps} over the ledger of one run: a recorded step returns its result and calls nobody, a
 * paid one is preceded by its intent, a submitted one is polled and never sent again.
 */
final class StepEngine implements Steps {
  private static final String PROVIDER_DOWN =
      "Our story makers did not answer as they should. Please try again later.";
  private static final String OUR_FAULT = "Something went wrong on our side.";
  private static final double FIRST_POLL = 0.6;

  private final RunState run;
  private final String suffix;
  private final int revision;

  StepEngine(RunState run) {
    this(run, "", 1);
  }

  private StepEngine(RunState run, String suffix, int revision) {
    this.run = run;
    this.suffix = suffix;
    this.revision = revision;
  }

  @Override
  public <T> T run(String name, Class<T> type, Work<T> work) {
    String key = key(name);
    Optional<T> recorded = recorded(key, type);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    begin(name);
    run.lane().start();
    var context = new CallContext(run, key);
    try {
      return run.beside(() -> done(key, before(key), context, work.run(context)));
    } catch (ProviderException e) {
      throw failed(key, context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  @Override
  public <T> T call(String name, Class<T> type, PaidCall call, Work<T> work) {
    String key = key(name);
    Optional<T> recorded = recorded(key, type);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    begin(name);
    var context = new CallContext(run, key);
    try {
      return run.beside(() -> callTwice(key, call, context, work));
    } catch (ProviderException e) {
      throw failed(key, context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    } finally {
      run.budget().settle(key);
    }
  }

  /** A bad answer is asked for once more. */
  private <T> T callTwice(String key, PaidCall call, CallContext context, Work<T> work)
      throws ProviderException, IOException {
    for (int bad = 0; ; bad++) {
      intent(key, call, bad);
      try {
        T value = work.run(context);
        run.worked(call);
        return done(key, before(key), context, value);
      } catch (ProviderException.BadAnswer e) {
        if (bad == 1) {
          throw e;
        }
        e.charge().ifPresent(context::charge);
        recordCharges(key, context);
      } catch (IOException | RuntimeException e) {
        recordCharges(key, context); // answered and paid for, then lost on our side
        throw e;
      }
    }
  }

  /** What brought no result is on the bill too: written at once, so that the cap knows of it. */
  private void recordCharges(String key, CallContext context) {
    List<Charge> charges = context.takeCharges();
    if (charges.isEmpty()) {
      return;
    }
    StepRecord step = before(key);
    try {
      run.ledger().write(step.charged(charges));
    } catch (LeaseLost e) {
      run.orphan(step, sum(charges));
      throw e;
    }
  }

  private static BigDecimal sum(List<Charge> charges) {
    return charges.stream().map(Charge::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Override
  public <T> T await(String name, Class<T> type, PaidCall call, Submit submit, Poll<T> poll) {
    String key = key(name);
    Optional<T> recorded = recorded(key, type);
    if (recorded.isPresent()) {
      return recorded.get();
    }
    begin(name);
    var context = new CallContext(run, key);
    try {
      return run.beside(() -> sendOrPoll(name, key, call, submit, poll, context));
    } catch (ProviderException e) {
      throw failed(key, context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  private <T> T sendOrPoll(
      String name, String key, PaidCall call, Submit submit, Poll<T> poll, CallContext context)
      throws ProviderException, IOException {
    StepRecord before = before(key);
    if (!run.ledger().isSubmitted(before)) {
      throw new WaitUntil(submit(name, key, call, submit, context, before.losses()), false);
    }
    Instant due = firstPoll(name, before);
    if (run.timing().now().isBefore(due)) {
      throw new WaitUntil(due, false);
    }
    return poll(name, key, call, submit, poll, context, before);
  }

  private <T> T poll(
      String name,
      String key,
      PaidCall call,
      Submit submit,
      Poll<T> poll,
      CallContext context,
      StepRecord before)
      throws ProviderException, IOException {
    String taskId = before.taskId() == null ? "" : before.taskId();
    run.lane().mayCall();
    PollResult<T> result;
    try {
      result = poll.run(context, taskId);
    } catch (ProviderException.BadAnswer | ProviderException.BadRequest e) {
      e.charge().ifPresent(context::charge);
      result = new PollResult.Lost<>(e.getClass().getSimpleName());
    }
    return switch (result) {
      case PollResult.Ready<T>(Answer<T> answer) -> {
        context.charge(answer.charge());
        run.worked(call);
        T value = done(key, before, context, answer.value());
        run.budget().settle(key);
        yield value;
      }
      case PollResult.Pending<T> pending when !tooLong(before) ->
          throw new WaitUntil(run.nextPoll(), false);
      case PollResult.Pending<T> pending ->
          throw lost(name, key, call, submit, context, before, "no end");
      case PollResult.Lost<T>(String why) ->
          throw lost(name, key, call, submit, context, before, why);
    };
  }

  /** Submits once more after a loss by the provider's own fault; twice is too often. */
  private RuntimeException lost(
      String name,
      String key,
      PaidCall call,
      Submit submit,
      CallContext context,
      StepRecord before,
      String why)
      throws ProviderException, IOException {
    run.log().warn("step.lost", "job", run.job().id(), "step", key, "why", why);
    List<Charge> charges = context.takeCharges();
    run.orphan(before, charges.isEmpty() ? before.estimateUsd() : BigDecimal.ZERO);
    run.ledger().write(before.lost(charges));
    run.budget().settle(key);
    if (before.losses() > 0) {
      return new JobFailed(JobError.PROVIDER_UNAVAILABLE, PROVIDER_DOWN);
    }
    return new WaitUntil(submit(name, key, call, submit, context, 1), false);
  }

  /** Sends the task, records its id at once, and says when to look for it first. */
  private Instant submit(
      String name, String key, PaidCall call, Submit submit, CallContext context, int losses)
      throws ProviderException, IOException {
    run.takeRoom(key);
    try {
      intent(key, call, losses);
      String taskId = submit.run(context);
      run.worked(call);
      StepRecord sent =
          run.intent(key, call, losses)
              .submitted(taskId, run.timing().now(), context.takeCharges());
      try {
        run.ledger().write(sent);
      } catch (LeaseLost e) {
        run.orphan(sent, sent.estimateUsd());
        throw e;
      }
      run.log().info("step.submitted", "job", run.job().id(), "step", key);
      return firstPoll(name, sent);
    } catch (ProviderException | IOException | RuntimeException e) {
      if (!run.ledger().isSubmitted(before(key))) {
        run.budget().settle(key);
      }
      throw e;
    } finally {
      run.giveRoom(key);
    }
  }

  /** Everything that must be so before a paid call is sent. */
  private void intent(String key, PaidCall call, int losses) {
    run.checkBreaker(call);
    run.budget().reserve(key, call.estimateUsd());
    run.ledger().write(run.intent(key, call, losses));
    run.lane().mayCall();
  }

  private <T> T done(String key, StepRecord before, CallContext context, T value) {
    String text = Json.write(value);
    @Nullable String path = run.storeLarge(key, text);
    List<Charge> charges = context.takeCharges();
    StepRecord record =
        before.done(
            run.lane().fence(), run.job().round(), path == null ? text : null, path, charges);
    try {
      run.finished(record);
    } catch (LeaseLost e) {
      run.orphan(record, charges.isEmpty() ? record.estimateUsd() : sum(charges));
      throw e;
    }
    return value;
  }

  /** What a provider's failure means for the job. */
  private RuntimeException failed(String key, CallContext context, ProviderException e) {
    run.log()
        .warn(
            "step.provider-failed",
            "job",
            run.job().id(),
            "step",
            key,
            "cause",
            e.getClass().getSimpleName(),
            "why",
            e.getMessage());
    e.charge().ifPresent(context::charge);
    if (!(e instanceof ProviderException.Refused)) {
      recordCharges(key, context);
    }
    return switch (e) {
      case ProviderException.Busy busy -> run.busy(busy);
      case ProviderException.Refused refused -> {
        run.finished(
            before(key)
                .refused(
                    run.lane().fence(),
                    run.job().round(),
                    refused.category(),
                    refused.terminal(),
                    context.takeCharges()));
        run.budget().settle(key);
        yield new ContentRefused(Progress.name(key), refused.category(), refused.terminal());
      }
      case ProviderException.BadAnswer bad ->
          new JobFailed(JobError.PROVIDER_UNAVAILABLE, PROVIDER_DOWN);
      case ProviderException.BadRequest wrong -> new JobFailed(JobError.INTERNAL, OUR_FAULT);
      case ProviderException.ModelGone gone ->
          new JobFailed(JobError.PROVIDER_UNAVAILABLE, PROVIDER_DOWN);
    };
  }

  @Override
  public <I, O> List<O> each(List<I> items, Each<I, O> body) {
    var branches = new ArrayList<Supplier<O>>();
    for (int i = 0; i < items.size(); i++) {
      I item = items.get(i);
      var steps = new StepEngine(run, suffix + "." + (i + 1), revision);
      branches.add(() -> body.run(item, steps));
    }
    return Branches.run(branches, run::hasRoom);
  }

  @Override
  public <A, B> Both<A, B> both(Supplier<A> first, Supplier<B> second) {
    var a = new ArrayList<A>(1);
    var b = new ArrayList<B>(1);
    List<Supplier<Boolean>> branches = List.of(() -> a.add(first.get()), () -> b.add(second.get()));
    Branches.run(branches, run::hasRoom);
    return new Both<>(a.getFirst(), b.getFirst());
  }

  @Override
  public Steps revised() {
    return new StepEngine(run, suffix, run.job().revision());
  }

  @Override
  public void preview(int scene, String path) {
    run.preview(scene, path);
  }

  @Override
  public StepOutcome finish(String name, Work<StepOutcome.Done> work) {
    begin(name);
    run.lane().start();
    var context = new CallContext(run, key(name));
    try {
      return work.run(context);
    } catch (ProviderException e) {
      throw failed(key(name), context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private void begin(String name) {
    if (run.isOverBudget()) {
      throw new WaitUntil(run.timing().now(), false);
    }
    run.notes().at(name);
  }

  /** The recorded result, or the recorded refusal. */
  private <T> Optional<T> recorded(String key, Class<T> type) {
    StepRecord step = before(key);
    return switch (step.state()) {
      case DONE -> Optional.of(Json.read(run.resultText(step), type));
      case FAILED -> {
        if (step.round() == run.job().round()) {
          throw new ContentRefused(
              Progress.name(key), step.category() == null ? "" : step.category(), step.terminal());
        }
        yield Optional.empty();
      }
      case INTENT, SUBMITTED -> Optional.empty();
    };
  }

  private StepRecord before(String key) {
    return run.ledger()
        .find(key)
        .orElseGet(() -> StepRecord.absent(key, run.lane().fence(), run.job().round()));
  }

  private Instant firstPoll(String name, StepRecord step) {
    Instant sent = step.submittedAt() == null ? run.timing().now() : step.submittedAt();
    long wait = Math.round(run.progress().weightSeconds(name) * 1_000 * FIRST_POLL);
    return sent.plusMillis(Math.max(wait, run.config().pollInterval().toMillis()));
  }

  private boolean tooLong(StepRecord step) {
    Instant sent = step.submittedAt() == null ? Instant.EPOCH : step.submittedAt();
    Duration taken = Duration.between(sent, run.timing().now());
    return taken.compareTo(run.config().taskPatience()) > 0;
  }

  private String key(String name) {
    return name + suffix + "@" + revision;
  }
}
