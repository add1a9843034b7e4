package app.infinitestories.queue.lane;

import app.infinitestories.platform.firestore.Times;
import app.infinitestories.queue.Preview;
import app.infinitestories.queue.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run notes down in its slot with each beat: how far it is, and how busy providers are. */
public final class SlotNotes {
  private final List<Preview> previews;
  private @Nullable String step;
  private int progress;
  private int doneSteps;
  private @Nullable Instant busySince;
  private int busyTries;

  /** Goes on from what the slot says. */
  public SlotNotes(Slot slot) {
    this.step = slot.step();
    this.progress = slot.progress();
    this.previews = new ArrayList<>(slot.previews());
    this.doneSteps = slot.doneSteps();
    this.busySince = slot.busySince();
    this.busyTries = slot.busyTries();
  }

  /** The run is at that step now. */
  public synchronized void at(String name) {
    step = name;
  }

  /** A step is done: providers work, and the job has come as far as that. Never goes back. */
  public synchronized void done(int percent) {
    progress = Math.max(progress, percent);
    doneSteps++;
    busySince = null;
    busyTries = 0;
  }

  /** Shows a picture; false when it is shown already. */
  public synchronized boolean preview(int scene, String path) {
    var preview = new Preview(scene, path);
    if (previews.contains(preview)) {
      return false;
    }
    previews.removeIf(old -> old.scene() == scene);
    previews.add(preview);
    return true;
  }

  /** A provider is busy; since when that has been going on, and how often before. */
  public synchronized Busy busy(Instant now) {
    Instant since = busySince == null ? now : busySince;
    busySince = since;
    return new Busy(since, busyTries++);
  }

  /** Since when providers have been busy without a new step, and how often. */
  public record Busy(Instant since, int tries) {}

  public synchronized @Nullable String step() {
    return step;
  }

  public synchronized int progress() {
    return progress;
  }

  public synchronized int doneSteps() {
    return doneSteps;
  }

  public synchronized List<Preview> previews() {
    return List.copyOf(previews);
  }

  synchronized Map<String, @Nullable Object> fields() {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("step", step);
    fields.put("progress", (long) progress);
    fields.put("previews", Preview.toMaps(previews));
    fields.put("doneSteps", (long) doneSteps);
    fields.put("busySince", busySince == null ? null : Times.timestamp(busySince));
    fields.put("busyTries", (long) busyTries);
    return fields;
  }
}
