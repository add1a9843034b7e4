package app.infinitestories.local.stack;

import java.util.List;

/**
 * A deployed function, as the local stack runs it.
 *
 * @param name short, also the part's name
 * @param entryClass simple name in the functions module's entry package
 * @param addressVariables the variables by which the other functions know its address
 * @param trigger what calls it
 */
public record FunctionSpec(
    String name, String entryClass, List<String> addressVariables, Calls trigger) {

  /** What calls a function. */
  public sealed interface Calls {
    /** Clients and Cloud Tasks only. */
    record OnRequest() implements Calls {}

    /**
     * Cloud Scheduler too.
     *
     * @param everyMinutes how many minutes lie between two ticks
     */
    record OnSchedule(int everyMinutes) implements Calls {}

    /** Firestore. */
    record OnDocument(String event, String pattern) implements Calls {}
  }

  private static final int SELDOM_MINUTES = 60;

  /**
   * Whether calls are so far apart that the process starts with the first one, as an instance in
   * the cloud does: until then it costs neither memory nor time.
   */
  boolean sleeps() {
    return trigger instanceof Calls.OnSchedule(int everyMinutes) && everyMinutes >= SELDOM_MINUTES;
  }

  private static FunctionSpec scheduled(
      String name, String entryClass, int everyMinutes, String... variables) {
    return new FunctionSpec(
        name, entryClass, List.of(variables), new Calls.OnSchedule(everyMinutes));
  }

  /** The product's functions. */
  public static final List<FunctionSpec> ALL =
      List.of(
          new FunctionSpec("api", "ApiFunction", List.of(), new Calls.OnRequest()),
          scheduled("generate-stories", "GenerateStoriesFunction", 1, "GENERATE_STORIES_URL"),
          new FunctionSpec(
              "work-on-job",
              "WorkOnJobFunction",
              List.of("WORK_ON_JOB_URL"),
              new Calls.OnRequest()),
          scheduled("sync-queue", "SyncQueueFunction", 1, "SYNC_QUEUE_URL"),
          scheduled("send-outbox", "SendOutboxFunction", 1, "SEND_OUTBOX_URL"),
          scheduled("clean-up", "CleanUpFunction", 10, "CLEAN_UP_URL"),
          scheduled("rank-stories", "RankStoriesFunction", 60),
          scheduled("daily", "DailyFunction", 24 * 60),
          new FunctionSpec(
              "story-created",
              "StoryCreatedFunction",
              List.of(),
              new Calls.OnDocument("created", "users/{uid}/stories/{storyId}")),
          new FunctionSpec(
              "story-failed",
              "StoryFailedFunction",
              List.of(),
              new Calls.OnDocument("updated", "jobs/{jobId}")));
}
