package app.infinitestories.local.studio.picture;

/** Things the page can show; {@link Where} says how large and at which place. */
enum Prop {
  KITE("kite kites", Where.SKY),
  BALLOON("balloon balloons", Where.SKY),
  RAINBOW("rainbow", Where.BEHIND),
  ROCKET("rocket", Where.FAR),
  BOAT("boat ship sailboat raft", Where.FAR),
  BRIDGE("bridge", Where.FAR),
  TENT("tent camping", Where.FAR),
  WELL("well wishing-well", Where.FAR),
  TREE("tree oak", Where.FAR),
  DOOR("door gate portal", Where.FAR),
  MOON("moon", Where.BEHIND),
  STAR("star", Where.HAND),
  LANTERN("lantern lamp torch flashlight", Where.HAND),
  MAP("map chart", Where.HAND),
  UMBRELLA("umbrella parasol", Where.HAND),
  BOOK("book storybook diary", Where.HAND),
  KEY("key", Where.HAND),
  FEATHER("feather", Where.HAND),
  LETTER("letter envelope postcard", Where.HAND),
  BALL("ball", Where.HAND),
  TEDDY("teddy teddy-bear toy", Where.HAND),
  SEED("seed acorn sprout seedling", Where.HAND),
  EGG("egg eggs", Where.HAND),
  BELL("bell", Where.HAND),
  CROWN("crown", Where.HAND),
  CAKE("cake pie birthday cupcake", Where.GROUND),
  CHEST("chest treasure trunk", Where.GROUND),
  FLOWERS("flowers flower blossom blossoms daisy roses", Where.GROUND),
  TELESCOPE("telescope", Where.GROUND),
  NEST("nest", Where.GROUND),
  CAMPFIRE("campfire bonfire fire", Where.GROUND),
  MIRROR("mirror", Where.GROUND),
  CLOCK("clock", Where.GROUND);

  /** Where on the page a thing goes. */
  enum Where {
    SKY,
    BEHIND,
    FAR,
    GROUND,
    HAND
  }

  final String words;
  final Where where;

  Prop(String words, Where where) {
    this.words = words;
    this.where = where;
  }
}
