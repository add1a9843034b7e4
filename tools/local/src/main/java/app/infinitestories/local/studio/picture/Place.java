package app.infinitestories.local.studio.picture;

/** Where the page plays. Listed so that the more telling word wins over the more general one. */
enum Place {
  ROCKET_CABIN("spaceship cockpit cabin spacecraft control-room rocket-interior"),
  TREEHOUSE("treehouse tree-house"),
  UNDERWATER("underwater undersea seabed ocean-floor coral reef mermaid deep-sea under-the-sea"),
  MOON("moon-surface lunar planet crater craters mars on-the-moon the-moon"),
  SPACE("space outer-space galaxy orbit asteroid comet"),
  SNOW_FIELD("snow-field snowfield snowy-field igloo arctic north-pole glacier polar"),
  CAVE("cave cavern tunnel grotto mine"),
  DESERT("desert dunes dune oasis pyramid sahara"),
  CITY("city street town skyscrapers rooftop rooftops avenue downtown"),
  CASTLE("castle palace kingdom tower fortress throne"),
  MARKET("market bazaar stall stalls fair marketplace shop"),
  ISLAND("island lagoon tropical"),
  BEACH("beach seaside sea shore coast ocean harbour harbor sand lighthouse waves"),
  RIVER("river stream brook lake pond waterfall creek riverbank"),
  MOUNTAINS("mountain mountains peak peaks cliff summit valley hilltop"),
  FOREST("forest wood woods woodland jungle trees grove clearing"),
  GARDEN("garden yard backyard orchard park greenhouse"),
  VILLAGE("village cottage cottages farm hamlet houses"),
  BEDROOM("bedroom bed room nursery pillow blanket pyjamas pajamas"),
  KITCHEN("kitchen baking bakery cooking oven stove"),
  CLASSROOM("classroom school teacher blackboard kindergarten"),
  LIBRARY("library bookshelves bookshop bookcase"),
  ATTIC("attic loft"),
  TRAIN("train carriage railway locomotive"),
  MEADOW("meadow field hill hills grass countryside plain");

  final String words;

  Place(String words) {
    this.words = words;
  }

  boolean indoors() {
    return switch (this) {
      case ROCKET_CABIN, BEDROOM, KITCHEN, CLASSROOM, LIBRARY, ATTIC, TRAIN -> true;
      default -> false;
    };
  }
}
