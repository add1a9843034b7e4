package app.infinitestories.files;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.cloud.TestCloud;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.platform.RandomIds;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.platform.storage.SignedUpload;
import app.infinitestories.testkit.FirestoreTest;
import app.infinitestories.testkit.SetClock;
import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.GpsDirectory;
import com.google.cloud.firestore.Firestore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A photo's way in: by a signed address that checks, to a picture with nothing but pixels. */
@FirestoreTest
class UploadsTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final TestCloud CLOUD = new TestCloud();

  @SuppressWarnings("TimeInStaticInitializer") // The services check expiry by the real time.
  private static final SetClock CLOCK = new SetClock(Instant.now());

  private static final byte[] PHOTO = sample();
  private static final byte[] GARBAGE =
      "not a picture".repeat(9).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  private static MediaStore media;

  private final Firestore firestore;
  private final Uploads uploads;

  UploadsTest(Firestore firestore) {
    this.firestore = firestore;
    this.uploads = new Uploads(firestore, media, new PhotoIntake(), CLOCK, new RandomIds());
  }

  @BeforeAll
  static void start() {
    media = CLOUD.media(CLOCK);
  }

  @AfterEach
  void backToNow() {
    CLOUD.ahead.set(Duration.ZERO);
  }

  @AfterAll
  static void stop() throws Exception {
    CLOUD.close();
  }

  @Test
  void theAddressTakesWhatWasAnnounced() throws Exception {
    Uploads.Offer offer = offer();

    assertEquals(200, put(offer.upload(), offer.upload().headers(), PHOTO));

    assertEquals("image/jpeg", media.stat(arrival(offer)).orElseThrow().contentType());
    assertTrue(media.stat(offer.storageKey()).isEmpty(), "nothing unchecked lies there");
  }

  @Test
  void theAddressRefusesAnotherType() throws Exception {
    Uploads.Offer offer = offer();
    Map<String, String> headers = new HashMap<>(offer.upload().headers());
    headers.put("Content-Type", "text/html");

    assertEquals(403, put(offer.upload(), headers, PHOTO));
    assertTrue(media.stat(arrival(offer)).isEmpty());
  }

  @Test
  void theAddressRefusesMoreThanAnnounced() throws Exception {
    Uploads.Offer offer = uploads.offerPhoto("anna", "image/jpeg", PHOTO.length - 1L);

    assertEquals(400, put(offer.upload(), offer.upload().headers(), PHOTO));
    assertTrue(media.stat(arrival(offer)).isEmpty());
  }

  @Test
  void theAddressRefusesAnotherLengthThanWasSigned() throws Exception {
    Uploads.Offer offer = offer();
    Map<String, String> headers = new HashMap<>(offer.upload().headers());
    headers.put("x-goog-content-length-range", "1,99999999");

    assertEquals(403, put(offer.upload(), headers, PHOTO));
  }

  @Test
  void theAddressExpires() throws Exception {
    Uploads.Offer offer = offer();
    CLOUD.ahead.set(Duration.ofMinutes(16));

    assertEquals(400, put(offer.upload(), offer.upload().headers(), PHOTO));
  }

  @Test
  void aConfirmedPhotoIsUprightAndHoldsNothingButPixels() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);
    assertTrue(directories(PHOTO).contains("Exif IFD0"), "the sample has what must go");

    Upload confirmed = uploads.confirm("anna", offer.storageKey());

    byte[] clean = media.read(offer.storageKey());
    assertEquals("image/png", confirmed.mimeType());
    assertEquals(clean.length, confirmed.fileSize());
    assertEquals("image/png", media.stat(offer.storageKey()).orElseThrow().contentType());
    var metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(clean));
    assertEquals(0, metadata.getDirectoriesOfType(ExifDirectoryBase.class).size());
    assertEquals(0, metadata.getDirectoriesOfType(GpsDirectory.class).size());
    assertNotEquals(0, confirmed.width());
  }

  @Test
  void confirmingTwiceGivesTheSameAnswerAlsoAtOnce() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);

    var first = CompletableFuture.supplyAsync(() -> uploads.confirm("anna", offer.storageKey()));
    var second = CompletableFuture.supplyAsync(() -> uploads.confirm("anna", offer.storageKey()));
    Upload third = uploads.confirm("anna", offer.storageKey());

    assertEquals(first.join(), second.join());
    assertEquals(first.join(), third);
  }

  @Test
  void whatArrivesAfterTheConfirmationChangesNothing() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);
    Upload confirmed = uploads.confirm("anna", offer.storageKey());
    byte[] clean = media.read(offer.storageKey());
    long generation = media.stat(offer.storageKey()).orElseThrow().generation();

    // when: the address, which is still valid, is used again
    put(offer.upload(), offer.upload().headers(), GARBAGE);

    assertEquals(confirmed, uploads.confirm("anna", offer.storageKey()));
    assertArrayEquals(clean, media.read(offer.storageKey()));
    assertEquals(generation, media.stat(offer.storageKey()).orElseThrow().generation());
    // and: it is gone once the address has died, not before
    arrivals(Duration.ofMinutes(59)).removeExpired();
    assertTrue(media.stat(arrival(offer)).isPresent());
    arrivals(Duration.ofMinutes(61)).removeExpired();
    assertTrue(media.stat(arrival(offer)).isEmpty());
    assertArrayEquals(clean, media.read(offer.storageKey()));
  }

  @Test
  void anUploadThatIsRepeatedBeforeTheConfirmationCounts() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), GARBAGE);
    assertThrows(Failure.Unprocessable.class, () -> uploads.confirm("anna", offer.storageKey()));

    assertEquals(200, put(offer.upload(), offer.upload().headers(), GARBAGE));
    assertEquals(200, put(offer.upload(), offer.upload().headers(), PHOTO));

    assertTrue(uploads.confirm("anna", offer.storageKey()).confirmed());
    assertTrue(media.stat(arrival(offer)).isEmpty(), "what the phone sent is kept nowhere");
  }

  @Test
  void whatIsNeverConfirmedGoesAfterADay() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);

    arrivals(Duration.ofHours(23)).removeExpired();
    assertTrue(media.stat(arrival(offer)).isPresent());
    arrivals(Duration.ofHours(25)).removeExpired();
    assertTrue(media.stat(arrival(offer)).isEmpty());
  }

  @Test
  void anotherUsersUploadIsUnknown() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);

    assertThrows(Failure.NotFound.class, () -> uploads.confirm("eve", offer.storageKey()));
    assertThrows(Failure.NotFound.class, () -> uploads.confirm("anna", "users/anna/photos/x.jpg"));
    assertThrows(
        Failure.NotFound.class, () -> uploads.confirm("anna", "users/anna/photos/../secret.jpg"));
    assertTrue(uploads.find("eve", offer.storageKey()).isEmpty());
    assertFalse(uploads.find("anna", offer.storageKey()).orElseThrow().confirmed());
  }

  @Test
  void whatHasNotArrivedCannotBeConfirmed() {
    Uploads.Offer offer = offer();

    var refused =
        assertThrows(Failure.Conflict.class, () -> uploads.confirm("anna", offer.storageKey()));

    assertEquals(FailureCode.UPLOAD_NOT_CONFIRMED, refused.code());
  }

  @Test
  void garbageIsRefusedAndDeleted() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), GARBAGE);

    var refused =
        assertThrows(
            Failure.Unprocessable.class, () -> uploads.confirm("anna", offer.storageKey()));

    assertEquals(FailureCode.PHOTO_UNUSABLE, refused.code());
    assertTrue(media.stat(arrival(offer)).isEmpty());
    assertTrue(media.stat(offer.storageKey()).isEmpty());
    assertFalse(uploads.find("anna", offer.storageKey()).orElseThrow().confirmed());
  }

  @Test
  void anUploadThatIsPastItsDayIsUnknownAlsoBeforeItIsCleanedUp() throws Exception {
    Uploads.Offer offer = offer();
    put(offer.upload(), offer.upload().headers(), PHOTO);
    var tomorrow = new SetClock(CLOCK.instant().plus(Duration.ofHours(24)));
    var later = new Uploads(firestore, media, new PhotoIntake(), tomorrow, new RandomIds());

    assertThrows(Failure.NotFound.class, () -> later.confirm("anna", offer.storageKey()));
  }

  @Test
  void theNameOfTheFileIsNotKept() {
    Uploads.Offer offer = offer();

    var document =
        on(firestore.document(uploads.path("anna", offer.storageKey()).orElseThrow()).get());

    assertEquals("photo.jpg", document.getString("fileName"));
  }

  private Arrivals arrivals(Duration ahead) {
    return new Arrivals(firestore, media, new SetClock(CLOCK.instant().plus(ahead)));
  }

  private String arrival(Uploads.Offer offer) {
    var document = on(firestore.document(path(offer)).get());
    return java.util.Objects.requireNonNull(document.getString("arrival"));
  }

  private String path(Uploads.Offer offer) {
    String uid = offer.storageKey().split("/", -1)[1];
    return uploads.path(uid, offer.storageKey()).orElseThrow();
  }

  private Uploads.Offer offer() {
    return uploads.offerPhoto("anna", "image/jpeg", PHOTO.length);
  }

  private static int put(SignedUpload upload, Map<String, String> headers, byte[] bytes)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(upload.url()).PUT(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static java.util.List<String> directories(byte[] picture) throws Exception {
    return java.util.stream.StreamSupport.stream(
            ImageMetadataReader.readMetadata(new ByteArrayInputStream(picture))
                .getDirectories()
                .spliterator(),
            false)
        .map(directory -> directory.getName())
        .toList();
  }

  private static byte[] sample() {
    try (var in =
        UploadsTest.class.getResourceAsStream("/app/infinitestories/local/samples/photo-1.jpg")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
