package app.infinitestories.platform.realtime;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that several writers project from Firestore. Each carries {@code seq}, Firestore's own time
 * of the truth it shows, in microseconds; a node gives way only to a greater one, so a late writer
 * never overwrites a newer state.
 */
public interface RealtimeNodes {
  /**
   * Writes the node's fields, null removing one, unless it already shows the same or a later truth;
   * fields that are not named stay. True when it was written.
   *
   * @throws RealtimeException when the database does not answer in time
   */
  boolean put(String path, Map<String, @Nullable Object> node, long seq);

  /**
   * The fields of a node, empty when it does not exist.
   *
   * @throws RealtimeException when the database does not answer in time
   */
  Map<String, Object> read(String path);

  /**
   * Deletes nodes, whatever they show.
   *
   * @throws RealtimeException when the database does not answer in time
   */
  void delete(Collection<String> paths);
}
