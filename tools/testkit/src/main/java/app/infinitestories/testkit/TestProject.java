package app.infinitestories.testkit;

/** The project id that belongs to one test class alone. */
public record TestProject(String id) {}
