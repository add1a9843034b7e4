package app.infinitestories.functions.api.stories;

import static app.infinitestories.functions.web.Authority.OPTIONAL;

import app.infinitestories.catalog.CatalogStory;
import app.infinitestories.catalog.ReadShelves;
import app.infinitestories.catalog.Shelves;
import app.infinitestories.engagement.Progress;
import app.infinitestories.engagement.StoryState;
import app.infinitestories.engagement.StoryStates;
import app.infinitestories.engagement.Taste;
import app.infinitestories.engagement.Tastes;
import app.infinitestories.functions.api.values.Language;
import app.infinitestories.functions.web.Call;
import app.infinitestories.functions.web.RouteGroup;
import app.infinitestories.functions.web.Routes;
import app.infinitestories.functions.web.Status;
import app.infinitestories.functions.web.User;
import app.infinitestories.platform.storage.MediaStore;
import app.infinitestories.ratelimit.RateLimit;
import app.infinitestories.users.Profiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/stories/discovery}: the start page of the catalogue, from shelves that the
 * scheduler fills. Its language is what {@code ?language=} says, else that of the user's profile,
 * else English: not Accept-Language, by which a shared cache could not tell two answers apart.
 */
public final class DiscoveryRoutes implements RouteGroup {
  private static final Duration FRESH = Duration.ofSeconds(60);
  private static final int SECTION = 10;
  private static final String FOR_YOU = "for-you";

  private final ReadShelves shelves;
  private final Tastes tastes;
  private final StoryStates states;
  private final Profiles profiles;
  private final MediaStore media;

  public DiscoveryRoutes(
      ReadShelves shelves, Tastes tastes, StoryStates states, Profiles profiles, MediaStore media) {
    this.shelves = shelves;
    this.tastes = tastes;
    this.states = states;
    this.profiles = profiles;
    this.media = media;
  }

  /** In which language. */
  record Wanted(@Language @Nullable String language) {}

  /**
   * A row of stories.
   *
   * @param id new, popular, for-you, or genre: and a genre
   */
  record Section(String id, String title, List<CatalogStoryView> stories) {}

  /** The rows from top to bottom; none is empty. */
  record Sections(List<Section> sections) {}

  private record Row(String id, List<CatalogStory> stories) {}

  @Override
  public void mount(Routes r) {
    r.get("/stories/discovery")
        .auth(OPTIONAL)
        .limit(RateLimit.READS)
        .query(Wanted.class)
        .returns(Status.OK, Sections.class)
        .cached(FRESH)
        .to(this::discover);
  }

  private Sections discover(Call<Optional<User>> call, Wanted wanted) {
    return call.user()
        .map(user -> forUser(user.uid(), wanted.language()))
        .orElseGet(() -> forAnybody(wanted.language() == null ? "en" : wanted.language()));
  }

  private Sections forAnybody(String language) {
    return sections(rows(shelves.recent(language), Taste.NONE), language, Map.of());
  }

  /** Three round trips: the profile; shelves and taste at once; the state of what is shown. */
  private Sections forUser(String uid, @Nullable String wanted) {
    String language = wanted == null ? profiles.get(uid).language() : wanted;
    var askedShelves = shelves.ask(language);
    var askedTaste = tastes.ask(uid, language);
    Shelves onShow = askedShelves.get();
    Taste taste = askedTaste.get();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(FOR_YOU, ForYou.choose(onShow.all(), taste, SECTION)));
    rows.addAll(rows(onShow, taste));
    Map<String, StoryState> known =
        states.of(
            uid,
            rows.stream().flatMap(row -> row.stories().stream()).map(CatalogStory::id).toList());
    return sections(rows.stream().map(row -> unfinished(row, known)).toList(), language, known);
  }

  /** The popular and the new, then each genre, those first that the user likes best. */
  private static List<Row> rows(Shelves onShow, Taste taste) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("popular", head(onShow.popular())));
    rows.add(new Row("new", head(onShow.newest())));
    onShow.genres().entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<String, ?> shelf) ->
                    -taste.genres().getOrDefault(shelf.getKey(), 0.0))
                .thenComparing(Map.Entry::getKey))
        .forEach(shelf -> rows.add(new Row("genre:" + shelf.getKey(), head(shelf.getValue()))));
    return rows;
  }

  /** Tastes know the newest hundred stories only; what was finished before them shows here. */
  private static Row unfinished(Row row, Map<String, StoryState> known) {
    return row.id().equals(FOR_YOU)
        ? new Row(
            FOR_YOU, row.stories().stream().filter(story -> !isFinished(story, known)).toList())
        : row;
  }

  private static boolean isFinished(CatalogStory story, Map<String, StoryState> known) {
    StoryState state = known.get(story.id());
    Progress progress = state == null ? null : state.progress();
    return progress != null && progress.finishedAt() != null;
  }

  private Sections sections(List<Row> rows, String language, Map<String, StoryState> known) {
    return new Sections(
        rows.stream()
            .filter(row -> !row.stories().isEmpty())
            .map(row ->
                new Section(
                    row.id(),
                    SectionTitles.of(row.id(), language),
                    row.stories().stream()
                        .map(story ->
                            CatalogStoryView.of(story, known.get(story.id()), media::readUrl))
                        .toList()))
            .toList());
  }

  private static List<CatalogStory> head(List<CatalogStory> shelf) {
    return shelf.subList(0, Math.min(SECTION, shelf.size()));
  }
}
