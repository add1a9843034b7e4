package app.infinitestories.local.cli.story;

import app.infinitestories.local.part.PartException;
import com.fasterxml.jackson.databind.JsonNode;

/** A part answered with an error; the message shows its code and every detail. */
public final class ApiException extends PartException {
  private static final long serialVersionUID = 1;

  private final int status;

  private ApiException(int status, String message) {
    super(message);
    this.status = status;
  }

  /**
   * @param doing what was being done, for example {@code uploading the photo}
   */
  static ApiException of(String doing, int status, JsonNode answer, String raw) {
    var text = new StringBuilder("Failed when " + doing + ": " + status);
    if (answer.hasNonNull("code") && answer.hasNonNull("error")) {
      text.append(' ').append(answer.path("code").asText());
      text.append(": ").append(answer.path("error").asText());
      for (var detail : answer.path("details").properties()) {
        text.append(System.lineSeparator())
            .append("    ")
            .append(detail.getKey())
            .append(": ")
            .append(detail.getValue().asText(detail.getValue().toString()));
      }
    } else {
      var message = answer.path("error").path("message").asText(raw.strip());
      text.append(' ').append(message.length() > 500 ? message.substring(0, 500) : message);
    }
    return new ApiException(status, text.toString());
  }

  public int status() {
    return status;
  }
}
