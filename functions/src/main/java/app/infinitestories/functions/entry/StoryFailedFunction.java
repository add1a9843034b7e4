package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.notifications.SendOutbox;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cloudevents.CloudEvent;
import java.util.Optional;

/** A job at {@code jobs/{jobId}} changed: if it failed, tells its owner's phones why. */
public final class StoryFailedFunction implements CloudEventsFunction {
  private final SendOutbox outbox = Wiring.get().sendOutbox();

  @Override
  public void accept(CloudEvent event) throws InvalidProtocolBufferException {
    Optional<String> path = DocumentEvents.path(event);
    if (path.isPresent() && DocumentEvents.text(event, "state").equals("failed")) {
      outbox.ofJob(path.get().substring(path.get().lastIndexOf('/') + 1));
    }
  }
}
