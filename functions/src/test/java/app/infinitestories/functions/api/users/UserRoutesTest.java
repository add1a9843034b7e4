package app.infinitestories.functions.api.users;

import static app.infinitestories.platform.firestore.Waiting.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.accounts.AccountChange;
import app.infinitestories.functions.web.RouterCaller;
import app.infinitestories.testkit.FirestoreTest;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Name, language, picture and push targets, as an app asks for them. */
@FirestoreTest
class UserRoutesTest {
  private final Firestore firestore;
  private final UsersRig rig;
  private final RouterCaller app;

  UserRoutesTest(Firestore firestore) {
    this.firestore = firestore;
    this.rig = new UsersRig(firestore);
    this.app = rig.as(rig.uid);
  }

  @Test
  void aPatchChangesWhatItNamesAndNothingElse() {
    app.send("POST", "/api/v1/users", "{\"displayName\":\"Ada\",\"language\":\"de\"}");

    var named = app.send("PATCH", "/api/v1/users/me", "{\"displayName\":\"Bea\"}");
    var inFrench = app.send("PATCH", "/api/v1/users/me", "{\"language\":\"fr\"}");

    assertEquals(200, named.status());
    assertEquals("Bea", named.body().at("/user/displayName").asText());
    assertEquals("de", named.body().at("/user/language").asText());
    assertEquals("Bea", inFrench.body().at("/user/displayName").asText());
    assertEquals("fr", inFrench.body().at("/user/language").asText());
  }

  @Test
  void aNameThatIsNullIsCleared() {
    app.send("POST", "/api/v1/users", "{\"displayName\":\"Ada\"}");

    var cleared = app.send("PATCH", "/api/v1/users/me", "{\"displayName\":null}");

    assertEquals(200, cleared.status());
    assertTrue(cleared.body().at("/user/displayName").isNull());
  }

  @Test
  void anEmptyPatchChangesNothing() {
    app.send("POST", "/api/v1/users", "{\"displayName\":\"Ada\"}");
    long before = rig.revision();

    assertEquals(
        "Ada", app.send("PATCH", "/api/v1/users/me", "{}").body().at("/user/displayName").asText());
    assertEquals(before, rig.revision());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "language | null | must not be null",
        "language | \"xx\" | must be one of en, es, fr, de, it",
        "guardianConsent | null | must not be null",
        "guardianConsent | \"yes\" | must be true or false",
        "displayName | \"\" | must be 1 to 100 characters long",
        "displayName | 7 | must be a string",
        "email | \"a@example.com\" | is not known"
      })
  void aPatchSaysWhatIsWrong(String field, String value, String problem) {
    var refused = app.send("PATCH", "/api/v1/users/me", "{\"%s\":%s}".formatted(field, value));

    assertEquals(400, refused.status());
    assertEquals("VALIDATION_FAILED", refused.code());
    assertEquals(problem, refused.detail(field));
  }

  @Test
  void patchesOfManyDevicesAtOnceAllLand() throws Exception {
    app.get("/api/v1/users/me");
    var bodies =
        List.of(
            "{\"displayName\":\"Ada\"}",
            "{\"language\":\"it\"}",
            "{\"guardianConsent\":true}",
            "{\"displayName\":\"Ada\"}",
            "{\"language\":\"it\"}");

    for (int status : atOnce(bodies)) {
      assertEquals(200, status);
    }

    var me = app.get("/api/v1/users/me").body().path("user");
    assertEquals("Ada", me.path("displayName").asText());
    assertEquals("it", me.path("language").asText());
    assertFalse(me.path("guardianConsentAt").isNull());
    assertEquals(1, rig.audit("consent.given"));
  }

  @Test
  void theLanguageIsThatOfPushesToo() {
    app.send("PUT", "/api/v1/users/me/fcm-token", device("phone", "token-" + rig.uid));

    var changed = app.send("PUT", "/api/v1/users/me/language", "{\"language\":\"es\"}");

    assertEquals(200, changed.status());
    assertEquals("es", changed.body().at("/user/language").asText());
    assertEquals("es", deviceOf(rig.uid, "phone").getString("language"));
  }

  @Test
  void aLanguageThatNobodySpeaksIsRefused() {
    assertEquals(
        "is required", app.send("PUT", "/api/v1/users/me/language", "{}").detail("language"));
    assertEquals(
        "must be one of en, es, fr, de, it",
        app.send("PUT", "/api/v1/users/me/language", "{\"language\":\"xx\"}").detail("language"));
  }

  @Test
  void aTokenBelongsToWhoRegisteredItLast() {
    RouterCaller other = rig.as(rig.uid + "-other");
    String token = "token-" + rig.uid;
    app.send("PUT", "/api/v1/users/me/fcm-token", device("phone", token));
    app.send("PUT", "/api/v1/users/me/fcm-token", device("tablet", "tablet-" + token));

    // the phone is sold to somebody else, then the tablet's app is installed anew
    assertEquals(
        204, other.send("PUT", "/api/v1/users/me/fcm-token", device("mine", token)).status());
    app.send("PUT", "/api/v1/users/me/fcm-token", device("tablet-2", "tablet-" + token));

    assertFalse(deviceOf(rig.uid, "phone").exists());
    assertFalse(deviceOf(rig.uid, "tablet").exists());
    assertTrue(deviceOf(rig.uid, "tablet-2").exists());
    assertEquals(token, deviceOf(rig.uid + "-other", "mine").getString("token"));
  }

  @Test
  void aDeviceIsForgottenAndForgottenAgain() {
    app.send("PUT", "/api/v1/users/me/fcm-token", device("phone", "token-" + rig.uid));

    assertEquals(204, app.delete("/api/v1/users/me/fcm-token?deviceId=phone").status());
    assertEquals(204, app.delete("/api/v1/users/me/fcm-token?deviceId=phone").status());

    assertFalse(deviceOf(rig.uid, "phone").exists());
  }

  @Test
  void aDeviceMustBeNamedToBeForgotten() {
    assertEquals("is required", app.delete("/api/v1/users/me/fcm-token").detail("deviceId"));
    assertEquals(
        "must be 1 to 100 letters, digits, hyphens or underscores",
        app.delete("/api/v1/users/me/fcm-token?deviceId=a%2Fb").detail("deviceId"));
    assertEquals(
        "must be given once",
        app.delete("/api/v1/users/me/fcm-token?deviceId=a&deviceId=b").detail("deviceId"));
  }

  @Test
  void aPictureIsSquareAndTheOneBeforeIsGone() throws IOException {
    String first = rig.confirmed("avatar", rig.uid);
    String second = rig.confirmed("avatar", rig.uid);
    var taken = picture(first);
    assertEquals(200, taken.status());
    assertTrue(taken.body().at("/user/pictureUrl").asText().contains(first));

    var changed = picture(second);

    assertTrue(changed.body().at("/user/pictureUrl").asText().contains(second));
    assertTrue(rig.media.stat(first).isEmpty());
    assertTrue(rig.uploads().find(rig.uid, first).isEmpty());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(rig.media.read(second)));
    assertEquals(image.getWidth(), image.getHeight());
    assertEquals(512, image.getWidth());
  }

  @Test
  void theSamePictureAgainStays() {
    String key = rig.confirmed("avatar", rig.uid);
    picture(key);

    assertEquals(200, picture(key).status());
    assertTrue(rig.media.stat(key).isPresent());
  }

  @Test
  void aPictureInUseIsNotCleanedUpAsUnused() {
    String key = rig.confirmed("avatar", rig.uid);
    picture(key);

    rig.clock.add(java.time.Duration.ofHours(25));
    rig.removeUnused().run();

    assertTrue(rig.media.stat(key).isPresent());
  }

  @Test
  void ofManyPicturesAtOnceOneStaysAndNoOtherIsLeftBehind() throws Exception {
    var keys = new ArrayList<String>();
    for (int i = 0; i < 4; i++) {
      keys.add(rig.confirmed("avatar", rig.uid));
    }

    for (int status :
        atOnce(
            "PUT", "/api/v1/users/me/picture", keys.stream().map(UserRoutesTest::key).toList())) {
      assertEquals(200, status);
    }

    String now = rig.profiles.get(rig.uid).picturePath();
    assertEquals(List.of(String.valueOf(now)), rig.media.list("users/" + rig.uid + "/", 100));
  }

  @Test
  void aPictureMustBeAConfirmedAvatarOfOnesOwn() {
    String foreign = rig.confirmed("avatar", rig.uid + "-other");
    String photo = rig.confirmed("photo", rig.uid);
    String unconfirmed = rig.offered("avatar", rig.uid);

    assertEquals(
        "is required", app.send("PUT", "/api/v1/users/me/picture", "{}").detail("storageKey"));
    assertEquals(404, picture(foreign).status());
    assertEquals("NOT_FOUND", picture("users/" + rig.uid + "/avatars/none.png").code());
    assertEquals(400, picture(photo).status());
    assertEquals("must be an upload of category avatar", picture(photo).detail("storageKey"));
    assertEquals(409, picture(unconfirmed).status());
    assertEquals("UPLOAD_NOT_CONFIRMED", picture(unconfirmed).code());
  }

  @Test
  void aWithdrawnConsentTakesThePhotoAtOnce() {
    app.send("POST", "/api/v1/users", "{\"guardianConsent\":true}");
    String photo = rig.confirmed("photo", rig.uid);
    String avatar = rig.confirmed("avatar", rig.uid);

    var withdrawn = app.send("PATCH", "/api/v1/users/me", "{\"guardianConsent\":false}");

    assertEquals(200, withdrawn.status());
    assertTrue(withdrawn.body().at("/user/guardianConsentAt").isNull());
    assertTrue(rig.media.stat(photo).isEmpty());
    assertTrue(rig.media.stat(avatar).isPresent());
    assertEquals(1, rig.audit("consent.withdrawn"));

    var again = app.send("PATCH", "/api/v1/users/me", "{\"guardianConsent\":true}");
    assertFalse(again.body().at("/user/guardianConsentAt").isNull());
    assertEquals(2, rig.audit("consent.given"));
  }

  @Test
  void whoLeavesGetsOneJobHoweverOftenTheyAsk() throws Exception {
    app.send("POST", "/api/v1/users", "{}");

    var first = app.delete("/api/v1/users/me");
    var second = app.delete("/api/v1/users/me");

    assertEquals(202, first.status());
    assertEquals("2999", first.headers().get("RateLimit-Remaining"));
    assertEquals(202, second.status());
    String job = first.body().at("/job/id").asText();
    assertEquals(job, second.body().at("/job/id").asText());
    assertEquals(1, rig.jobs());
    assertEquals("deletion", on(firestore.document("jobs/" + job).get()).getString("kind"));
  }

  @Test
  void ofManyWhoAskAtOnceAllGetTheSameJob() throws Exception {
    app.send("POST", "/api/v1/users", "{}");

    for (int status : atOnce("DELETE", "/api/v1/users/me", List.of("", "", "", "", "", ""))) {
      assertEquals(202, status);
    }

    assertEquals(1, rig.jobs());
  }

  @Test
  void whoLeavesIsLetInNowhereElse() {
    app.send("POST", "/api/v1/users", "{}");
    app.delete("/api/v1/users/me");

    for (String[] request :
        List.of(
            new String[] {"GET", "/api/v1/users/me", ""},
            new String[] {"POST", "/api/v1/users", "{}"},
            new String[] {"PATCH", "/api/v1/users/me", "{\"language\":\"de\"}"},
            new String[] {"PUT", "/api/v1/users/me/fcm-token", device("phone", "token")})) {
      var refused = app.send(request[0], request[1], request[2]);
      assertEquals(401, refused.status(), request[1]);
      assertEquals("UNAUTHENTICATED", refused.code());
      assertEquals("This account is being deleted.", refused.body().path("error").asText());
    }
  }

  @Test
  void whoLeavesIsRefusedByAnotherInstanceThatHasMetThemBefore() {
    RouterCaller elsewhere = new UsersRig(firestore, rig.uid).as(rig.uid);
    elsewhere.send("POST", "/api/v1/users", "{}");
    app.delete("/api/v1/users/me");

    var refused = elsewhere.send("PATCH", "/api/v1/users/me", "{\"language\":\"de\"}");

    assertEquals(401, refused.status());
  }

  @Test
  void whoIsDeepInDebtMayLeaveToo() {
    app.send("POST", "/api/v1/users", "{}");
    var change = new AccountChange(rig.accounts.read(rig.uid).orElseThrow(), rig.clock.instant());
    change.revoke("revoke:" + rig.uid, 8, "refund", null, "test");
    var batch = firestore.batch();
    change.addTo(batch, rig.accounts.ref(rig.uid), "in-debt");
    on(batch.commit());

    assertEquals(202, app.delete("/api/v1/users/me").status());
  }

  @Test
  void whoIsNotSignedInIsRefusedEverywhere() {
    RouterCaller nobody = rig.as("");
    for (String[] route :
        List.of(
            new String[] {"PATCH", "/api/v1/users/me"},
            new String[] {"PUT", "/api/v1/users/me/picture"},
            new String[] {"PUT", "/api/v1/users/me/language"},
            new String[] {"DELETE", "/api/v1/users/me/fcm-token?deviceId=a"},
            new String[] {"DELETE", "/api/v1/users/me"})) {
      var refused = nobody.send(route[0], route[1], "");
      assertEquals(401, refused.status(), route[1]);
      assertEquals("UNAUTHENTICATED", refused.code());
    }
  }

  private RouterCaller.Answer picture(String key) {
    return app.send("PUT", "/api/v1/users/me/picture", key(key));
  }

  private static String key(String key) {
    return "{\"storageKey\":\"%s\"}".formatted(key);
  }

  private static String device(String id, String token) {
    return "{\"deviceId\":\"%s\",\"token\":\"%s\",\"platform\":\"ios\"}".formatted(id, token);
  }

  private DocumentSnapshot deviceOf(String uid, String device) {
    return on(firestore.document("users/" + uid + "/devices/" + device).get());
  }

  private List<Integer> atOnce(List<String> patches) throws Exception {
    return atOnce("PATCH", "/api/v1/users/me", patches);
  }

  private List<Integer> atOnce(String method, String path, List<String> bodies) throws Exception {
    var start = new CountDownLatch(1);
    var running = new ArrayList<Future<Integer>>();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String body : bodies) {
        running.add(
            threads.submit(() -> {
              start.await();
              return app.send(method, path, body).status();
            }));
      }
      start.countDown();
      for (Future<Integer> one : running) {
        statuses.add(one.get());
      }
    }
    return statuses;
  }
}
