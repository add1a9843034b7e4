package app.infinitestories.functions.api.values;

import app.infinitestories.functions.web.OneOf;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A genre of stories. */
@OneOf({
  "adventure",
  "fantasy",
  "fairy_tale",
  "animals",
  "space",
  "friendship",
  "mystery",
  "bedtime"
})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface Genre {}
