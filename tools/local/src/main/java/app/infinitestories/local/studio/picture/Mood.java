package app.infinitestories.local.studio.picture;

/** What the hero's face shows. */
enum Mood {
  HAPPY(
      "happy happily smile smiles smiling joyful joy laughs laughing cheerful glad delighted grin grins grinning excited"),
  WORRIED(
      "worried worry sad afraid scared anxious lonely frightened nervous lost upset tearful unsure shy"),
  SURPRISED(
      "surprised surprise amazed astonished wonder gasps gasp awe wide-eyed startled marvels"),
  SLEEPY("sleepy asleep sleeping sleeps tired yawns yawning drowsy dreaming dozing"),
  PROUD("proud proudly brave bravely triumphant confident determined heroic victorious"),
  CALM("calm quiet quietly gentle thoughtful curious");

  final String words;

  Mood(String words) {
    this.words = words;
  }
}
