package app.infinitestories.testkit;

import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
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
 * Counts on the wire what a client asks of Firestore, as the bill does: a document that is not
 * there is a read too, and so is a query that finds nothing (<a
 * href="https://cloud.google.com/firestore/pricing#operations">pricing</a>).
 */
public final class FirestoreCalls implements ClientInterceptor {
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();

  FirestoreCalls() {}

  /**
   * What was asked.
   *
   * @param calls requests over the wire, also those that ran at the same time
   * @param reads documents that were read
   * @param writes documents that were written or deleted
   */
  public record Count(int calls, int reads, int writes) {}

  /** What was asked since this was last called. */
  public Count take() {
    return new Count(calls.getAndSet(0), reads.getAndSet(0), writes.getAndSet(0));
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      private boolean query;
      private boolean found;

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        calls.incrementAndGet();
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onMessage(A message) {
                if (isRead(message)) {
                  found = true;
                  reads.incrementAndGet();
                }
                super.onMessage(message);
              }

              @Override
              public void onClose(Status status, Metadata trailers) {
                if (query && !found && status.isOk()) {
                  reads.incrementAndGet();
                }
                super.onClose(status, trailers);
              }
            },
            headers);
      }

      @Override
      public void sendMessage(Q message) {
        switch (message) {
          case CommitRequest commit -> writes.addAndGet(commit.getWritesCount());
          case BatchWriteRequest batch -> writes.addAndGet(batch.getWritesCount());
          case RunQueryRequest some -> query = true;
          case RunAggregationQueryRequest sum -> query = true;
          default -> {}
        }
        super.sendMessage(message);
      }
    };
  }

  private static boolean isRead(Object message) {
    return switch (message) {
      case BatchGetDocumentsResponse document -> document.hasFound() || document.hasMissing();
      case RunQueryResponse document -> document.hasDocument();
      case RunAggregationQueryResponse sum -> sum.hasResult();
      default -> false;
    };
  }
}
