package app.infinitestories.platform.storage;

import app.infinitestories.platform.config.CloudConfig;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.api.core.ApiClock;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageOptions;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@link MediaStore} on google-cloud-storage. */
public final class CloudMediaStore implements MediaStore {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration BEYOND = Duration.ofMinutes(15);
  private static final Duration UPLOAD_LIFE = Duration.ofMinutes(15);
  private static final int DELETE_BATCH = 100;

  private final Supplier<Storage> storage;
  private final Supplier<Storage> signer;
  private final String bucket;
  private final Clock clock;
  private final Optional<String> emulator;
  private final Cache<String, URI> signed =
      Caffeine.newBuilder().maximumSize(20_000).expireAfterWrite(WINDOW).build();

  /** The bucket, opened with the application default credentials when it is first used. */
  public CloudMediaStore(CloudConfig cloud, Clock clock) {
    this(cloud, clock, CloudMediaStore::credentials);
  }

  /**
   * The same with other credentials.
   *
   * @param credentials asked for when the bucket is first used; they must be able to sign
   */
  public CloudMediaStore(CloudConfig cloud, Clock clock, Supplier<GoogleCredentials> credentials) {
    this.bucket = cloud.storageBucket();
    this.clock = clock;
    this.emulator = cloud.storageEmulatorHost();
    Supplier<StorageOptions> options = Suppliers.memoize(() -> options(cloud, credentials.get()));
    this.storage = Suppliers.memoize(() -> options.get().getService());
    // Signing takes its date from the client's clock: one that stands still within a window gives
    // the same address for the whole of it.
    this.signer =
        Suppliers.memoize(
            () -> options.get().toBuilder().setClock(new WindowClock(clock)).build().getService());
  }

  private static StorageOptions options(CloudConfig cloud, GoogleCredentials credentials) {
    var retries =
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(200))
            .setMaxRetryDelayDuration(Duration.ofSeconds(3))
            .setRetryDelayMultiplier(2)
            .setMaxAttempts(5)
            .setTotalTimeoutDuration(Duration.ofSeconds(40))
            .build();
    var options =
        StorageOptions.newBuilder()
            .setProjectId(cloud.projectId())
            .setCredentials(credentials)
            .setRetrySettings(retries);
    cloud.storageEmulatorHost().ifPresent(host -> options.setHost("http://" + host));
    return options.build();
  }

  private static GoogleCredentials credentials() {
    try {
      return GoogleCredentials.getApplicationDefault();
    } catch (IOException e) {
      throw new UncheckedIOException("the application default credentials cannot be read", e);
    }
  }

  @Override
  public StoredObject put(String path, byte[] bytes, String contentType) {
    return stored(storage.get().create(info(path, contentType), bytes));
  }

  @Override
  public Optional<StoredObject> stat(String path) {
    return Optional.ofNullable(storage.get().get(BlobId.of(bucket, path)))
        .map(CloudMediaStore::stored);
  }

  @Override
  public byte[] read(String path) {
    return storage.get().readAllBytes(BlobId.of(bucket, path));
  }

  @Override
  public void copy(String from, String to) {
    storage
        .get()
        .copy(
            Storage.CopyRequest.newBuilder()
                .setSource(BlobId.of(bucket, from))
                .setTarget(BlobId.of(bucket, to))
                .build())
        .getResult();
  }

  @Override
  public boolean delete(String path) {
    return storage.get().delete(BlobId.of(bucket, path));
  }

  @Override
  public List<String> list(String prefix, int limit) {
    var paths = new ArrayList<String>();
    for (Blob blob :
        storage
            .get()
            .list(
                bucket,
                BlobListOption.prefix(prefix),
                BlobListOption.pageSize(limit),
                BlobListOption.fields(BlobField.NAME))
            .getValues()) {
      paths.add(blob.getName());
    }
    return paths;
  }

  @Override
  public int deleteAll(String prefix) {
    int deleted = 0;
    List<String> paths = list(prefix, DELETE_BATCH);
    while (!paths.isEmpty()) {
      int before = deleted;
      for (String path : paths) {
        deleted += delete(path) ? 1 : 0;
      }
      paths = deleted > before ? list(prefix, DELETE_BATCH) : List.of();
    }
    return deleted;
  }

  @Override
  public URI readUrl(String path) {
    long window = clock.millis() / WINDOW.toMillis();
    return signed.get(
        window + ":" + path,
        key ->
            sign(
                signer.get(),
                BlobInfo.newBuilder(bucket, path).build(),
                WINDOW.plus(BEYOND),
                SignUrlOption.withV4Signature(),
                SignUrlOption.httpMethod(HttpMethod.GET)));
  }

  @Override
  public SignedUpload uploadUrl(String path, String contentType, long maxBytes) {
    Map<String, String> headers =
        Map.of("Content-Type", contentType, "x-goog-content-length-range", "1," + maxBytes);
    URI url =
        sign(
            storage.get(),
            info(path, contentType),
            UPLOAD_LIFE,
            SignUrlOption.withV4Signature(),
            SignUrlOption.httpMethod(HttpMethod.PUT),
            // A V4 signature binds only the headers that are named to it, the type included.
            SignUrlOption.withExtHeaders(headers));
    return new SignedUpload(url, headers, Instant.now(clock).plus(UPLOAD_LIFE));
  }

  private URI sign(Storage by, BlobInfo object, Duration life, SignUrlOption... options) {
    var all = new ArrayList<>(List.of(options));
    emulator.ifPresent(host -> all.add(SignUrlOption.withHostName("http://" + host)));
    URL url =
        by.signUrl(object, life.toSeconds(), TimeUnit.SECONDS, all.toArray(SignUrlOption[]::new));
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the signer made an address that is none", e);
    }
  }

  private BlobInfo info(String path, String contentType) {
    return BlobInfo.newBuilder(bucket, path).setContentType(contentType).build();
  }

  private static StoredObject stored(Blob blob) {
    String type = blob.getContentType();
    return new StoredObject(
        blob.getName(),
        type == null ? "application/octet-stream" : type,
        blob.getSize(),
        blob.getGeneration());
  }

  /** Stands still within each window of ten minutes. */
  private record WindowClock(Clock clock) implements ApiClock {
    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long millisTime() {
      return clock.millis() / WINDOW.toMillis() * WINDOW.toMillis();
    }
  }
}
