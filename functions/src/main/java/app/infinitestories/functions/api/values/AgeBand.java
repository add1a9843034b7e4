package app.infinitestories.functions.api.values;

import app.infinitestories.functions.web.OneOf;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The years that a story is for. */
@OneOf({"1-3", "4-6", "7-9", "10-12", "13-18"})
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE_USE})
public @interface AgeBand {}
