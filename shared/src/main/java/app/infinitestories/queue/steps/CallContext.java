package app.infinitestories.queue.steps;

import app.infinitestories.jobs.StepContext;
import app.infinitestories.platform.Hashes;
import app.infinitestories.provider.Charge;
import java.util.ArrayList;
import java.util.List;

/** What one step's work may do: upload, and say what it cost. */
final class CallContext implements StepContext {
  private final RunState run;
  private final String key;
  private final List<Charge> charges = new ArrayList<>();

  CallContext(RunState run, String key) {
    this.run = run;
    this.key = key;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public synchronized void charge(Charge charge) {
    charges.add(charge);
  }

  /** The charges since the last time: each is written once. */
  synchronized List<Charge> takeCharges() {
    var taken = List.copyOf(charges);
    charges.clear();
    return taken;
  }

  @Override
  public String upload(byte[] bytes, String extension, String contentType) {
    // Step and fence in the name: what a late run deletes is never what the present one put.
    String hash = Hashes.sha256(bytes).substring(0, 24);
    String name = key + "-" + run.lane().fence() + "-" + hash + "." + extension;
    String path = "jobs/" + run.job().id() + "/work/" + name;
    uploadTo(path, bytes, contentType);
    return path;
  }

  @Override
  public void uploadTo(String path, byte[] bytes, String contentType) {
    run.upload(key, path, bytes, contentType);
  }
}
