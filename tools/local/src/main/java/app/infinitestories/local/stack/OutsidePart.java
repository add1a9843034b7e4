package app.infinitestories.local.stack;

import app.infinitestories.local.part.Part;
import app.infinitestories.local.part.PartException;
import java.net.URI;

/** A part that somebody else runs: used at its address, never started or stopped from here. */
record OutsidePart(String name, URI address) implements Part {
  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public boolean running() {
    return true;
  }

  /** Refused for people who ask for it by the control address. */
  static PartException notOurs(String name) {
    return new PartException("The " + name + " runs outside of this stack and is not stopped here");
  }
}
