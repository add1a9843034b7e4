package app.infinitestories.functions.web;

import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.ratelimit.RateLimit;
import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The stages of one line of the route table. Each stage offers only what may come next, so that a
 * route without an authority, a limit or an answer does not compile.
 */
public final class RouteStages {
  private RouteStages() {}

  /** Who may call? */
  @CheckReturnValue
  public static final class NeedsAuthority {
    private final String method;
    private final String path;
    private final Consumer<Endpoint<?, ?>> finished;

    NeedsAuthority(String method, String path, Consumer<Endpoint<?, ?>> finished) {
      this.method = method;
      this.path = path;
      this.finished = finished;
    }

    public <P> NeedsLimit<P> auth(Authority<P> authority) {
      return new NeedsLimit<>(this, authority);
    }
  }

  /** How often? */
  @CheckReturnValue
  public static final class NeedsLimit<P> {
    private final NeedsAuthority line;
    private final Authority<P> authority;

    private NeedsLimit(NeedsAuthority line, Authority<P> authority) {
      this.line = line;
      this.authority = authority;
    }

    public NeedsInput<P> limit(RateLimit limit) {
      return new NeedsInput<>(line, authority, Optional.of(limit));
    }

    /** As often as the caller likes; health checks and verified webhooks only. */
    public NeedsInput<P> unlimited() {
      return new NeedsInput<>(line, authority, Optional.empty());
    }
  }

  /** What does the request bring? Without a word: nothing but the path. */
  @CheckReturnValue
  public static final class NeedsInput<P> {
    private final NeedsAuthority line;
    private final Authority<P> authority;
    private final Optional<RateLimit> limit;
    private boolean idempotent;

    private NeedsInput(NeedsAuthority line, Authority<P> authority, Optional<RateLimit> limit) {
      this.line = line;
      this.authority = authority;
      this.limit = limit;
    }

    /** The route honours Idempotency-Key; the router checks only the key's syntax. */
    public NeedsInput<P> idempotent() {
      idempotent = true;
      return this;
    }

    /** A JSON object that is read strictly into a record; see {@link RecordShape}. */
    public <I> NeedsAnswer<P, I> body(Class<I> type) {
      return new NeedsAnswer<>(this, new Endpoint.Input.Body<>(RecordShape.ofRequest(type)));
    }

    /** Query parameters that are read into a record of scalars. */
    public <I> NeedsAnswer<P, I> query(Class<I> type) {
      return new NeedsAnswer<>(this, new Endpoint.Input.Query<>(RecordShape.ofQuery(type)));
    }

    /** Nothing but the path; a body is not looked at. The same as saying nothing. */
    public NeedsInput<P> noBody() {
      return this;
    }

    public <R> NeedsCallHandler<P, R> returns(Status success, Class<R> type) {
      return new NeedsCallHandler<>(none().returns(success, type));
    }

    /** Success without a body: only {@link Status#NO_CONTENT}. */
    public NeedsVoidCallHandler<P> returns(Status noContent) {
      return new NeedsVoidCallHandler<>(none().returns(noContent));
    }

    private NeedsAnswer<P, Nobody> none() {
      return new NeedsAnswer<>(this, new Endpoint.Input.None());
    }
  }

  /** What does success look like? */
  @CheckReturnValue
  public static final class NeedsAnswer<P, I> {
    private final NeedsInput<P> line;
    private final Endpoint.Input<I> input;
    private final List<FailureCode> failures = new ArrayList<>();
    private Optional<Duration> cached = Optional.empty();

    private NeedsAnswer(NeedsInput<P> line, Endpoint.Input<I> input) {
      this.line = line;
      this.input = input;
    }

    public <R> NeedsHandler<P, I, R> returns(Status success, Class<R> type) {
      return new NeedsHandler<>(this, success, type);
    }

    /** Success without a body: only {@link Status#NO_CONTENT}. */
    public NeedsVoidHandler<P, I> returns(Status noContent) {
      if (noContent != Status.NO_CONTENT) {
        throw new IllegalStateException(noContent + " needs the type of its answer");
      }
      return new NeedsVoidHandler<>(this);
    }

    private void cached(Duration fresh) {
      NeedsAuthority route = line.line;
      if (!route.method.equals("GET") || line.authority.token() == Authority.Token.REQUIRED) {
        throw new IllegalStateException(
            route.method + " " + route.path + " has no anonymous answers to keep");
      }
      cached = Optional.of(fresh);
    }

    private void finish(
        List<Status> successes,
        Optional<Class<?>> answer,
        BiFunction<Call<P>, I, Reply<?>> handler) {
      line.line.finished.accept(
          new Endpoint<>(
              line.line.method,
              line.line.path,
              line.authority,
              line.limit,
              input,
              line.idempotent,
              successes,
              answer,
              cached,
              List.copyOf(failures),
              handler));
    }
  }

  /** Who answers, given the call and what it brings? */
  @CheckReturnValue
  public static final class NeedsHandler<P, I, R> {
    private final NeedsAnswer<P, I> line;
    private final List<Status> successes = new ArrayList<>();
    private final Class<R> type;

    private NeedsHandler(NeedsAnswer<P, I> line, Status success, Class<R> type) {
      this.line = line;
      this.successes.add(success);
      this.type = type;
    }

    /** Another status with the same shape, chosen by a handler that returns a {@link Reply}. */
    public NeedsHandler<P, I, R> or(Status other) {
      successes.add(other);
      return this;
    }

    /**
     * Anonymous answers may be kept by anybody for that long; they carry an ETag, and who has the
     * same answer already gets a 304. Answers for a user are never kept.
     */
    public NeedsHandler<P, I, R> cached(Duration fresh) {
      line.cached(fresh);
      return this;
    }

    /** The failures that only this route knows, for the documentation. */
    public NeedsHandler<P, I, R> fails(FailureCode... codes) {
      line.failures.addAll(List.of(codes));
      return this;
    }

    public void to(BiFunction<Call<P>, I, R> handler) {
      Status success = successes.getFirst();
      toReply((call, input) -> Reply.of(success, handler.apply(call, input)));
    }

    /** For handlers that choose the status or set a header. */
    public void toReply(BiFunction<Call<P>, I, Reply<R>> handler) {
      line.finish(List.copyOf(successes), Optional.of(type), handler::apply);
    }
  }

  /** Who answers, given the call alone? */
  @CheckReturnValue
  public static final class NeedsCallHandler<P, R> {
    private final NeedsHandler<P, Nobody, R> line;

    private NeedsCallHandler(NeedsHandler<P, Nobody, R> line) {
      this.line = line;
    }

    /** See {@link NeedsHandler#or}. */
    public NeedsCallHandler<P, R> or(Status other) {
      line.successes.add(other);
      return this;
    }

    /** See {@link NeedsHandler#cached}. */
    public NeedsCallHandler<P, R> cached(Duration fresh) {
      line.line.cached(fresh);
      return this;
    }

    /** See {@link NeedsHandler#fails}. */
    public NeedsCallHandler<P, R> fails(FailureCode... codes) {
      line.line.failures.addAll(List.of(codes));
      return this;
    }

    public void to(Function<Call<P>, R> handler) {
      line.to((call, nobody) -> handler.apply(call));
    }

    /** See {@link NeedsHandler#toReply}. */
    public void toReply(Function<Call<P>, Reply<R>> handler) {
      line.toReply((call, nobody) -> handler.apply(call));
    }
  }

  /** Who does it, given the call and what it brings? */
  @CheckReturnValue
  public static final class NeedsVoidHandler<P, I> {
    private final NeedsAnswer<P, I> line;

    private NeedsVoidHandler(NeedsAnswer<P, I> line) {
      this.line = line;
    }

    /** See {@link NeedsHandler#fails}. */
    public NeedsVoidHandler<P, I> fails(FailureCode... codes) {
      line.failures.addAll(List.of(codes));
      return this;
    }

    public void to(BiConsumer<Call<P>, I> handler) {
      line.finish(
          List.of(Status.NO_CONTENT),
          Optional.empty(),
          (call, input) -> {
            handler.accept(call, input);
            return NOTHING;
          });
    }
  }

  /** Who does it, given the call alone? */
  @CheckReturnValue
  public static final class NeedsVoidCallHandler<P> {
    private final NeedsVoidHandler<P, Nobody> line;

    private NeedsVoidCallHandler(NeedsVoidHandler<P, Nobody> line) {
      this.line = line;
    }

    /** See {@link NeedsHandler#fails}. */
    public NeedsVoidCallHandler<P> fails(FailureCode... codes) {
      line.line.failures.addAll(List.of(codes));
      return this;
    }

    public void to(Consumer<Call<P>> handler) {
      line.to((call, nobody) -> handler.accept(call));
    }
  }

  private static final Reply<Nobody> NOTHING = new Reply<>(Status.NO_CONTENT, null, Map.of());
}
