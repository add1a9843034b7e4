package app.infinitestories.functions.entry;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.InvalidProtocolBufferException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.util.Optional;

/** Reads Firestore's CloudEvents. */
final class DocumentEvents {
  private static final String DOCUMENTS = "/documents/";

  private DocumentEvents() {}

  /** The document's path after the event, for example {@code jobs/abc}; empty for a deletion. */
  static Optional<String> path(CloudEvent event) throws InvalidProtocolBufferException {
    DocumentEventData data = data(event);
    if (!data.hasValue()) {
      return Optional.empty();
    }
    String name = data.getValue().getName();
    int documents = name.indexOf(DOCUMENTS);
    return documents < 0
        ? Optional.empty()
        : Optional.of(name.substring(documents + DOCUMENTS.length()));
  }

  /** A text field after the event, empty where there is none. */
  static String text(CloudEvent event, String field) throws InvalidProtocolBufferException {
    var value = data(event).getValue().getFieldsMap().get(field);
    return value == null ? "" : value.getStringValue();
  }

  private static DocumentEventData data(CloudEvent event) throws InvalidProtocolBufferException {
    CloudEventData data = event.getData();
    return data == null
        ? DocumentEventData.getDefaultInstance()
        : DocumentEventData.parseFrom(data.toBytes());
  }
}
