package app.infinitestories.ai;

import java.time.Duration;

/** Spoken text and how long it lasts, measured from the sound itself. */
public record Speech(Media sound, Duration duration) {}
