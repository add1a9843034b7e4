package app.infinitestories.generation;

import app.infinitestories.ai.VisualProfile;

/** The drawn hero: the character sheet that all pictures take after, and its look in words. */
record Hero(Kept sheet, VisualProfile look) {}
