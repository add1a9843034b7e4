package app.infinitestories.local.storage;

import java.util.Map;
import java.util.Optional;

/** The generation and metageneration conditions of a request, in JSON API terms. */
record Preconditions(Map<String, Long> conditions) {
  static final Preconditions NONE = new Preconditions(Map.of());

  /**
   * @throws StorageFault 412 for a write, or 304 for a read whose "not match" condition fails
   */
  void check(Optional<StoredObject> current, boolean read) {
    conditions.forEach((name, wanted) -> {
      // 0 stands for "there is no live object"
      long generation = current.map(StoredObject::generation).orElse(0L);
      long metageneration = current.map(StoredObject::metageneration).orElse(0L);
      boolean met =
          switch (name) {
            case "ifGenerationMatch" -> generation == wanted;
            case "ifGenerationNotMatch" -> generation != wanted;
            case "ifMetagenerationMatch" -> metageneration == wanted;
            case "ifMetagenerationNotMatch" -> metageneration != wanted;
            default -> throw StorageFault.notHere("the condition " + name);
          };
      if (!met) {
        boolean unchanged = read && name.endsWith("NotMatch");
        throw new StorageFault(
            unchanged ? 304 : 412,
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold.");
      }
    });
  }
}
