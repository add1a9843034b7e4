package app.infinitestories.functions.wiring;

import app.infinitestories.platform.realtime.RealtimeNodes;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects to the Realtime Database at the first use: many requests need none. */
record LazyNodes(Supplier<RealtimeNodes> nodes) implements RealtimeNodes {
  @Override
  public boolean put(String path, Map<String, @Nullable Object> node, long seq) {
    return nodes.get().put(path, node, seq);
  }

  @Override
  public Map<String, Object> read(String path) {
    return nodes.get().read(path);
  }

  @Override
  public void delete(Collection<String> paths) {
    nodes.get().delete(paths);
  }
}
