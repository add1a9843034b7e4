package app.infinitestories.local.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.local.oauth.OAuthStandIn;
import app.infinitestories.local.oauth.SampleServiceAccount;
import app.infinitestories.local.part.Ports;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import com.google.common.hash.Hashing;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives the stand-in with the real client library, on credentials read from a key file. */
class StorageStandInTest {
  private static final String BUCKET = "demo-bucket";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** How far ahead of the machine's clock the stand-ins' clock is. */
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private static final Clock CLOCK = new AheadClock();

  @TempDir static Path folder;
  private static OAuthStandIn oauth;
  private static StorageStandIn stand;
  private static Storage storage;

  private static final class AheadClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.now(Clock.systemUTC()).plus(AHEAD.get());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    var account = new SampleServiceAccount("demo-storage");
    oauth = new OAuthStandIn(Ports.ANY, account, CLOCK);
    oauth.start();
    stand = new StorageStandIn(Ports.ANY, Set.of(BUCKET), account, oauth, CLOCK);
    stand.start();
    var key = folder.resolve("key.json");
    account.writeKeyFile(key, oauth.tokenEndpoint());
    try (var in = Files.newInputStream(key)) {
      storage = client(ServiceAccountCredentials.fromStream(in));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    storage.close();
    stand.stop();
    oauth.stop();
  }

  @Test
  void whatWasWrittenIsReadWithItsChecksums() {
    byte[] bytes = "a fox in the snow".getBytes(UTF_8);

    var written =
        storage.create(
            BlobInfo.newBuilder(BUCKET, "users/ann/photos/ä b+c.txt")
                .setContentType("text/plain")
                .setMetadata(Map.of("kind", "photo"))
                .build(),
            bytes);

    assertArrayEquals(bytes, storage.readAllBytes(written.getBlobId()));
    var read = storage.get(BUCKET, "users/ann/photos/ä b+c.txt");
    assertEquals("text/plain", read.getContentType());
    assertEquals(Map.of("kind", "photo"), read.getMetadata());
    assertEquals(bytes.length, read.getSize());
    int crc = Hashing.crc32c().hashBytes(bytes).asInt();
    assertEquals(
        Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt(crc).array()),
        read.getCrc32c());
    assertNotNull(read.getMd5());
  }

  @Test
  void aLargeFileGoesUpInChunksAndComesBackInRanges() throws Exception {
    byte[] bytes = new byte[3_000_000];
    new Random(7).nextBytes(bytes);
    var info = BlobInfo.newBuilder(BUCKET, "large").setContentType("video/mp4").build();

    try (var writer = storage.writer(info)) {
      writer.setChunkSize(512 * 1024);
      writer.write(ByteBuffer.wrap(bytes));
    }

    assertEquals("video/mp4", storage.get(BUCKET, "large").getContentType());
    var read = ByteBuffer.allocate(1_000);
    try (var reader = storage.reader(BUCKET, "large")) {
      reader.seek(1_234_567);
      reader.limit(1_235_567);
      while (reader.read(read) > 0) {}
    }
    assertArrayEquals(java.util.Arrays.copyOfRange(bytes, 1_234_567, 1_235_567), read.array());
    assertArrayEquals(bytes, storage.readAllBytes(BUCKET, "large"));
  }

  @Test
  void anUploadFromAFileIsResumable() throws Exception {
    var file = Files.write(folder.resolve("film.mp4"), new byte[1_000_000]);

    var blob = storage.createFrom(BlobInfo.newBuilder(BUCKET, "film.mp4").build(), file);

    assertEquals(1_000_000, blob.getSize());
  }

  @Test
  void preconditionsHold() {
    var id = BlobId.of(BUCKET, "guarded");
    var first =
        storage.create(
            BlobInfo.newBuilder(id).build(), new byte[1], BlobTargetOption.doesNotExist());

    var again =
        assertThrows(
            StorageException.class,
            () ->
                storage.create(
                    BlobInfo.newBuilder(id).build(), new byte[1], BlobTargetOption.doesNotExist()));
    assertEquals(412, again.getCode());
    var next =
        storage.create(
            BlobInfo.newBuilder(first.getBlobId()).build(),
            new byte[2],
            BlobTargetOption.generationMatch());
    assertTrue(next.getGeneration() > first.getGeneration());
  }

  @Test
  void listsByPrefixFolderAndPage() {
    for (String name : List.of("list/a/1", "list/a/2", "list/b/1", "list/c")) {
      storage.create(BlobInfo.newBuilder(BUCKET, name).build(), new byte[1]);
    }

    assertEquals(
        List.of("list/a/1", "list/a/2", "list/b/1", "list/c"),
        names(BlobListOption.prefix("list/"), BlobListOption.pageSize(3)));
    assertEquals(
        List.of("list/a/", "list/b/", "list/c"),
        names(BlobListOption.prefix("list/"), BlobListOption.currentDirectory()).stream()
            .sorted()
            .toList());
  }

  @Test
  void fieldsThatWereNotAskedForAreNotThere() {
    storage.create(BlobInfo.newBuilder(BUCKET, "fields/one").build(), new byte[5]);

    var blob =
        storage
            .list(BUCKET, BlobListOption.prefix("fields/"), BlobListOption.fields(BlobField.NAME))
            .iterateAll()
            .iterator()
            .next();

    assertEquals("fields/one", blob.getName());
    assertNull(blob.getMd5());
  }

  @Test
  void copiesComposesUpdatesAndDeletes() {
    storage.create(
        BlobInfo.newBuilder(BUCKET, "part-1").setContentType("text/plain").build(),
        "one ".getBytes(UTF_8));
    storage.create(BlobInfo.newBuilder(BUCKET, "part-2").build(), "two".getBytes(UTF_8));

    var copy =
        storage.copy(CopyRequest.of(BUCKET, "part-1", BlobId.of(BUCKET, "copy"))).getResult();
    var whole =
        storage.compose(
            ComposeRequest.newBuilder()
                .addSource("part-1", "part-2")
                .setTarget(BlobInfo.newBuilder(BUCKET, "whole").setContentType("a/b").build())
                .build());
    var renamed = copy.toBuilder().setContentType("text/markdown").build().update();

    assertArrayEquals("one two".getBytes(UTF_8), whole.getContent());
    assertNull(whole.getMd5(), "a composed object has no MD5");
    assertEquals("text/markdown", renamed.getContentType());
    assertEquals(2, renamed.getMetageneration());
    assertTrue(storage.delete(BUCKET, "copy"));
    assertFalse(storage.delete(BUCKET, "copy"));
    assertNull(storage.get(BUCKET, "copy"));
  }

  @Test
  void bytesThatDoNotMatchTheirChecksumAreRefused() throws Exception {
    var path = "/upload/storage/v1/b/" + BUCKET + "/o?uploadType=media&name=broken";
    var request =
        HttpRequest.newBuilder(stand.address().resolve(path))
            .header("Authorization", bearer())
            .header("X-Goog-Hash", "crc32c=AAAAAA==")
            .POST(BodyPublishers.ofString("other bytes"))
            .build();

    var answer = HTTP.send(request, BodyHandlers.ofString());

    assertEquals(400, answer.statusCode(), answer.body());
    assertNull(storage.get(BUCKET, "broken"));
  }

  @Test
  void anUnknownBucketIsNotFound() {
    var missing =
        assertThrows(
            StorageException.class, () -> storage.create(BlobInfo.newBuilder("no", "x").build()));

    assertEquals(404, missing.getCode());
    assertNull(storage.get("no"));
    assertNotNull(storage.get(BUCKET));
  }

  @Test
  void aTokenFromElsewhereIsRefused() throws Exception {
    var request =
        HttpRequest.newBuilder(stand.address().resolve("/storage/v1/b/" + BUCKET))
            .header("Authorization", "Bearer made-up")
            .build();

    assertEquals(401, HTTP.send(request, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void aSignedPutTakesExactlyWhatWasSigned() throws Exception {
    var url = signedPut("signed/ok.png", "image/png", "1,1000");

    var answer = put(url, "image/png", "1,1000", 800);

    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(800, storage.get(BUCKET, "signed/ok.png").getSize());
    assertEquals("image/png", storage.get(BUCKET, "signed/ok.png").getContentType());
  }

  @Test
  void aTypeThatWasNotSignedIsNotBound() throws Exception {
    var info = BlobInfo.newBuilder(BUCKET, "signed/any").setContentType("image/png").build();

    var url =
        storage.signUrl(
            info,
            15,
            TimeUnit.MINUTES,
            SignUrlOption.withV4Signature(),
            SignUrlOption.httpMethod(HttpMethod.PUT),
            SignUrlOption.withContentType(),
            SignUrlOption.withHostName(stand.address().toString()));

    assertTrue(url.toString().contains("X-Goog-SignedHeaders=host&"), "the library's own trap");
  }

  @Test
  void aSignedPutOfAnotherTypeIsRefused() throws Exception {
    var url = signedPut("signed/type.png", "image/png", "1,1000");

    var answer = put(url, "image/svg+xml", "1,1000", 800);

    assertRefused(403, "SignatureDoesNotMatch", answer);
  }

  @Test
  void aSignedPutThatIsTooLongOrEmptyIsRefused() throws Exception {
    var url = signedPut("signed/long.png", "image/png", "1,1000");

    assertRefused(400, "EntityTooLarge", put(url, "image/png", "1,1000", 1_001));
    assertRefused(400, "EntityTooSmall", put(url, "image/png", "1,1000", 0));
    assertRefused(403, "SignatureDoesNotMatch", put(url, "image/png", "1,9999", 1_001));
    assertNull(storage.get(BUCKET, "signed/long.png"));
  }

  @Test
  void aSignedPutWithoutASignedHeaderIsRefused() throws Exception {
    var url = signedPut("signed/header.png", "image/png", "1,1000");
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "image/png")
            .PUT(BodyPublishers.ofByteArray(new byte[5]))
            .build();

    assertRefused(400, "MalformedSecurityHeader", HTTP.send(request, BodyHandlers.ofString()));
  }

  @Test
  void aSignedHeaderThatWasNotSignedIsRefused() throws Exception {
    storage.create(BlobInfo.newBuilder(BUCKET, "signed/extra").build(), new byte[1]);
    var request =
        HttpRequest.newBuilder(signedGet("signed/extra", 60)).header("x-goog-meta-a", "b").build();

    assertRefused(400, "MalformedSecurityHeader", HTTP.send(request, BodyHandlers.ofString()));
  }

  @Test
  void aSignedGetReadsWholeAndInRanges() throws Exception {
    storage.create(
        BlobInfo.newBuilder(BUCKET, "signed/get ü.txt").setContentType("text/plain").build(),
        "once upon".getBytes(UTF_8));
    var url = signedGet("signed/get ü.txt", 60);

    var whole = get(url);
    var part =
        HTTP.send(
            HttpRequest.newBuilder(url).header("Range", "bytes=5-").build(),
            BodyHandlers.ofString());
    var beyond =
        HTTP.send(
            HttpRequest.newBuilder(url).header("Range", "bytes=50-").build(),
            BodyHandlers.ofString());

    assertEquals("once upon", whole.body());
    assertEquals("text/plain", whole.headers().firstValue("content-type").orElse(""));
    assertEquals(206, part.statusCode());
    assertEquals("upon", part.body());
    assertEquals("bytes 5-8/9", part.headers().firstValue("content-range").orElse(""));
    assertEquals(416, beyond.statusCode());
  }

  @Test
  void aSignedGetOpensNothingElse() throws Exception {
    storage.create(BlobInfo.newBuilder(BUCKET, "signed/mine").build(), new byte[1]);
    storage.create(BlobInfo.newBuilder(BUCKET, "signed/other").build(), new byte[1]);
    var url = signedGet("signed/mine", 60).toString();

    assertRefused(
        403, "SignatureDoesNotMatch", get(URI.create(url.replace("signed/mine", "signed/other"))));
    assertRefused(
        403,
        "SignatureDoesNotMatch",
        get(URI.create(url.replace("X-Goog-Expires=60", "X-Goog-Expires=6000"))));
    assertRefused(
        403,
        "SignatureDoesNotMatch",
        get(URI.create(url.substring(0, url.length() - 6) + "000000")));
    assertRefused(403, "AccessDenied", get(URI.create(url.substring(0, url.indexOf('?')))));
  }

  @Test
  void aSignedGetExpires() throws Exception {
    storage.create(BlobInfo.newBuilder(BUCKET, "signed/late").build(), new byte[1]);
    var url = signedGet("signed/late", 60);
    AHEAD.set(Duration.ofSeconds(61));
    try {
      assertRefused(400, "ExpiredToken", get(url));
    } finally {
      AHEAD.set(Duration.ZERO);
    }
  }

  @Test
  void aMissingObjectIsNotFound() throws Exception {
    assertRefused(404, "NoSuchKey", get(signedGet("signed/missing", 60)));
  }

  @Test
  void whatTheStandInDoesNotKnowIsRefusedLoudly() throws Exception {
    var request =
        HttpRequest.newBuilder(
                stand.address().resolve("/storage/v1/b/" + BUCKET + "/o?softDeleted=true"))
            .header("Authorization", bearer())
            .build();

    var answer = HTTP.send(request, BodyHandlers.ofString());

    assertEquals(501, answer.statusCode());
    assertTrue(answer.body().contains("softDeleted"), answer.body());
  }

  @Test
  void stoppingDeletesTheFolder() {
    var account = new SampleServiceAccount("demo-storage");
    var own = new StorageStandIn(Ports.ANY, Set.of("b"), account, oauth, CLOCK);
    own.start();
    var before = own.address();

    own.stop();
    own.start();

    assertEquals(before, own.address());
    own.stop();
    assertFalse(own.running());
  }

  private static String bearer() throws Exception {
    var credentials = (GoogleCredentials) storage.getOptions().getScopedCredentials();
    var headers = credentials.getRequestMetadata(stand.address());
    return headers.getOrDefault("Authorization", List.of()).getFirst();
  }

  private static Storage client(GoogleCredentials credentials) {
    return StorageOptions.newBuilder()
        .setProjectId("demo-storage")
        .setHost(stand.address().toString())
        .setCredentials(credentials)
        .build()
        .getService();
  }

  private static List<String> names(BlobListOption... options) {
    var all = storage.list(BUCKET, options).iterateAll();
    return new ArrayList<>(
        StreamSupport.stream(all.spliterator(), false).map(blob -> blob.getName()).toList());
  }

  private static URI signedPut(String name, String type, String range) {
    var info = BlobInfo.newBuilder(BUCKET, name).setContentType(type).build();
    return URI.create(
        storage
            .signUrl(
                info,
                15,
                TimeUnit.MINUTES,
                SignUrlOption.withV4Signature(),
                SignUrlOption.httpMethod(HttpMethod.PUT),
                // V4 signs the headers given here and no other: withContentType() binds nothing
                SignUrlOption.withExtHeaders(
                    Map.of("Content-Type", type, "x-goog-content-length-range", range)),
                SignUrlOption.withHostName(stand.address().toString()))
            .toString());
  }

  private static URI signedGet(String name, int seconds) {
    return URI.create(
        storage
            .signUrl(
                BlobInfo.newBuilder(BUCKET, name).build(),
                seconds,
                TimeUnit.SECONDS,
                SignUrlOption.withV4Signature(),
                SignUrlOption.withHostName(stand.address().toString()))
            .toString());
  }

  private static HttpResponse<String> put(URI url, String type, String range, int size)
      throws Exception {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", type)
            .header("x-goog-content-length-range", range)
            .PUT(BodyPublishers.ofByteArray(new byte[size]))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(URI url) throws Exception {
    return HTTP.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  private static void assertRefused(int status, String code, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains("<Code>" + code + "</Code>"), answer.body());
  }
}
