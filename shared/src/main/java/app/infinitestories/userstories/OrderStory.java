package app.infinitestories.userstories;

import app.infinitestories.files.Upload;
import app.infinitestories.files.UploadCategory;
import app.infinitestories.files.Uploads;
import app.infinitestories.jobs.StepOutcome.NewDocument;
import app.infinitestories.platform.IdSource;
import app.infinitestories.platform.failure.Failure;
import app.infinitestories.platform.failure.FailureCode;
import app.infinitestories.queue.QueueConfig;
import app.infinitestories.queue.line.Idempotency;
import app.infinitestories.queue.line.RatePolicy;
import app.infinitestories.queue.line.Submission;
import app.infinitestories.queue.line.SubmitJob;
import app.infinitestories.queue.line.SubmitResult;
import app.infinitestories.users.Profiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Takes the order of a film: checks what it rests on, then puts a job in line with its hold. */
public final class OrderStory {
  /** The job kind of a film. */
  public static final String KIND = "video";

  private final Uploads uploads;
  private final Profiles profiles;
  private final SubmitJob submit;
  private final QueueConfig config;
  private final IdSource ids;
  private final boolean childDataAllowed;

  /**
   * @param childDataAllowed the switch AI_CHILD_DATA_ALLOWED: with it off the hero is drawn from
   *     words, so an order must bring some
   */
  public OrderStory(
      Uploads uploads,
      Profiles profiles,
      SubmitJob submit,
      QueueConfig config,
      IdSource ids,
      boolean childDataAllowed) {
    this.uploads = uploads;
    this.profiles = profiles;
    this.submit = submit;
    this.config = config;
    this.ids = ids;
    this.childDataAllowed = childDataAllowed;
  }

  /**
   * Puts the order in line.
   *
   * @param consent what the guardian said in this request; without a word an earlier consent counts
   * @throws Failure.BadInput without appearance or with a recording while nothing of a child may
   *     leave, for an upload of another category, or for the story's language as its second one
   * @throws Failure.NotFound for an upload that is not this user's
   * @throws Failure.Forbidden CONSENT_REQUIRED without the guardian's consent
   * @throws Failure.Conflict UPLOAD_NOT_CONFIRMED for an upload that was not confirmed
   */
  public SubmitResult order(
      String uid,
      StoryOrder order,
      Optional<Boolean> consent,
      Optional<Idempotency> idempotency,
      RatePolicy rate) {
    refuseBadFields(order);
    var inputs = new ArrayList<Upload>();
    inputs.add(uploads.require(uid, order.photo(), UploadCategory.PHOTO, "photo"));
    if (order.voiceIdea() != null) {
      inputs.add(uploads.require(uid, order.voiceIdea(), UploadCategory.VOICE, "voiceIdea"));
    }
    requireConsent(uid, consent);
    if (!inputs.stream().allMatch(Upload::confirmed)) {
      throw new Failure.Conflict(
          FailureCode.UPLOAD_NOT_CONFIRMED, "An upload of this order has not been confirmed.");
    }
    String jobId = ids.next();
    String length = order.length().text();
    var submission =
        Submission.of(jobId, uid, KIND, length, order.toInput(), config.kind(KIND).cost(length))
            .withRate(rate)
            .withDocuments(
                inputs.stream()
                    .map(input -> PhotoUses.document(jobId, uid, input.storageKey()))
                    .toList(),
                // Changed together: a photo that is being forgotten right now is not taken.
                inputs.stream()
                    .map(input ->
                        new NewDocument(
                            uploads.path(uid, input.storageKey()).orElseThrow(),
                            Map.of("lastJob", jobId)))
                    .toList());
    return submit.submit(idempotency.map(submission::withIdempotency).orElse(submission));
  }

  private void refuseBadFields(StoryOrder order) {
    var problems = new LinkedHashMap<String, String>();
    if (!childDataAllowed && (order.appearance() == null || order.appearance().isBlank())) {
      problems.put("appearance", "is needed: photos are not sent to providers here, words are");
    }
    if (!childDataAllowed && order.voiceIdea() != null) {
      problems.put(
          "voiceIdea", "is not taken: recordings are not sent to providers here, give a theme");
    }
    if (order.language().equals(order.secondLanguage())) {
      problems.put("secondLanguage", "must be another language than the story's");
    }
    if (!problems.isEmpty()) {
      throw new Failure.BadInput(problems);
    }
  }

  private void requireConsent(String uid, Optional<Boolean> said) {
    if (said.isEmpty() && profiles.get(uid).guardianConsentAt() != null) {
      return;
    }
    if (!said.orElse(false)) {
      throw new Failure.Forbidden(
          FailureCode.CONSENT_REQUIRED, "A guardian must agree before a child's photo is used.");
    }
    if (profiles.get(uid).guardianConsentAt() == null) {
      profiles.consent(uid);
    }
  }
}
