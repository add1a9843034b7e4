package app.infinitestories.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A picture that the parent sees while the film is still in the making. */
public record Preview(int scene, String path) {
  Map<String, Object> toMap() {
    return Map.of("scene", scene, "path", path);
  }

  public static List<Map<String, Object>> toMaps(List<Preview> previews) {
    return previews.stream().map(Preview::toMap).toList();
  }

  static List<Preview> of(@Nullable Object stored) {
    if (!(stored instanceof List<?> list)) {
      return List.of();
    }
    var previews = new ArrayList<Preview>();
    for (Object item : list) {
      if (item instanceof Map<?, ?> map && map.get("scene") instanceof Number scene) {
        previews.add(new Preview(scene.intValue(), String.valueOf(map.get("path"))));
      }
    }
    return previews;
  }
}
