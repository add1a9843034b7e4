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
import java.util.List;
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
   * @throws Failure.BadInput without appearance while photos may not leave, or for an upload that
   *     is no photo
   * @throws Failure.NotFound for a photo that is not this user's
   * @throws Failure.Forbidden CONSENT_REQUIRED without the guardian's consent
   * @throws Failure.Conflict UPLOAD_NOT_CONFIRMED for a photo that was not confirmed
   */
  public SubmitResult order(
      String uid,
      StoryOrder order,
      Optional<Boolean> consent,
      Optional<Idempotency> idempotency,
      RatePolicy rate) {
    if (!childDataAllowed && (order.appearance() == null || order.appearance().isBlank())) {
      throw new Failure.BadInput(
          "appearance", "is needed: photos are not sent to providers here, words are");
    }
    Upload photo = uploads.require(uid, order.photo(), UploadCategory.PHOTO, "photo");
    requireConsent(uid, consent);
    if (!photo.confirmed()) {
      throw new Failure.Conflict(
          FailureCode.UPLOAD_NOT_CONFIRMED, "The photo's upload has not been confirmed.");
    }
    String jobId = ids.next();
    String length = order.length().text();
    var submission =
        Submission.of(jobId, uid, KIND, length, order.toInput(), config.kind(KIND).cost(length))
            .withRate(rate)
            .withDocuments(
                List.of(PhotoUses.document(jobId, uid, order.photo())),
                // Changed together: a photo that is being forgotten right now is not taken.
                List.of(
                    new NewDocument(
                        uploads.path(uid, order.photo()).orElseThrow(), Map.of("lastJob", jobId))));
    return submit.submit(idempotency.map(submission::withIdempotency).orElse(submission));
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
