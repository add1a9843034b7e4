package app.infinitestories.queue;

import app.infinitestories.testkit.EmulatorClient;
import com.google.cloud.firestore.Firestore;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The real Firestore behind a network that loses the answers of some commits after they worked. */
public final class LossyFirestore implements AutoCloseable {
  private final AtomicInteger toLose = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final BooleanSupplier chance;
  private final Firestore client;
  private volatile Runnable meanwhile = () -> {};

  public LossyFirestore(String host, String project) {
    this(host, project, () -> false);
  }

  /** Also loses an answer whenever chance says so. */
  public LossyFirestore(String host, String project, BooleanSupplier chance) {
    this.chance = chance;
    this.client = EmulatorClient.open(host, project, new LosingAnswers());
  }

  public Firestore client() {
    return client;
  }

  public void loseNextCommits(int n) {
    toLose.set(n);
  }

  /** Loses the answer of the next commit, and lets something happen before that is noticed. */
  public void loseNextCommit(Runnable meanwhile) {
    this.meanwhile = meanwhile;
    toLose.set(1);
  }

  public int lost() {
    return lost.get();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private boolean loses() {
    return chance.getAsBoolean() || toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  private final class LosingAnswers implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      ClientCall<Q, A> call = next.newCall(method, options);
      if (!method.getFullMethodName().endsWith("/Commit") || !loses()) {
        return call;
      }
      return new SimpleForwardingClientCall<>(call) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onMessage(A message) {
                  lost.incrementAndGet();
                  meanwhile.run();
                }

                @Override
                public void onClose(Status status, Metadata trailers) {
                  super.onClose(
                      status.isOk() ? Status.UNAVAILABLE.withDescription("cut") : status, trailers);
                }
              },
              headers);
        }
      };
    }
  }
}
