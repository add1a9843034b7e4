package app.infinitestories.local.studio.picture;

/** Who goes along with the hero; the height is in units of a page 1000 units high. */
enum Companion {
  FOX("fox foxes", 190),
  OWL("owl owls", 170),
  RABBIT("rabbit bunny hare", 180),
  CAT("cat kitten", 170),
  DOG("dog puppy", 190),
  DRAGON("dragon", 330),
  BEAR("bear cub", 330),
  WHALE("whale dolphin", 260),
  ROBOT("robot android", 260),
  BIRD("bird sparrow robin parrot duck penguin", 110),
  MOUSE("mouse mice", 110),
  HEDGEHOG("hedgehog", 120),
  ELEPHANT("elephant", 370),
  TURTLE("turtle tortoise", 130),
  FAIRY("fairy pixie sprite", 150),
  GIANT("giant ogre troll", 640),
  ALIEN("alien martian", 230),
  UNICORN("unicorn horse pony", 340),
  GRANDMOTHER("grandmother grandma granny nana", 610),
  GRANDFATHER("grandfather grandpa granddad", 640),
  FRIEND(
      "friend friends children brother sister classmates another-child other-child cousin twins",
      430);

  final String words;
  final double height;

  Companion(String words, double height) {
    this.words = words;
    this.height = height;
  }
}
