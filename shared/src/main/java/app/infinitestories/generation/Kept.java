package app.infinitestories.generation;

/** A step's media: where it is stored, so that the step's record stays small. */
record Kept(String path) {}
