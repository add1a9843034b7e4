package app.infinitestories.purchases.apple;

import app.infinitestories.platform.failure.Failure;
import com.apple.itunes.storekit.client.APIException;
import com.apple.itunes.storekit.client.BaseAppStoreServerAPIClient;
import com.apple.itunes.storekit.client.BearerTokenAuthenticator;
import com.apple.itunes.storekit.model.Environment;
import com.apple.itunes.storekit.model.JWSTransactionDecodedPayload;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Asks the App Store Server API; every answer's signature is verified too. */
public final class AppStoreServer {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);
  private static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;

  private final AppleSignatures signatures;
  private final Client client;

  public AppStoreServer(AppleConfig config, AppleConfig.Api api, AppleSignatures signatures) {
    this.signatures = signatures;
    this.client = new Client(config, api);
  }

  /**
   * A transaction of this app; empty if Apple knows none of that id.
   *
   * @throws Failure.Unavailable when Apple does not answer
   */
  public Optional<JWSTransactionDecodedPayload> transaction(String transactionId) {
    try {
      String signed = client.getTransactionInfo(transactionId).getSignedTransactionInfo();
      return signed == null ? Optional.empty() : Optional.of(signatures.transaction(signed));
    } catch (APIException e) {
      if (e.getHttpStatusCode() == NOT_FOUND || e.getHttpStatusCode() == BAD_REQUEST) {
        return Optional.empty();
      }
      throw new Failure.Unavailable(TRY_AGAIN, e);
    } catch (AppleSignatures.Forged e) {
      // another app's or environment's transaction, or not Apple who answered
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure.Unavailable(TRY_AGAIN, e);
    }
  }

  /** Apple's client at an address of ours, with a limit. */
  private static final class Client extends BaseAppStoreServerAPIClient {
    private final OkHttpClient http;
    private final HttpUrl base;

    Client(AppleConfig config, AppleConfig.Api api) {
      super(
          new BearerTokenAuthenticator(
              api.key().value(), api.keyId(), api.issuerId(), config.bundleId()),
          config.environment() == AppleConfig.Where.PRODUCTION
              ? Environment.PRODUCTION
              : Environment.SANDBOX);
      http = new OkHttpClient.Builder().callTimeout(api.patience()).build();
      base = HttpUrl.get(api.baseUrl().toString());
    }

    @Override
    protected HttpResponseInterface makeRequest(
        String path,
        String method,
        Map<String, List<String>> query,
        Map<String, String> headers,
        @Nullable String contentType,
        byte @Nullable [] body)
        throws IOException {
      HttpUrl.Builder url = base.newBuilder();
      for (String segment : path.substring(1).split("/", -1)) {
        url.addPathSegment(segment);
      }
      query.forEach((name, values) -> values.forEach(value -> url.addQueryParameter(name, value)));
      Request.Builder request = new Request.Builder().url(url.build());
      headers.forEach(request::header);
      request.method(
          method,
          body == null
              ? null
              : RequestBody.create(
                  body, contentType == null ? null : MediaType.parse(contentType)));
      return new Answer(http.newCall(request.build()).execute());
    }

    private record Answer(Response response) implements HttpResponseInterface {
      @Override
      public int statusCode() {
        return response.code();
      }

      @Override
      public Reader body() {
        return response.body().charStream();
      }

      @Override
      public void close() {
        response.close();
      }
    }
  }
}
