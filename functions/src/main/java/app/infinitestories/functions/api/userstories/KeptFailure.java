package app.infinitestories.functions.api.userstories;

import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.platform.json.Json;
import app.infinitestories.queue.line.StoredAnswer;
import java.util.Map;

/** A refusal as it is kept under an idempotency key. */
record KeptFailure(String error, String code, Map<String, Object> details) {
  static StoredAnswer store(Failure refused) {
    return new StoredAnswer(
        refused.code().status(),
        Json.write(new KeptFailure(refused.sentence(), refused.code().name(), refused.details())));
  }

  static Failure of(StoredAnswer answer) {
    KeptFailure kept = Json.read(answer.body(), KeptFailure.class);
    return new Failure.Replayed(FailureCode.valueOf(kept.code()), kept.error(), kept.details());
  }
}
