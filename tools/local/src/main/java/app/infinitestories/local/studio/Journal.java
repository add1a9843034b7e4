package app.infinitestories.local.studio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest calls, oldest first; bounded, so that a stack left running does not fill up. */
final class Journal {
  private static final int CAPACITY = 20_000;
  private final Deque<Call> calls = new ArrayDeque<>();

  synchronized void add(Call call) {
    if (calls.size() == CAPACITY) {
      calls.removeFirst();
    }
    calls.addLast(call);
  }

  synchronized List<Call> all() {
    return List.copyOf(calls);
  }

  synchronized void clear() {
    calls.clear();
  }
}
