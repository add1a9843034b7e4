package app.infinitestories.local.studio.picture;

/** What the hero wears above the trousers or leggings. */
public enum Outfit {
  JUMPER(0, "jumper"),
  SHIRT(1, "shirt"),
  COAT(2, "coat"),
  DRESS(3, "dress");

  final int code;
  final String words;

  Outfit(int code, String words) {
    this.code = code;
    this.words = words;
  }

  static Outfit ofCode(int code) {
    for (Outfit outfit : values()) {
      if (outfit.code == code) {
        return outfit;
      }
    }
    return JUMPER;
  }
}
