package app.infinitestories.testkit;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.grpc.ClientInterceptor;

/** Clients of an emulator that see, count or spoil what goes over the wire. */
public final class EmulatorClient {
  private EmulatorClient() {}

  /**
   * A client of that emulator and project; whoever opens it shuts it down.
   *
   * @param host of the emulator, with its port
   */
  public static Firestore open(String host, String project, ClientInterceptor... onTheWire) {
    var channel =
        InstantiatingGrpcChannelProvider.newBuilder()
            .setEndpoint(host)
            .setChannelConfigurator(builder -> builder.usePlaintext().intercept(onTheWire))
            .build();
    return FirestoreOptions.newBuilder()
        .setProjectId(project)
        .setChannelProvider(channel)
        .setCredentialsProvider(
            FixedCredentialsProvider.create(new FirestoreOptions.EmulatorCredentials()))
        .build()
        .getService();
  }
}
