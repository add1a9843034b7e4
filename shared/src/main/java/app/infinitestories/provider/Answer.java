package app.infinitestories.provider;

/** A provider's result and what it cost. */
public record Answer<T>(T value, Charge charge) {}
