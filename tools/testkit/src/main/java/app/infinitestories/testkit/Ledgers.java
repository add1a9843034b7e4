package app.infinitestories.testkit;

import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Proves all accounts of a database against their ledgers, by the documents alone. */
final class Ledgers {
  private Ledgers() {}

  /**
   * Every number of every account is the sum of its entries.
   *
   * @throws AssertionError naming the accounts of which that is not so
   */
  static void assertAddUp(Firestore firestore) throws InterruptedException, ExecutionException {
    Map<String, List<QueryDocumentSnapshot>> entries =
        firestore.collectionGroup("ledger").get().get().getDocuments().stream()
            .collect(
                Collectors.groupingBy(entry ->
                    Objects.requireNonNull(entry.getReference().getParent().getParent())
                        .getPath()));
    List<String> wrong =
        firestore.collection("accounts").get().get().getDocuments().stream()
            .flatMap(account ->
                wrong(account, entries.getOrDefault(account.getReference().getPath(), List.of()))
                    .stream())
            .toList();
    if (!wrong.isEmpty()) {
      throw new AssertionError("accounts that do not add up: " + wrong);
    }
  }

  private static List<String> wrong(DocumentSnapshot account, List<QueryDocumentSnapshot> entries) {
    Object period = account.get("monthly.period");
    List<QueryDocumentSnapshot> ofPeriod =
        entries.stream().filter(entry -> Objects.equals(entry.get("period"), period)).toList();
    String says = numbers(account, "available", "held", "monthly.used");
    String adds =
        "%d %d %d".formatted(sum(entries, "tokens"), sum(entries, "held"), sum(ofPeriod, "quota"));
    return says.equals(adds)
        ? List.of()
        : List.of(account.getId() + " says " + says + ", its ledger " + adds);
  }

  private static String numbers(DocumentSnapshot account, String... fields) {
    return List.of(fields).stream()
        .map(field -> Long.toString(number(account, field)))
        .collect(Collectors.joining(" "));
  }

  private static long sum(List<QueryDocumentSnapshot> entries, String field) {
    return entries.stream().mapToLong(entry -> number(entry, field)).sum();
  }

  private static long number(DocumentSnapshot document, String field) {
    return document.get(field) instanceof Long number ? number : 0;
  }
}
