package app.infinitestories.local.studio.story;

import java.util.Arrays;
import java.util.List;

/**
 * The language-independent side of a plot: who may come along, where and when it happens, and what
 * is to be seen in each of its five beats (want, obstacle, attempt, turn, ending).
 */
record PlotOutline(
    String id,
    String genre,
    List<String> companions,
    List<String> motifs,
    String place,
    List<String> times,
    List<String> pictures) {

  static List<PlotOutline> readAll(StoryText text) {
    return text.sections().keySet().stream().map(id -> read(text, id)).toList();
  }

  private static PlotOutline read(StoryText text, String id) {
    return new PlotOutline(
        id,
        text.value(id, "genre"),
        words(text.value(id, "with")),
        words(text.value(id, "motif")),
        text.value(id, "place"),
        Arrays.stream(text.value(id, "time").split("\\|", -1)).map(String::strip).toList(),
        List.of(1, 2, 3, 4, 5).stream().map(beat -> text.value(id, beat.toString())).toList());
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }
}
