package app.infinitestories.purchases.google;

import app.infinitestories.platform.failure.Failure;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.androidpublisher.AndroidPublisher;
import com.google.api.services.androidpublisher.AndroidPublisherScopes;
import com.google.api.services.androidpublisher.model.ProductPurchase;
import com.google.api.services.androidpublisher.model.ProductPurchasesAcknowledgeRequest;
import com.google.api.services.androidpublisher.model.SubscriptionPurchaseV2;
import com.google.api.services.androidpublisher.model.SubscriptionPurchasesAcknowledgeRequest;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What Google Play knows of purchases, by its Android Publisher API. */
public final class PlayStore {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  /** Not one of this app, or so old that Google forgot it. */
  private static final Set<Integer> UNKNOWN = Set.of(400, 404, 410);

  private final AndroidPublisher publisher;
  private final String packageName;

  /**
   * @param credentials what is added to each request
   */
  public PlayStore(GoogleConfig config, HttpRequestInitializer credentials) {
    this.packageName = config.packageName();
    int patience = Math.toIntExact(config.patience().toMillis());
    this.publisher =
        new AndroidPublisher.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                request -> {
                  credentials.initialize(request);
                  request.setConnectTimeout(patience);
                  request.setReadTimeout(patience);
                })
            .setRootUrl(rooted(config.publisher().toString()))
            .setApplicationName("InfiniteStories")
            .build();
  }

  /** With the credentials of this process. */
  public static PlayStore open(GoogleConfig config) {
    try {
      GoogleCredentials credentials =
          GoogleCredentials.getApplicationDefault()
              .createScoped(AndroidPublisherScopes.ANDROIDPUBLISHER);
      return new PlayStore(config, new HttpCredentialsAdapter(credentials));
    } catch (IOException e) {
      throw new UncheckedIOException("the application default credentials", e);
    }
  }

  private static String rooted(String url) {
    return url.endsWith("/") ? url : url + "/";
  }

  /**
   * A subscription as it stands now; empty if Google knows none of that token.
   *
   * @throws Failure.Unavailable when Google does not answer
   */
  public Optional<SubscriptionPurchaseV2> subscription(String token) {
    return asked(() -> publisher.purchases().subscriptionsv2().get(packageName, token).execute());
  }

  /** Like {@link #subscription}, for what is bought once. */
  public Optional<ProductPurchase> product(String productId, String token) {
    return asked(
        () -> publisher.purchases().products().get(packageName, productId, token).execute());
  }

  /** Tells Google that a subscription was taken: without it the money goes back in 3 days. */
  public void acknowledge(String productId, String token) {
    done(() ->
        publisher
            .purchases()
            .subscriptions()
            .acknowledge(
                packageName, productId, token, new SubscriptionPurchasesAcknowledgeRequest())
            .execute());
  }

  /** Like {@link #acknowledge}, for what is bought once. */
  public void acknowledgeProduct(String productId, String token) {
    done(() ->
        publisher
            .purchases()
            .products()
            .acknowledge(packageName, productId, token, new ProductPurchasesAcknowledgeRequest())
            .execute());
  }

  /** Tells Google that what was bought once is used, so that it can be bought again. */
  public void consume(String productId, String token) {
    done(() -> publisher.purchases().products().consume(packageName, productId, token).execute());
  }

  private interface Request<T> {
    T execute() throws IOException;
  }

  private static <T> Optional<T> asked(Request<T> request) {
    try {
      return Optional.of(request.execute());
    } catch (GoogleJsonResponseException e) {
      if (UNKNOWN.contains(e.getStatusCode())) {
        return Optional.empty();
      }
      throw new Failure.Unavailable(TRY_AGAIN, e);
    } catch (IOException e) {
      throw new Failure.Unavailable(TRY_AGAIN, e);
    }
  }

  private interface Order {
    void execute() throws IOException;
  }

  private static void done(Order order) {
    try {
      order.execute();
    } catch (IOException e) {
      throw new Failure.Unavailable(TRY_AGAIN, e);
    }
  }
}
