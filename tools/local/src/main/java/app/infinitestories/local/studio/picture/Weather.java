package app.infinitestories.local.studio.picture;

/** What falls or blows through the page. */
enum Weather {
  RAIN("rain rainy raining raindrops storm stormy thunder drizzle shower puddle puddles"),
  SNOW("snow snowy snowing snowflake snowflakes winter blizzard frost frosty ice icy"),
  WIND("wind windy breeze breezy gust gusts autumn leaves blowing"),
  CLEAR("sunny clear sun sunshine bright");

  final String words;

  Weather(String words) {
    this.words = words;
  }
}
