package app.infinitestories.purchases;

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

/**
 * The real Firestore, which after some calls does what it is asked and says nothing more: nobody
 * can know then what was written.
 */
final class SilentFirestore implements AutoCloseable {
  private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);
  private final Firestore client;

  SilentFirestore(String host, String project) {
    this.client = EmulatorClient.open(host, project, new Silence());
  }

  Firestore client() {
    return client;
  }

  /** So many calls are answered from now on. */
  void after(int calls) {
    answers.set(calls);
  }

  /** Whether a call got no answer since then. */
  boolean isSilent() {
    return answers.get() < 0;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private final class Silence implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      ClientCall<Q, A> call = next.newCall(method, options);
      if (answers.getAndDecrement() > 0) {
        return call;
      }
      return new SimpleForwardingClientCall<>(call) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onMessage(A message) {
                  // it never arrives
                }

                @Override
                public void onClose(Status status, Metadata trailers) {
                  // and nobody hangs up
                }
              },
              headers);
        }
      };
    }
  }
}
