package app.infinitestories.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.infinitestories.ai.openai.OpenAi;
import app.infinitestories.ai.openai.OpenAiIllustrator;
import app.infinitestories.ai.openai.OpenAiModelCatalog;
import app.infinitestories.ai.openai.OpenAiModerator;
import app.infinitestories.ai.openai.OpenAiNarrator;
import app.infinitestories.ai.openai.OpenAiStoryteller;
import app.infinitestories.ai.openai.OpenAiTranscriber;
import app.infinitestories.ai.runway.RunwayFilmmaker;
import app.infinitestories.local.studio.Faults;
import app.infinitestories.local.studio.Studio;
import app.infinitestories.local.studio.StudioSettings;
import app.infinitestories.provider.Answer;
import app.infinitestories.provider.PaidCall;
import app.infinitestories.provider.ProviderException;
import app.infinitestories.safety.AgeBand;
import app.infinitestories.safety.CheckedText;
import app.infinitestories.safety.HeroName;
import app.infinitestories.safety.TermPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every port promises, kept by its adapter against a server as strict as the provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudioContractTest {
  private static final long PAUSE_NANOS = 20_000_000L;

  private final Clock clock = Clock.systemUTC();
  private final Studio studio = Studio.start(StudioSettings.quick());
  private final AiConfig config = AiConfigs.at(studio.openAiUrl(), studio.runwayUrl());
  private final OpenAi openai = new OpenAi(config.openai(), clock);
  private final Storyteller storyteller = new OpenAiStoryteller(openai, config);
  private final Illustrator illustrator = new OpenAiIllustrator(openai, config);
  private final Moderator moderator = new OpenAiModerator(openai, config);
  private final Narrator narrator = new OpenAiNarrator(openai, config);
  private final Transcriber transcriber = new OpenAiTranscriber(openai, config);
  private final Filmmaker filmmaker = new RunwayFilmmaker(config, clock);
  private Media sheet = Media.png(new byte[0]);

  @BeforeAll
  void drawTheHero() throws ProviderException {
    Answer<Media> drawn = illustrator.heroSheet(null, "red curly hair, green eyes, a blue coat", 3);
    assertWithin(illustrator.estimate(0), drawn);
    sheet = drawn.value();
  }

  @AfterEach
  void clearFaults() {
    studio.order(Faults.none());
  }

  @AfterAll
  void close() {
    openai.close();
    studio.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "es", "fr", "de", "it"})
  void aStoryKeepsItsRules(String language) throws Exception {
    var brief = ScriptBrief.of(5, "adventure", language, 3, "a kite for {{HERO}}", null, null);

    Answer<Script> script = storyteller.script(brief);

    assertEquals(List.of(), ScriptRules.problems(brief, script.value()));
    assertWithin(storyteller.estimate(Storyteller.Task.SCRIPT), script);
    assertFalse(
        storyteller.repair(brief, script.value(), List.of("Mend it.")).value().scenes().isEmpty());
  }

  @Test
  void theSheetHasAProfileAndIsItsOwnLikeness() throws Exception {
    Answer<VisualProfile> profile = storyteller.profile(sheet);
    Answer<PictureCheck> check = storyteller.check(sheet, sheet);

    assertFalse(profile.value().hair().isBlank());
    assertFalse(profile.value().palette().isEmpty());
    assertWithin(storyteller.estimate(Storyteller.Task.PROFILE), profile);
    assertTrue(check.value().sameHero() && check.value().safe());
    assertWithin(storyteller.estimate(Storyteller.Task.CHECK), check);
  }

  @Test
  void aPaintingShowsTheHeroOfTheSheet() throws Exception {
    Answer<Media> first =
        illustrator.paint(
            "The hero child stands on a hill at dawn with a kite, cheerful, wide framing.",
            List.of(Reference.sheet(sheet)));
    Answer<Media> second =
        illustrator.paint(
            "The hero child walks through a forest at noon, curious, medium framing.",
            List.of(Reference.sheet(sheet), Reference.previous(first.value())));

    assertTrue(storyteller.check(sheet, first.value()).value().sameHero());
    assertTrue(storyteller.check(sheet, second.value()).value().sameHero());
    assertWithin(illustrator.estimate(1), first);
    assertWithin(illustrator.estimate(2), second);
  }

  @Test
  void aWrongHeroIsSeen() throws Exception {
    studio.order(Faults.parse("wrong-hero=1"));

    Media picture =
        illustrator
            .paint("The hero child in a garden at noon.", List.of(Reference.sheet(sheet)))
            .value();

    assertFalse(storyteller.check(sheet, picture).value().sameHero());
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUpAtItsLimit() {
    studio.order(Faults.parse("slow@images=1,slow@speech=1"));
    var hurried =
        AiConfigs.at(
            studio.openAiUrl(),
            studio.runwayUrl(),
            "PICTURE_TIMEOUT_SECONDS",
            "1",
            "SOUND_TIMEOUT_SECONDS",
            "1");

    assertThrows(
        ProviderException.Busy.class,
        () -> new OpenAiIllustrator(openai, hurried).heroSheet(null, "red curly hair", 3));
    assertThrows(
        ProviderException.Busy.class,
        () -> new OpenAiNarrator(openai, hurried).read("Once upon a time.", "en", "nova"));
  }

  @Test
  void aTamerPromptIsAnotherPrompt() throws Exception {
    Answer<String> tamer = storyteller.tamer("The hero child fights a monster.", false);

    assertFalse(tamer.value().isBlank());
    assertWithin(storyteller.estimate(Storyteller.Task.TAMER), tamer);
  }

  @Test
  void moderationTellsGoodFromBad() throws Exception {
    assertFalse(moderator.text("A kite over the hills.").value().flagged());
    assertTrue(moderator.text("A massacre in the town.").value().flagged());
    assertFalse(moderator.picture(sheet).value().flagged());
  }

  @Test
  void theRingsLetAStoryThroughAndStopWhatIsNone() throws Exception {
    var rings = TextRings.of(new TermPolicy(), moderator, storyteller);

    var good = rings.check(new CheckedText(AgeBand.PRESCHOOL, "en", "A kite for {{HERO}}."));
    var bad = rings.check(new CheckedText(AgeBand.PRESCHOOL, "en", "They murder everybody."));

    assertTrue(good.allowed());
    assertEquals(3, good.charges().size());
    assertEquals(Optional.of("moderation"), bad.stoppedBy());
  }

  @Test
  void aSilentRingLetsNothingPass() {
    studio.order(Faults.parse("ring-silent=1"));
    var rings = TextRings.of(new TermPolicy(), moderator, storyteller);

    assertThrows(
        ProviderException.Busy.class,
        () -> rings.check(new CheckedText(AgeBand.PRESCHOOL, "en", "A kite.")));
  }

  @Test
  void aTextIsReadAloudAndWrittenDownAgain() throws Exception {
    Answer<Speech> speech = narrator.read("The kite flies over the hill.", "en", "nova");
    Answer<Transcript> heard =
        transcriber.words(speech.value().sound(), "en", speech.value().duration());

    assertTrue(speech.value().duration().toMillis() > 500);
    assertWithin(narrator.estimate(30), speech);
    assertFalse(heard.value().words().isEmpty());
    assertWithin(transcriber.estimate(speech.value().duration()), heard);
    assertFalse(
        transcriber
            .text(speech.value().sound(), "en", speech.value().duration())
            .value()
            .text()
            .isBlank());
  }

  @Test
  @Timeout(120)
  void aPictureBecomesAClip() throws Exception {
    String taskId = filmmaker.submit(new ClipRequest(sheet, "Slow push in, leaves drift.", 2, 1));

    ClipProgress progress = filmmaker.poll(taskId);
    while (progress instanceof ClipProgress.Running) {
      // The studio really encodes a film meanwhile; the test's limit ends a task that hangs.
      LockSupport.parkNanos(PAUSE_NANOS);
      progress = filmmaker.poll(taskId);
    }

    var ready = assertInstanceOf(ClipProgress.Ready.class, progress);
    assertWithin(filmmaker.estimate(2), ready.film());
    filmmaker.cancel(taskId);
  }

  @Test
  void theModelListKnowsWhichModelsGo() throws Exception {
    assertTrue(new OpenAiModelCatalog(openai, config).shutdownDates().containsKey("whisper-1"));
  }

  @Test
  void theStoryNeverLearnsTheChildsName() throws Exception {
    HeroName name = HeroName.of("Mathilda", "Tilly");
    String theme = name.hide("Mathilda and Tilly's kite");

    Script script =
        storyteller.script(ScriptBrief.of(5, "space", "en", 3, theme, null, null)).value();

    assertFalse(name.occursIn(script.toString()));
    assertTrue(HeroName.reveal(script.toString(), "Mathilda").contains("Mathilda"));
  }

  private static void assertWithin(PaidCall estimate, Answer<?> answer) {
    assertEquals(estimate.provider(), answer.charge().provider());
    assertTrue(
        answer.charge().usd().compareTo(estimate.estimateUsd()) <= 0,
        () -> answer.charge() + " is more than " + estimate);
  }
}
