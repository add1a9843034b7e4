package app.infinitestories.functions.wiring;

import app.infinitestories.ai.Filmmaker;
import app.infinitestories.ai.Illustrator;
import app.infinitestories.ai.ModelSunset;
import app.infinitestories.ai.Moderator;
import app.infinitestories.ai.Narrator;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.ai.Transcriber;
import app.infinitestories.ai.openai.OpenAi;
import app.infinitestories.ai.openai.OpenAiIllustrator;
import app.infinitestories.ai.openai.OpenAiModelCatalog;
import app.infinitestories.ai.openai.OpenAiModerator;
import app.infinitestories.ai.openai.OpenAiNarrator;
import app.infinitestories.ai.openai.OpenAiStoryteller;
import app.infinitestories.ai.openai.OpenAiTranscriber;
import app.infinitestories.ai.runway.RunwayFilmmaker;
import app.infinitestories.film.FilmJoin;
import app.infinitestories.film.PhotoIntake;
import app.infinitestories.film.SceneCut;
import app.infinitestories.film.Speech;
import app.infinitestories.generation.Asking;
import app.infinitestories.generation.Casting;
import app.infinitestories.generation.ChildData;
import app.infinitestories.generation.Editing;
import app.infinitestories.generation.Filming;
import app.infinitestories.generation.Listening;
import app.infinitestories.generation.Narrating;
import app.infinitestories.generation.PictureModeration;
import app.infinitestories.generation.Publishing;
import app.infinitestories.generation.ScenePainting;
import app.infinitestories.generation.ScriptWriting;
import app.infinitestories.generation.StoryPipeline;
import app.infinitestories.generation.Translating;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.queue.sweeper.ProviderTasks;
import app.infinitestories.safety.TermFilter;
import app.infinitestories.safety.TermPolicy;
import java.time.Clock;

/** The pipelines and the paid providers that they ask. */
final class StoryWiring {
  private StoryWiring() {}

  static StoryPipeline storyPipeline(Settings settings, MediaStore media, Clock clock) {
    var openai = new OpenAi(settings.ai().openai(), clock);
    Storyteller storyteller = new OpenAiStoryteller(openai, settings.ai());
    Illustrator illustrator = new OpenAiIllustrator(openai, settings.ai());
    Moderator moderator = new OpenAiModerator(openai, settings.ai());
    Narrator narrator = new OpenAiNarrator(openai, settings.ai());
    Filmmaker filmmaker = new RunwayFilmmaker(settings.ai(), clock);
    var childData = new ChildData(settings.childDataAllowed());
    var speech = new Speech();
    var moderation = new PictureModeration(media, moderator);
    Transcriber transcriber = new OpenAiTranscriber(openai, settings.ai());
    return new StoryPipeline(
        new Listening(media, speech, transcriber, childData),
        new Casting(media, new PhotoIntake(), illustrator, moderation, storyteller, childData),
        new ScriptWriting(storyteller, moderator, new TermPolicy(), childData),
        new ScenePainting(media, illustrator, moderation, storyteller, TermFilter.of("en")),
        new Asking(childData),
        new Translating(storyteller, moderator, new TermPolicy()),
        new Narrating(narrator, speech, childData),
        new Filming(media, filmmaker),
        new Editing(media, speech, new SceneCut(), new FilmJoin(), childData),
        new Publishing(media, childData, clock));
  }

  /** When the models in use are turned off. */
  static ModelSunset modelSunset(Settings settings, Clock clock) {
    var openai = new OpenAi(settings.ai().openai(), clock);
    return new ModelSunset(
        new OpenAiModelCatalog(openai, settings.ai()), settings.ai().models(), clock);
  }

  /** Cancels tasks at the providers that know tasks. */
  static ProviderTasks providerTasks(Settings settings, Clock clock) {
    Filmmaker filmmaker = new RunwayFilmmaker(settings.ai(), clock);
    return (provider, taskId) -> filmmaker.cancel(taskId);
  }
}
