package app.infinitestories.local.studio.runway;

import app.infinitestories.local.studio.Desk;
import app.infinitestories.local.studio.media.ClipEncoder;
import app.infinitestories.local.studio.picture.PictureBook;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All clips of this process: at most a few run at once, encoding is bounded by the cores. */
final class ClipBoard implements AutoCloseable {
  /** More clips than this at once wait as THROTTLED. */
  static final int CONCURRENCY = 5;

  private final Desk desk;
  private final Map<String, ClipTask> tasks = new LinkedHashMap<>();
  private final ExecutorService encoders =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("studio-clip-", 0).factory());

  ClipBoard(Desk desk) {
    this.desk = desk;
  }

  synchronized ClipTask submit(ClipOrder order, BufferedImage firstFrame, ClipTask.Fate fate) {
    ClipTask task =
        new ClipTask(
            UUID.randomUUID().toString(),
            order,
            desk.clock().instant(),
            encoders.submit(() -> film(order, firstFrame)),
            fate,
            desk.latency());
    tasks.put(task.id, task);
    return task;
  }

  /** The task as it is now. */
  synchronized Optional<ClipTask> find(String id) {
    Instant now = desk.clock().instant();
    for (ClipTask task : tasks.values()) {
      task.advance(now, running() < CONCURRENCY);
    }
    return Optional.ofNullable(tasks.get(id));
  }

  /** Cancels a task that has not ended and forgets one that has. */
  synchronized boolean remove(String id) {
    Optional<ClipTask> task = find(id);
    task.ifPresent(found -> {
      if (found.state().isEnd()) {
        tasks.remove(id);
      } else {
        found.cancel();
      }
    });
    return task.isPresent();
  }

  private long running() {
    return tasks.values().stream().filter(task -> task.state() == ClipTask.State.RUNNING).count();
  }

  private static byte[] film(ClipOrder order, BufferedImage firstFrame) {
    return ClipEncoder.encode(
        PictureBook.animate(firstFrame, order.prompt(), order.width(), order.height()),
        order.width(),
        order.height(),
        order.seconds());
  }

  @Override
  public void close() {
    encoders.shutdownNow();
  }
}
