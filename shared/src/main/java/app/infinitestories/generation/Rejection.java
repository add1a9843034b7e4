package app.infinitestories.generation;

import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.JobFailed;
import app.infinitestories.safety.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a job because the safety rules say no. Tells the parent which rule, never the words. */
final class Rejection {
  static final String CODE = "CONTENT_REJECTED";

  private Rejection() {}

  static JobFailed of(String subject, @Nullable ContentRefused refused) {
    return rejected(subject, refused == null ? "safety" : refused.category());
  }

  static JobFailed of(String subject, Verdict verdict) {
    List<String> categories = List.copyOf(verdict.categories());
    return rejected(subject, categories.isEmpty() ? "safety" : categories.getFirst());
  }

  static JobFailed rejected(String subject, String category) {
    return new JobFailed(
        CODE,
        "The %s does not fit our rules for children's stories (%s). Nothing was charged."
            .formatted(subject, category));
  }
}
