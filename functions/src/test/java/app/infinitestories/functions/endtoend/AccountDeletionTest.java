package app.infinitestories.functions.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.platform.Hashes;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A family leaves, in the middle of a story: nothing of it is left anywhere, and nobody is told.
 */
@ProductTest
class AccountDeletionTest {
  private static final int CALLS_AT_ONCE = 16;

  private final Product product;
  private final Family leaving;
  private final Family staying;

  AccountDeletionTest(Product product) {
    this.product = product;
    this.leaving = product.family();
    this.staying = product.family();
  }

  @BeforeEach
  @AfterEach
  void fresh() {
    product.fresh();
  }

  @Test
  void nothingOfAFamilyIsLeftAndTheOtherOneHasAll() {
    // given two families with a film, a like and an upload each, and one more film in the making
    film(leaving);
    String theirs = film(staying);
    product.awaitThat("both are told", () -> pushes(leaving) == 1 && pushes(staying) == 1);
    String story = "sample-" + UUID.randomUUID();
    like(leaving, story);
    like(staying, story);
    set("stories/" + story + "/shards/0", Map.of("likes", 2L));
    leaving.offerPhoto();
    // and one that waits for its parent: it cannot end before the account does
    var waiting = Family.pictures();
    waiting.put("requireApproval", true);
    leaving.order(waiting);
    List<String> stays = naming(staying);
    List<String> objects = objects(staying);

    // when
    var accepted = leaving.delete("/api/v1/users/me");
    var again = leaving.delete("/api/v1/users/me");

    // then both answers name the same job, which does it all and then goes itself
    assertEquals(202, accepted.status());
    String job = accepted.body().path("job").path("id").asText();
    assertEquals(job, again.body().path("job").path("id").asText());
    product.awaitThat(
        "nothing names the family", () -> naming(leaving).equals(List.of("tombstone")));
    assertEquals(List.of(), objects(leaving));
    assertEquals(Map.of(), product.node("queue/users/" + leaving.uid()));

    // and they cannot get in, neither with their token nor by signing in anew
    assertEquals(401, leaving.get("/api/v1/users/me").status());
    assertEquals(401, leaving.post("/api/v1/users", Map.of()).status());
    assertFalse(signsIn(leaving));
    assertEquals(List.of("tombstone"), naming(leaving));

    // and nobody was told, and the money is kept under a name that leads nowhere
    assertEquals(1, pushes(leaving));
    assertEquals(2, kept("account.deletion", job) + kept("consent.given", job));

    // and the others have what they had
    assertEquals(stays, naming(staying));
    assertEquals(objects, objects(staying));
    assertEquals(1, likes(story));
    assertEquals(200, staying.get("/api/v2/user-stories/" + theirs).status());
    assertTrue(signsIn(staying));
  }

  private String film(Family family) {
    String job = product.orderWithoutCutting(family, Family.pictures());
    product.await(job, "succeeded");
    return job;
  }

  private void like(Family family, String story) {
    set("stories/" + story, Map.of("title", "A Sample"));
    set(
        "users/" + family.uid() + "/likes/" + story,
        Map.of("genre", "adventure", "language", "en"));
  }

  private long likes(String story) {
    return product.documents("stories/" + story + "/shards").stream()
        .mapToLong(shard -> Long.parseLong(String.valueOf(shard.get("likes"))))
        .sum();
  }

  private long kept(String action, String job) {
    DocumentSnapshot tombstone =
        Product.get(
            product.firestore().document("tombstones/" + Hashes.sha256(leaving.uid())).get());
    assertEquals(job, tombstone.getString("jobId"));
    String name =
        "gone-"
            + Hashes.sha256(String.valueOf(tombstone.getString("salt")), leaving.uid())
                .substring(0, 40);
    return product.documents("audit").stream()
        .filter(entry ->
            name.equals(entry.getString("uid")) && action.equals(entry.getString("action")))
        .count();
  }

  private int pushes(Family family) {
    return product.pushes(family).size();
  }

  private void set(String path, Map<String, Object> fields) {
    Product.get(product.firestore().document(path).set(fields));
  }

  private List<String> objects(Family family) {
    return product.objects().stream().filter(name -> name.contains(family.uid())).sorted().toList();
  }

  /** Whether Firebase still knows whoever this token was made for. */
  private boolean signsIn(Family family) {
    URI lookup =
        product
            .stack()
            .part("auth")
            .address()
            .resolve("/identitytoolkit.googleapis.com/v1/accounts:lookup?key=sample");
    var request =
        HttpRequest.newBuilder(lookup)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"idToken\":\"%s\"}".formatted(family.token())))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Every document that names the family in its path or anywhere in its fields, without what other
   * functions write all the time; the tombstone names them for a day, so that what comes late is
   * found.
   */
  private List<String> naming(Family family) {
    var found = new ConcurrentLinkedQueue<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var walk = new Walk(family.uid(), found, threads, new Semaphore(CALLS_AT_ONCE));
      product.firestore().listCollections().forEach(walk::collect);
    }
    return found.stream().distinct().sorted().toList();
  }

  /** Through everything, side by side: the tests before this one have left a lot. */
  private record Walk(
      String uid, Collection<String> found, ExecutorService threads, Semaphore calls) {

    void collect(CollectionReference collection) {
      for (DocumentSnapshot document : Product.get(collection.get()).getDocuments()) {
        if (names(document.getData(), uid)) {
          found.add(shown(document.getReference().getPath()));
        }
      }
      List<Future<?>> below = new ArrayList<>();
      for (DocumentReference reference : collection.listDocuments()) {
        if (reference.getPath().contains(uid)) {
          found.add(shown(reference.getPath()));
        }
        below.add(threads.submit(() -> children(reference).forEach(this::collect)));
      }
      below.forEach(Walk::join);
    }

    private List<CollectionReference> children(DocumentReference reference) {
      calls.acquireUninterruptibly();
      try {
        return ImmutableList.copyOf(reference.listCollections());
      } finally {
        calls.release();
      }
    }

    private static String shown(String path) {
      return path.startsWith("tombstones/") ? "tombstone" : path;
    }

    private static void join(Future<?> task) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean names(@Nullable Object value, String uid) {
    return switch (value) {
      case null -> false;
      case Map<?, ?> map ->
          map.containsKey(uid) || map.values().stream().anyMatch(one -> names(one, uid));
      case List<?> list -> list.stream().anyMatch(one -> names(one, uid));
      case String text -> text.contains(uid);
      default -> false;
    };
  }
}
