package app.infinitestories.local.studio.picture;

/** How the hero stands in the picture. */
enum Pose {
  WAVING("waving waves wave greets greeting goodbye hello"),
  REACHING("reaching reaches reach pointing points touches stretches offers offering gives giving"),
  SITTING("sitting sits sit seated kneeling kneels resting rests crouching"),
  FLYING("flying flies fly floating floats soaring soars hovering gliding swimming swims swim"),
  LOOKING_UP("looking-up looks-up gazing gazes stargazing gaze staring"),
  WALKING(
      "walking walks walk strolling wanders wandering running runs run hurries exploring explores marching climbs climbing follows following tiptoes steps"),
  HOLDING(
      "holding holds hold carrying carries carry hugging hugs clutching clutches reading reads grips"),
  STANDING("standing stands stand");

  final String words;

  Pose(String words) {
    this.words = words;
  }
}
