package app.infinitestories.testkit;

import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunQueryRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a query that has no index, as Firestore does and its emulator does not: so whatever a
 * test asks has its index in firestore.indexes.json.
 */
final class RequiringIndexes implements ClientInterceptor {
  private final DeclaredIndexes indexes;

  RequiringIndexes(DeclaredIndexes indexes) {
    this.indexes = indexes;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    var missing = new AtomicReference<@Nullable String>();
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                String index = missing.get();
                super.onClose(
                    index == null ? status : Status.FAILED_PRECONDITION.withDescription(index),
                    trailers);
              }
            },
            headers);
      }

      @Override
      public void sendMessage(Q message) {
        Optional<String> index = missing(message);
        if (index.isPresent()) {
          missing.set(index.get());
          cancel(index.get(), null);
        } else {
          super.sendMessage(message);
        }
      }

      @Override
      public void halfClose() {
        if (missing.get() == null) { // a cancelled call cannot be closed any more
          super.halfClose();
        }
      }
    };
  }

  private Optional<String> missing(Object message) {
    return switch (message) {
      case RunQueryRequest query -> indexes.missing(query.getStructuredQuery());
      case RunAggregationQueryRequest query ->
          indexes.missing(query.getStructuredAggregationQuery().getStructuredQuery());
      default -> Optional.empty();
    };
  }
}
