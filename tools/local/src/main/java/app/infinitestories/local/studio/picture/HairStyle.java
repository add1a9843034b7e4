package app.infinitestories.local.studio.picture;

/** How the hero's hair is cut. The code is what a character sheet's style bead carries. */
public enum HairStyle {
  SHORT(0, "short"),
  BOB(1, "chin-length"),
  LONG(2, "long straight"),
  CURLY(3, "curly"),
  PONYTAIL(4, "ponytail"),
  BRAIDS(5, "braided"),
  BUNS(6, "two buns of");

  final int code;
  final String words;

  HairStyle(int code, String words) {
    this.code = code;
    this.words = words;
  }

  static HairStyle ofCode(int code) {
    for (HairStyle style : values()) {
      if (style.code == code) {
        return style;
      }
    }
    return SHORT;
  }
}
