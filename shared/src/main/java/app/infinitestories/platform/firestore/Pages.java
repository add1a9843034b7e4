package app.infinitestories.platform.firestore;

import static app.infinitestories.platform.firestore.Waiting.on;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import java.util.List;
import java.util.function.Consumer;

/** Walks through all that a query finds, page by page. */
public final class Pages {
  private Pages() {}

  /**
   * Hands over each page that is not empty. Documents that stay as they are do not hide those
   * behind them, and those that are deleted on the way do not matter.
   *
   * @param ordered a query with an order
   */
  public static void each(Query ordered, int size, Consumer<List<QueryDocumentSnapshot>> page) {
    each(ordered, size, Integer.MAX_VALUE, page);
  }

  /**
   * The same for a run that has to end in time.
   *
   * @param most pages; what is behind them is left to the next run
   */
  public static void each(
      Query ordered, int size, int most, Consumer<List<QueryDocumentSnapshot>> page) {
    Query limited = ordered.limit(size);
    List<QueryDocumentSnapshot> found = on(limited.get()).getDocuments();
    for (int pages = 1; !found.isEmpty(); pages++) {
      page.accept(found);
      found =
          found.size() < size || pages == most
              ? List.of()
              : on(limited.startAfter(found.getLast()).get()).getDocuments();
    }
  }
}
