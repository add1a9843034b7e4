package app.infinitestories.functions.web;

/** The caller of a route that asks nobody to sign in. */
public enum Nobody {
  NOBODY
}
