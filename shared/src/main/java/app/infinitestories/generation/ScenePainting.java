package app.infinitestories.generation;

import app.infinitestories.ai.Illustrator;
import app.infinitestories.ai.Media;
import app.infinitestories.ai.PictureCheck;
import app.infinitestories.ai.Reference;
import app.infinitestories.ai.Storyteller;
import app.infinitestories.jobs.ContentRefused;
import app.infinitestories.jobs.Steps;
import app.infinitestories.platform.log.EventLog;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.safety.TermFilter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Paints a scene with the character sheet as reference, looks at what came back, and repaints it at
 * most twice. When a provider refuses, or every repaint is unsafe, it goes down the refusal ladder:
 * filtered and neutral wording, a tamer prompt by the story model, the scene without people.
 */
public final class ScenePainting {
  /** The step that closes a scene's picture, however many paintings it took. */
  static final String ACCEPTED = "picture";

  private static final EventLog LOG = EventLog.of(ScenePainting.class);
  private static final int REPAINTS = 2;
  private static final String NEUTRAL =
      "A calm, friendly picture for small children: everybody is safe and well.";

  /** The rungs of the refusal ladder, top to bottom. */
  private enum Rung {
    AS_WRITTEN(true),
    NEUTRAL_WORDING(true),
    TAMER(true),
    WITHOUT_PEOPLE(false);

    private final boolean people;

    Rung(boolean people) {
      this.people = people;
    }

    String step(int repaint) {
      String name =
          this == AS_WRITTEN
              ? "paint"
              : "paint-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
      return repaint == 0 ? name : name + "-again" + repaint;
    }
  }

  private final MediaStore media;
  private final Illustrator illustrator;
  private final PictureModeration moderation;
  private final Storyteller storyteller;
  private final TermFilter filter;

  public ScenePainting(
      MediaStore media,
      Illustrator illustrator,
      PictureModeration moderation,
      Storyteller storyteller,
      TermFilter filter) {
    this.media = media;
    this.illustrator = illustrator;
    this.moderation = moderation;
    this.storyteller = storyteller;
    this.filter = filter;
  }

  Kept paint(ScriptScene scene, Hero hero, Steps steps) {
    ContentRefused last = null;
    for (Rung rung : Rung.values()) {
      try {
        var picture = paintOnRung(rung, scene, hero, steps);
        if (picture != null) {
          var accepted = steps.run(ACCEPTED, Kept.class, step -> picture);
          steps.preview(scene.index(), accepted.path());
          return accepted;
        }
      } catch (ContentRefused refused) {
        LOG.warn(
            "picture.refused",
            "scene",
            scene.index(),
            "rung",
            rung,
            "category",
            refused.category());
        last = refused;
        if (refused.terminal()) {
          break;
        }
      }
    }
    throw Rejection.of("picture of a scene", last);
  }

  /** A picture, or null when every repaint on this rung was unsafe. */
  private @Nullable Kept paintOnRung(Rung rung, ScriptScene scene, Hero hero, Steps steps) {
    String prompt = prompt(rung, scene, hero, steps);
    Kept unlike = null;
    for (int repaint = 0; repaint <= REPAINTS; repaint++) {
      var picture = paintOnce(rung.step(repaint), prompt, hero, steps);
      if (moderation.of(rung.step(repaint) + "-moderation", picture, steps).flagged()) {
        continue;
      }
      var check = look(rung.step(repaint) + "-look", hero, picture, steps);
      if (check.safe() && (check.sameHero() || !rung.people)) {
        return picture;
      }
      LOG.warn(
          "picture.repainted",
          "scene",
          scene.index(),
          "safe",
          check.safe(),
          "sameHero",
          check.sameHero());
      unlike = check.safe() ? picture : unlike;
    }
    // A picture that is merely not quite like the sheet is better than a scene without its hero.
    return unlike;
  }

  private String prompt(Rung rung, ScriptScene scene, Hero hero, Steps steps) {
    String written = filter.apply(scene.scene().picturePrompt()).text();
    String look = "The hero child: " + hero.look().inWords();
    return switch (rung) {
      case AS_WRITTEN -> paragraphs(written, look);
      case NEUTRAL_WORDING -> paragraphs(written, NEUTRAL, look);
      case TAMER -> paragraphs(tamer("tamer", written, true, steps), NEUTRAL, look);
      case WITHOUT_PEOPLE ->
          paragraphs(tamer("tamer-without-people", written, false, steps), NEUTRAL);
    };
  }

  /** The scene comes first: illustrators weigh what they read first most. */
  private static String paragraphs(String... parts) {
    return String.join("\n\n", parts);
  }

  private String tamer(String name, String prompt, boolean people, Steps steps) {
    return steps.call(
        name,
        String.class,
        storyteller.estimate(Storyteller.Task.TAMER),
        step -> {
          var answer = storyteller.tamer(prompt, people);
          step.charge(answer.charge());
          return filter.apply(answer.value()).text();
        });
  }

  private Kept paintOnce(String name, String prompt, Hero hero, Steps steps) {
    return steps.call(
        name,
        Kept.class,
        illustrator.estimate(1),
        step -> {
          var answer = illustrator.paint(prompt, List.of(Reference.sheet(png(hero.sheet()))));
          step.charge(answer.charge());
          return new Kept(step.upload(answer.value().bytes(), "png", "image/png"));
        });
  }

  private PictureCheck look(String name, Hero hero, Kept picture, Steps steps) {
    return steps.call(
        name,
        PictureCheck.class,
        storyteller.estimate(Storyteller.Task.CHECK),
        step -> {
          var answer = storyteller.check(png(hero.sheet()), png(picture));
          step.charge(answer.charge());
          return answer.value();
        });
  }

  private Media png(Kept kept) {
    return Media.png(media.read(kept.path()));
  }
}
