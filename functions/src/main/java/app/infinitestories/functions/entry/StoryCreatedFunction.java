package app.infinitestories.functions.entry;

import app.infinitestories.functions.wiring.Wiring;
import app.infinitestories.notifications.SendOutbox;
import com.google.cloud.functions.CloudEventsFunction;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cloudevents.CloudEvent;
import java.util.Optional;

/** A story was created at {@code users/{uid}/stories/{storyId}}: tells its owner's phones. */
public final class StoryCreatedFunction implements CloudEventsFunction {
  private final SendOutbox outbox = Wiring.get().sendOutbox();

  @Override
  public void accept(CloudEvent event) throws InvalidProtocolBufferException {
    Optional<String> path = DocumentEvents.path(event);
    // A video story has its job's id; what the outbox does not hold is not told.
    path.ifPresent(story -> outbox.ofJob(story.substring(story.lastIndexOf('/') + 1)));
  }
}
