package app.infinitestories.functions.api.health;

/** A cheap real question to something that the product cannot work without. */
public record DependencyProbe(String name, Check check) {

  /** Returns if the dependency answers, throws whatever tells that it does not. */
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }
}
